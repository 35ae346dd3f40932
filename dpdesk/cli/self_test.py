"""``self-test``: one of each thing, tried in a workspace that is thrown away afterwards.

It answers the question whether this installation works on this computer: libraries, fonts, worker
processes, disk, and the files that come with the program. Everybody in it is invented.
"""

from __future__ import annotations

import datetime as dt
import secrets
import sys
import tempfile
import time
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dpdesk.cli import shipped
from dpdesk.cli.answers import Answer, one_line, table
from dpdesk.cli.faults import noted
from dpdesk.errors import DpdeskError
from dpdesk.law.words import count

if TYPE_CHECKING:
    from dpdesk.desk import Desk

NAME = "Wójcik"
"""The name that is removed from the bundle of the test."""

_FACTS: dict[str, Any] = {
    "subject": "Zoë O’Brien",
    "received": dt.date(2026, 9, 1),
    "relationship": "self",
}


class Failed(DpdeskError):
    """Something did not come out as it should."""


def self_test(arguments: Namespace) -> Answer:
    """Runs every trial; fails if one of them does. With ``--faults-only`` only those are told."""
    begun = time.monotonic()
    trials: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(
        prefix="dpdesk-self-test-", ignore_cleanup_errors=True
    ) as place:
        run = _Run(Path(place))
        try:
            for name, does in run.trials():
                trials.append(_tried(name, does))
        finally:
            run.close()
    failed = [trial for trial in trials if not trial["ok"]]
    seconds = round(time.monotonic() - begun, 1)
    content = {"ok": not failed, "seconds": seconds, "trials": trials}
    rows = [
        ["ok" if trial["ok"] else "FAILED", trial["name"], trial["outcome"]]
        for trial in (failed if arguments.faults_only else trials)
    ]
    complaint = ""
    if failed:
        first = failed[0]
        complaint = (
            f"{len(failed)} of {count(len(trials), 'trial')} failed, first: {first['name']}. "
            f"{first['outcome']}"
        )
    return Answer(content, f"{table(rows)}\n{seconds} seconds", complaint)


def _tried(name: str, does: Callable[[], str]) -> dict[str, Any]:
    try:
        return {"name": name, "ok": True, "outcome": does()}
    except DpdeskError as error:
        return {"name": name, "ok": False, "outcome": one_line(str(error))}
    except Exception as error:  # noqa: BLE001 — the other trials still tell something
        return {"name": name, "ok": False, "outcome": noted(error)}


def _expect(right: bool, sentence: str) -> None:
    if not right:
        raise Failed(sentence)


def walls() -> str:
    """What the system lets the program and its workers give up, so that less can go wrong."""
    from dpdesk.walls import rights
    from dpdesk.walls.shut import SHUT, shut
    from dpdesk.walls.workers import Worker

    with Worker() as worker:
        told = worker.walls()
    stands = [rights.WALLS[wall] for wall in told if wall in rights.WALLS]
    could = rights.EXPECTED.get(sys.platform, ())
    lacks = [rights.WALLS[wall] for wall in could if wall not in told]
    own = [SHUT[wall] for wall in shut()]
    sentences = [f"dpdesk {' and '.join(own)}" if own else ""]
    sentences += [f"a reader {', '.join(stands)}" if stands else "a reader gives up nothing"]
    sentences += [f"not on this computer: {', '.join(lacks)}" if lacks else ""]
    return "; ".join(filter(None, sentences))


