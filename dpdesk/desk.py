"""The open desk: an unlocked workspace with every service built once and handed out."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from dpdesk.assets import lists
from dpdesk.assets.audit import InformationAudit
from dpdesk.assets.duties import AssetAnswers, SystemAnswers
from dpdesk.assets.prints import AssetPrints
from dpdesk.assets.ropa import RecordOfProcessing
from dpdesk.assets.service import AssetService, RetentionClass
from dpdesk.breaches.duties import BreachAnswers
from dpdesk.breaches.figures import FiguresService
from dpdesk.breaches.log import LogService
from dpdesk.breaches.reporting import Reporting
from dpdesk.breaches.service import BreachService
from dpdesk.disclosure.releases import ReleaseService, letterhead
from dpdesk.disclosure.review import ReviewService
from dpdesk.documents.service import DocumentService
from dpdesk.errors import NoRoom
from dpdesk.overview.prints import PrintService
from dpdesk.overview.search import SearchService
from dpdesk.overview.service import OverviewService
from dpdesk.registers.drafts import DraftService
from dpdesk.registers.entries import Changes, Query
from dpdesk.registers.links import LinkService
from dpdesk.registers.replay import Replay
from dpdesk.registers.service import RegisterService, by_key
from dpdesk.registers.wording import SCHOOL_TIME
from dpdesk.requests.correspondence import Correspondence
from dpdesk.requests.duties import RequestAnswers
from dpdesk.requests.service import RequestService
from dpdesk.retention.records import RetentionRule
from dpdesk.retention.room import RetentionRoom
from dpdesk.school.service import SchoolService
from dpdesk.store import backup
from dpdesk.store.backup import Backup
from dpdesk.store.check import Checked, check
from dpdesk.store.database import Change
from dpdesk.store.files import write_whole
from dpdesk.store.keys import Cost, new_recovery_key
from dpdesk.store.marks import Notice
from dpdesk.store.tables import Meta
from dpdesk.store.workspace import BACKUPS_NAME, Workspace

_LAST_BACKUP = "last_backup"
_FINDINGS = "findings_worked_out_by"


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Desk:
    """Everything that can be done in an unlocked workspace. Close it when done."""

    def __init__(self, workspace: Workspace, now: Callable[[], dt.datetime] = _now) -> None:
        self.workspace = workspace
        self.now = now
        database, vault = workspace.database, workspace.vault
        self.school = SchoolService(database, now)
        self.requests = RequestService(database, self.school, now)
        self.breaches = BreachService(database, self.school, now)
        self.assets = AssetService(database, now)
        self.retention = RetentionRoom(database, vault, self.school, now)
        self.ropa = RecordOfProcessing(self.assets, self.school)
        self.asset_audit = InformationAudit(self.assets)
        self.documents = DocumentService(database, vault)
        self.review = ReviewService(database)
        self.releases = ReleaseService(database, vault, self.requests, self.school, self.documents)
        self.requests.released = self.releases.any_within
        self.registers: Mapping[str, RegisterService[Any]] = by_key(
            [
                self.requests,
                self.breaches,
                self.assets,
                self.assets.systems,
                *self.retention.registers,
            ]
        )
        """The registers that have a list of their own, by key."""
        self.parts: Mapping[str, tuple[RegisterService[Any], ...]] = self._parts()
        """The registers of parts, by the key of the register that they belong to."""
        self.drafts = DraftService(database)
        self.retention.join(self.requests, self.breaches)
        self.links = LinkService(database, self.registers)
        self.asset_prints = AssetPrints(self.assets, self.school, self.links.of_entry)
        self.links.followers.append(self.retention.linked)
        self.letters = Correspondence(
            self.requests, self.releases.searched, self.releases.redaction_reasons
        )
        self.reporting = Reporting(self.breaches, vault, self._names)
        self.breach_figures = FiguresService(self.breaches)
        self.breach_log = LogService(self.breaches)
        self.prints = PrintService(
            self.school, self.registers, self.parts, self.documents, self.links, now
        )
        self.search = SearchService(database, self.registers)
        self.overview = OverviewService(
            [
                BreachAnswers(self.breaches),
                RequestAnswers(self.requests),
                AssetAnswers(self.assets),
                SystemAnswers(self.assets.systems),
                self.retention.answers,
            ],
            now,
        )
        self._join()
        self._sign()
        self._keep_findings_fresh()
        workspace.follow_marks(self.backup_folder())

    @property
    def notice(self) -> Notice | None:
        """What was found missing on opening, or that a backup was restored."""
        return self.workspace.notice

    def _parts(self) -> dict[str, tuple[RegisterService[Any], ...]]:
        return {
            "requests": (
                self.requests.clarifications,
                self.requests.searches,
                self.requests.handovers,
            ),
            "breaches": (
                self.breaches.staff,
                self.breaches.notes,
                self.breaches.actions,
                self.breaches.told,
                self.breaches.reports,
            ),
            "assets": (self.assets.purposes, self.assets.reviews),
            "systems": (self.assets.systems.access_reviews,),
            "school": (self.school.special_days, self.school.terms),
        }

    def _join(self) -> None:
        """Lets registers know of each other that may not import each other."""
        self.assets.schedule = self._classes
        self.assets.breaches = self.breaches.by_asset
        self.retention.schedule.followers.append(self._class_changed)
        self.requests.holding = self.assets.holding

    def _keep_findings_fresh(self) -> None:
        """Works out what is kept for filters once more where another program, or list, did it."""
        mark = lists.fingerprint()
        with self.workspace.database.reading() as session:
            row = session.get(Meta, _FINDINGS)
            if row is not None and row.value == mark:
                return
        try:
            self.assets.systems.refresh_all()
            self.assets.refresh_all()
            with self.workspace.database.changing() as change:
                change.session.merge(Meta(key=_FINDINGS, value=mark))
        except NoRoom:
            # What cannot be written can still be read; it is tried again on the next opening.
            return

    def _classes(self, session: Session) -> dict[int, RetentionClass]:
        """The classes of the retention schedule in use, as the asset register sees them."""
        schedule = self.retention.schedule
        return {
            entry.id: RetentionClass(
                entry.values["code"], f"{entry.title}: {schedule.period_words(entry)}"
            )
            for entry in schedule.in_use_within(session)
        }

    def _class_changed(self, change: Change, row: RetentionRule) -> None:
        """A class that is new in the schedule is chosen where an asset waits for it."""
        if row.code and row.archived_at is None:
            self.assets.follow_rule(change, row.id, row.code)

    @classmethod
    def create(
        cls,
        folder: Path,
        passphrase: str,
        school: Mapping[str, Any],
        *,
        cost: Cost | None = None,
        now: Callable[[], dt.datetime] = _now,
    ) -> tuple[Desk, str]:
        """Makes a workspace with the school's particulars; returns it with its recovery key.

        ``school`` needs at least ``name`` and ``dpo_name``. Raises InvalidEntry, NoRoom or
        DpdeskError for a folder in use.
        """
        who = str(school.get("dpo_name", ""))
        workspace, recovery = Workspace.create(
            folder,
            passphrase,
            who=who,
            cost=cost if cost is not None else Cost(),
            first=lambda database: SchoolService(database, now).start(school),
        )
        try:
            return cls(workspace, now), recovery
        except BaseException:
            workspace.close()
            raise

    @classmethod
    def open(
        cls,
        folder: Path,
        passphrase: str = "",
        *,
        recovery_key: str = "",
        now: Callable[[], dt.datetime] = _now,
    ) -> Desk:
        """Unlocks a workspace by passphrase, or by the recovery key.

        Raises WrongPassphrase, WorkspaceBusy, NewerWorkspace, DamagedWorkspace, NotFound.
        """
        if recovery_key:
            workspace = Workspace.open_with_recovery_key(folder, recovery_key)
        else:
            workspace = Workspace.open(folder, passphrase)
        try:
            return cls(workspace, now)
        except BaseException:
            workspace.close()
            raise

    def _sign(self) -> None:
        """From here on the history is signed by the person whom the settings name."""
        self.workspace.database.who = self.school.particulars().dpo_name

    def _names(self) -> Iterator[str]:
        """Names of persons in other registers, which a report to the regulator must not hold."""
        for service, columns in (
            (
                self.requests,
                ("subject", "requester", "received_by", "assigned_to", "identity_seen_by"),
            ),
            (self.requests.handovers, ("to_whom", "by_whom")),
            (self.requests.searches, ("by_whom",)),
        ):
            for archived in (False, True):
                listing = service.listing(Query(archived=archived, columns=columns))
                for row in listing.rows:
                    yield from (str(name) for name in row[-len(columns) :] if name)

    def calendar_changed(self) -> Changes:
        """Works every due date out afresh after the calendar or the settings changed."""
        self._sign()
        changes = Changes()
        for service in self.registers.values():
            if service.follows_calendar:
                changes |= service.refresh_all()
        return changes

    def write(self, target: Path, content: bytes) -> None:
        """Writes a file to a place the user chose, whole or not at all. Raises NoRoom."""
        write_whole(target, content)

    def check(self, step: Callable[[str, int, int], None] | None = None) -> Checked:
        """Verifies database, history, every row, search index and vault; changes nothing."""
        replay = Replay()
        if step is None:
            return check(self.workspace, comparing=replay)
        return check(self.workspace, step, replay)

    # --- backups -------------------------------------------------------------------------

    def backup_folder(self) -> Path:
        """Where automatic backups go."""
        chosen = self.school.particulars().backup_folder
        return Path(chosen) if chosen else self.workspace.folder / BACKUPS_NAME

    def back_up(self, target: Path, step: Callable[[int, int], None] | None = None) -> Backup:
        """Writes and verifies a backup in one file. Raises NoRoom, DamagedWorkspace."""
        mark = self._history_length()
        made = (
            backup.make(self.workspace, target, step, at=self.now())
            if step is not None
            else backup.make(self.workspace, target, at=self.now())
        )
        path = str(made.path.absolute())
        note = json.dumps({"at": made.at.isoformat(), "history": mark, "path": path})
        with self.workspace.database.changing() as change:
            change.session.merge(Meta(key=_LAST_BACKUP, value=note))
        return made

    def back_up_into(self, folder: Path, step: Callable[[int, int], None] | None = None) -> Backup:
        """A backup in a folder of the user's choice, under a name that tells its time."""
        return self.back_up(folder / backup.automatic_name(self.now()), step)

    def automatic_backup(self, step: Callable[[int, int], None] | None = None) -> Backup:
        """A backup under a name of its own in the backup folder; older ones are thinned."""
        folder = self.backup_folder()
        made = self.back_up(folder / backup.automatic_name(self.now()), step)
        self.workspace.mark_backup(folder)
        if not made.missing:
            # While something is missing here, an older backup may be the only one that has it.
            backup.thin(folder)
        return made

    def automatic_backups(self) -> tuple[tuple[dt.datetime, Path], ...]:
        """The automatic backups that there are, with their times, newest first."""
        return tuple(backup.automatic_backups(self.backup_folder()))

    def last_backup(self) -> dt.datetime | None:
        """When the last backup was made and verified; None if never.

        None as well where it cannot be found from this computer: nobody is told that a backup
        keeps them safe which may have been lost together with another computer.
        """
        note = self._last_note()
        if note is None:
            return None
        # Path.exists raises where a disk is out of reach.
        if not os.path.exists(note["path"]):  # noqa: PTH110  # the comment above says why
            return None
        return dt.datetime.fromisoformat(note["at"])

    def forget_last_backup(self) -> None:
        """What was restored has no backup of its own yet, whatever its note says."""
        with self.workspace.database.changing() as change:
            row = change.session.get(Meta, _LAST_BACKUP)
            if row is not None:
                change.session.delete(row)

    def changed_since_backup(self) -> bool:
        """Was anything saved since the last backup?"""
        note = self._last_note()
        return note is None or note["history"] != self._history_length()

    def backup_due(self) -> bool:
        """Is an automatic backup due by the hours set, and is there something new in it?"""
        last = self.last_backup()
        if last is None:
            return True
        hours = dt.timedelta(hours=self.school.particulars().backup_hours)
        # A backup of the future means that the clock was put right since.
        old = self.now() - last >= hours or last > self.now()
        return old and self.changed_since_backup()

    def _last_note(self) -> dict[str, Any] | None:
        with self.workspace.database.reading() as session:
            row = session.get(Meta, _LAST_BACKUP)
            found: dict[str, Any] | None = json.loads(row.value) if row is not None else None
            return found

    def _history_length(self) -> str:
        with self.workspace.database.reading() as session:
            row = session.get(Meta, "history_head")
            return "" if row is None else row.value.split()[0]

    # --- the passphrase ------------------------------------------------------------------

    def passphrase_opens(self, passphrase: str) -> None:
        """Raises WrongPassphrase unless it is the right one; for unlocking after an idle lock."""
        self.workspace.passphrase_opens(passphrase)

    def change_passphrase(self, present: str, new: str) -> None:
        """Sets another passphrase. Raises WrongPassphrase for the present one."""
        self.workspace.change_passphrase(present, new)

    def set_passphrase(self, new: str) -> None:
        """Sets another passphrase after opening with the recovery key."""
        self.workspace.set_passphrase(new)

    def propose_recovery_key(self) -> str:
        """A fresh recovery key, which opens nothing until ``set_recovery_key`` gets it.

        Between the two its sheet is printed, so that there is never a moment without a sheet
        that works.
        """
        return new_recovery_key()

    def set_recovery_key(self, recovery_key: str) -> None:
        """From now on this key opens the workspace, and the one before no longer does."""
        self.workspace.set_recovery_key(recovery_key)

    def recovery_sheet(self, recovery_key: str) -> bytes:
        """The printed sheet of a recovery key, as a PDF that is kept nowhere."""
        from dpdesk.papers import recovery  # reportlab is loaded only when something is printed

        sheet = recovery.RecoverySheet(
            letterhead(self.school.particulars()),
            str(self.workspace.folder),
            tuple(recovery_key.split()),
            self.now().astimezone(SCHOOL_TIME).date(),
        )
        return recovery.recovery_sheet(sheet).content

    def close(self) -> None:
        """Ends workers, closes the database and lets go of the folder."""
        self.documents.close()
        self.workspace.close()
