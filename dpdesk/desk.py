"""The open desk: an unlocked workspace, and the rooms of all features over one ground."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dpdesk.assets.room import AssetsRoom
from dpdesk.assurance.room import AssuranceRoom
from dpdesk.breaches.room import BreachesRoom
from dpdesk.consents.room import ConsentsRoom
from dpdesk.disclosure.room import DisclosureRoom
from dpdesk.documents.background import BackgroundReader
from dpdesk.documents.scans import ScanService
from dpdesk.documents.service import DocumentService
from dpdesk.documents.shelf import PaperShelf
from dpdesk.errors import NamedStepDone
from dpdesk.inspection.inspector import Inspection, Inspector
from dpdesk.keeping import Keeping
from dpdesk.overview.evidence import EvidenceMap
from dpdesk.overview.first_week import FirstStep, first_week
from dpdesk.overview.governance import Governance
from dpdesk.overview.home_figures import HomeFigure, figures
from dpdesk.overview.pack import EvidencePacks
from dpdesk.overview.prints import PrintService
from dpdesk.overview.published_rows import PublishedSources
from dpdesk.overview.publishing import Publishing
from dpdesk.overview.search import SearchService
from dpdesk.overview.service import OverviewService
from dpdesk.people.room import PeopleRoom
from dpdesk.registers.drafts import DraftService
from dpdesk.registers.entries import Changes
from dpdesk.registers.links import LinkService
from dpdesk.registers.moving import MovedDate, Recount, moved
from dpdesk.registers.on_record import NamesOnRecord
from dpdesk.registers.replay import Replay
from dpdesk.registers.rooms import Rooms
from dpdesk.registers.service import RegisterService
from dpdesk.requests.room import RequestsRoom
from dpdesk.retention.room import RetentionRoom
from dpdesk.school.ground import Ground
from dpdesk.school.service import SchoolService
from dpdesk.store import backup
from dpdesk.store.check import Checked, check
from dpdesk.store.database import Clock, Database, wall_clock
from dpdesk.store.files import write_whole
from dpdesk.store.keys import Cost
from dpdesk.store.marks import Notice
from dpdesk.store.workspace import Workspace

if TYPE_CHECKING:
    from dpdesk.documents.bitmaps import Bitmap
    from dpdesk.papers.flow import Printed


class Desk:
    """Everything that can be done in an unlocked workspace. Close it when done.

    A new feature is one room: it is built in ``_build_rooms``; lists, search, links, papers and
    Home derive the rest from it.
    """

    def __init__(self, workspace: Workspace, now: Clock = wall_clock) -> None:
        self.workspace = workspace
        self.now = now
        database = workspace.database
        database.now = now
        self.school = SchoolService(database)
        self.documents = DocumentService(database, workspace.vault)
        self.inspector = Inspector()
        self.scans = ScanService(database, workspace.vault)
        self.reading_on = BackgroundReader(self.scans)
        self.links = LinkService(database)
        self.ground = ground = Ground(
            database,
            workspace.vault,
            self.school,
            self.documents,
            PaperShelf(database, workspace.vault),
        )
        self._build_rooms(ground)
        self.registers: Mapping[str, RegisterService[Any, Any]] = self.rooms.registers()
        """The registers that have a list of their own, by key."""
        self.parts: Mapping[str, tuple[RegisterService[Any, Any], ...]] = {
            service.register.key: service.part_services
            for service in (*self.registers.values(), self.school)
        }
        """The registers of parts, by the key of the register that they belong to."""
        self.drafts = DraftService(database)
        self._build_overview(ground)
        self.keeping = Keeping(workspace, self.school)
        self.links.join(self.rooms)
        for room in self.rooms:
            room.join(self.rooms)
        self._sign()
        for room in self.rooms:
            room.freshen()
            room.catch_up()
        workspace.follow_marks(self.keeping.backup_folder())

    def _build_rooms(self, ground: Ground) -> None:
        """Every feature over the same ground: a new room is built and put into the tuple here."""
        self.people = PeopleRoom(ground)
        self.consents = ConsentsRoom(ground, self.people.people)
        self.requests = RequestsRoom(ground)
        self.disclosure = DisclosureRoom(ground, self.requests.requests, self.people.people)
        self.breaches = BreachesRoom(ground)
        self.assets = AssetsRoom(ground, self.links)
        self.retention = RetentionRoom(ground)
        self.assurance = AssuranceRoom(ground, self.assets.assets, self.people.people)
        self.rooms = Rooms(
            (
                self.breaches,
                self.requests,
                self.disclosure,
                self.people,
                self.consents,
                self.assets,
                self.retention,
                self.assurance,
            )
        )

    def _build_overview(self, ground: Ground) -> None:
        """What looks across all rooms."""
        self.prints = PrintService(ground, self.registers, self.parts, self.links)
        database = ground.database
        self.search = SearchService(database, self.registers)
        self.overview = OverviewService(self.rooms, ground)
        self.names = NamesOnRecord(self.rooms, database, self._bodies)
        self.governance = Governance(
            self.rooms, ground, self.overview.findings, self.overview.every_duty, self.names
        )
        self.evidence = EvidenceMap(self.rooms)
        self.packs = EvidencePacks(ground, self.registers, self.evidence, self.names)
        sources = PublishedSources(
            self.assurance.assets,
            self.assurance.notices,
            self.retention.schedule,
            self.assurance.sharing,
        )
        self.publishing = Publishing(ground, sources, self.names)

    @property
    def notice(self) -> Notice | None:
        """What was found missing on opening, or that a backup was restored."""
        return self.workspace.notice

    def first_week(self) -> tuple[FirstStep, ...]:
        """What a school does first with a new workspace, with what is done already."""
        return first_week(self.school, self.registers, has_sheet=self.keeping.has_sheet())

    def figures(self) -> tuple[HomeFigure, ...]:
        """Three figures of this term beside the last."""
        return figures(self.rooms, self.school.term_days(), self.governance.today())

    @classmethod
    def create(
        cls,
        folder: Path,
        passphrase: str,
        school: Mapping[str, Any],
        *,
        cost: Cost | None = None,
        now: Clock = wall_clock,
    ) -> tuple[Desk, str]:
        """Makes a workspace with the school's particulars; returns it with its recovery key.

        ``school`` needs at least ``name`` and ``dpo_name``. Raises InvalidEntry, NoRoom or
        DpdeskError for a folder in use.
        """
        who = str(school.get("dpo_name", ""))

        def begin(database: Database) -> None:
            database.now = now
            SchoolService(database).start(school)

        workspace, recovery = Workspace.create(
            folder,
            passphrase,
            who=who,
            cost=cost if cost is not None else Cost(),
            first=begin,
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
        now: Clock = wall_clock,
    ) -> Desk:
        """Unlocks a workspace by passphrase, or by the recovery key.

        Raises WrongPassphrase, WorkspaceBusy, NewerWorkspace, DamagedWorkspace, NotFound.
        """
        if recovery_key:
            workspace = Workspace.open_with_recovery_key(folder, recovery_key)
        else:
            workspace = Workspace.open(folder, passphrase)
        # Left beside it by a restoring that was killed before the one that made this workspace.
        backup.clear_restores(folder)
        try:
            return cls(workspace, now)
        except BaseException:
            workspace.close()
            raise

    def _bodies(self) -> Iterator[str]:
        """What is called like a person and is none: the school, bodies, suppliers."""
        yield from self.breaches.breaches.bodies_named()
        yield from self.assurance.processors.firms()

    def _sign(self) -> None:
        """From here on the history is signed by the person whom the settings name."""
        self.workspace.database.who = self.school.particulars().dpo_name

    def calendar_changed(self) -> Changes:
        """Works every due date out afresh after the calendar or the settings changed."""
        return self.recount().changes

    def recount(self) -> Recount:
        """The same, with the dates that moved."""
        self._sign()
        changes, found = Changes(), list[MovedDate]()
        for key, service in self.registers.items():
            if service.follows_calendar:
                before = service.dues()
                changes |= service.refresh_all()
                found += moved(key, before, service.dues())
        return Recount(changes, tuple(found))

    def inspection_report(
        self, found: Inspection, pictures: Mapping[int, Bitmap], day: dt.date
    ) -> Printed:
        """The report about a file that was redacted elsewhere, under the school's letterhead."""
        from dpdesk.inspection.report import report  # reportlab only when something is printed

        return report(found, pictures, day, self.school.letterhead())

    def write(self, target: Path, content: bytes) -> None:
        """Writes a file to a place the user chose, whole or not at all. Raises NoRoom."""
        write_whole(target, content)

    def check(self, step: NamedStepDone | None = None) -> Checked:
        """Verifies database, history, every row, search index and vault; changes nothing."""
        replay = Replay()
        if step is None:
            return check(self.workspace, comparing=replay)
        return check(self.workspace, step, replay)

    def close(self) -> None:
        """Ends workers, closes the database and lets go of the folder."""
        self.reading_on.end()
        self.inspector.close()
        self.scans.close()
        self.documents.close()
        self.consents.close()
        self.requests.close()
        self.workspace.close()