class _Run:
    """The trials, in the order in which each needs what the ones before made."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._passphrase = secrets.token_hex(12)
        self._recovery = ""
        self._made: Desk | None = None
        self._request = 0

    def close(self) -> None:
        """Lets go of the workspace, so that its folder can be removed."""
        if self._made is not None:
            self._made.close()
            self._made = None

    @property
    def _desk(self) -> Desk:
        if self._made is None:
            raise Failed("There is no workspace to try this in.")
        return self._made

    def trials(self) -> list[tuple[str, Callable[[], str]]]:
        """Name and work of each trial."""
        return [
            ("legal texts", shipped.law),
            ("templates of letters", shipped.templates),
            ("help pages", shipped.help_pages),
            ("icons", shipped.icons),
            ("walls", walls),
            ("new workspace", self._create),
            ("request", self._log),
            ("due date", self._due),
            ("documents", self._add),
            ("scans", self._read),
            ("search", self._find),
            ("redaction", self._mark),
            ("bundle", self._release),
            ("spreadsheet", self._sheet),
            ("check", self._check),
            ("backup and restore", self._restore),
            ("passphrase", self._open_again),
        ]

    def _create(self) -> str:
        from dpdesk.desk import Desk

        self._made, self._recovery = Desk.create(
            self._place / "workspace", self._passphrase, {"name": "Test School", "dpo_name": "Pat"}
        )
        return "encrypted, with passphrase and recovery key"

    def _log(self) -> str:
        entry = self._desk.requests.requests.save(_FACTS).entry
        self._request = entry.id
        added = self._desk.requests.requests.start_searches(entry.id)
        return f"{entry.reference}, {count(added, 'place')} to search"

    def _due(self) -> str:
        question = {"asked_on": dt.date(2026, 9, 7), "answered_on": dt.date(2026, 9, 14)}
        self._desk.requests.requests.clarifications.save(question, parent_id=self._request)
        due = self._desk.requests.requests.load(self._request).due
        _expect(due == "2026-10-09", f"The answer would be due {due}, not 2026-10-09.")
        return "counted with a pause"

    def _add(self) -> str:
        from dpdesk.example import papers

        pages = 0
        for draw in (papers.emails, papers.scan, papers.notes):
            paper = draw()
            card = self._desk.documents.add("requests", self._request, paper.name, paper.content)
            pages += card.pages
        self._desk.requests.requests.settle(self._request)
        return f"PDF, picture and text, {count(pages, 'page')}"

    def _read(self) -> str:
        places = self._desk.scans.waiting("requests", self._request)
        _expect(bool(places), "No page waits to be read.")
        self._desk.scans.read(places)
        documents = {document for document, _ in places}
        states = [each for one in documents for each in self._desk.scans.of_document(one).values()]
        words = sum(state.words for state in states)
        _expect(words > 20, f"On a scanned page {count(words, 'word')} can be read.")
        return f"{count(words, 'word')} read from a picture"

    def _find(self) -> str:
        for words in ("obrien", "wojcik"):
            _expect(bool(self._desk.search.find(words)), "A name with accents is not found.")
        return "names are found without their accents"

    def _mark(self) -> str:
        found = self._desk.disclosure.review.find("requests", self._request, NAME, whole_word=True)
        _expect(bool(found), "A name that stands on a page is not found.")
        done = self._desk.disclosure.review.mark_found(found, "TP-16")
        page = self._desk.disclosure.review.pages("requests", self._request)[-1]
        self._desk.disclosure.review.withhold([(page.document_id, page.page)], "LPP-19")
        return f"{count(len(done.made), 'mark')}, 1 page withheld"

    def _release(self) -> str:
        made = self._desk.disclosure.releases.release(self._request)
        content = self._desk.disclosure.releases.content(made.id)
        # Read back by the same room that reads foreign files, as a requester's program would.
        other = self._desk.requests.requests.save(_FACTS).entry
        card = self._desk.documents.add("requests", other.id, "bundle.pdf", content)
        pages = [self._desk.documents.page(card.id, number) for number in range(card.pages)]
        text = " ".join(page.text() for page in pages)
        _expect(NAME not in text, "A removed name can still be read.")
        _expect("seating plan" in text, "What was let through cannot be read.")
        return f"{count(card.pages, 'page')}, checked, without the removed name"

    def _sheet(self) -> str:
        from dpdesk.registers import spreadsheet

        shown = self._desk.requests.requests.listing()
        for write in (spreadsheet.export, spreadsheet.export_csv):
            sheet = spreadsheet.read_sheet("requests", write(shown))
            _expect(len(sheet.rows) == len(shown.rows), "A row is missing in the spreadsheet.")
        return "xlsx and CSV, out and in"

    def _check(self) -> str:
        found = self._desk.check()
        _expect(not found.problems, " ".join(found.problems))
        return f"{count(found.history_rows, 'line')} of history are in order"

    def _restore(self) -> str:
        from dpdesk import front_door

        archive = self._place / "test.dpbackup"
        made = self._desk.keeping.back_up(archive)
        target = self._place / "restored"
        front_door.restore_backup(archive, target, recovery_key=self._recovery)
        _expect(front_door.is_workspace(target), "The restored folder is no workspace.")
        return f"{made.size:,} bytes, brought back with the recovery key"

    def _open_again(self) -> str:
        from dpdesk import front_door

        number = self._request
        self.close()
        self._made = front_door.open_desk(self._place / "restored", self._passphrase)
        entry = self._made.requests.requests.load(number)
        _expect(entry.values["subject"] == _FACTS["subject"], "A name came back changed.")
        return "opens what was restored"
