"""The evidence pack: a folder for the ICO or an inspection, that others can check.

It holds what proves each clause, extracts of the registers, an extract of the history, papers that
are kept for good, an index with links, and a manifest of checksums in the form that ``sha256sum``
reads. Entries are named by their references. What was typed may name people, so it is left out, or
has numbers in place of people (:mod:`dpdesk.overview.pseudonyms`), unless whoever makes the pack
chooses otherwise; a kept paper in which somebody on record is named is left out with it, and said
to be. The making of a pack is itself in the history.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from dpdesk.documents.shelf import KeptPaper
from dpdesk.errors import DpdeskError
from dpdesk.law.words import count, long_date
from dpdesk.overview.evidence import ClauseProof, EvidenceMap
from dpdesk.overview.pseudonyms import Pseudonyms, who_is_who
from dpdesk.registers.fields import Field, Kind
from dpdesk.registers.on_record import NamesOnRecord
from dpdesk.registers.service import RegisterService
from dpdesk.registers.spreadsheet_parts import guarded
from dpdesk.registers.wording import SCHOOL_TIME, show
from dpdesk.school.ground import Ground
from dpdesk.store.tables import HistoryRow, utc_text

if TYPE_CHECKING:
    from dpdesk.papers.leaflet import Leaflet

Registers = Mapping[str, RegisterService[Any, Any]]

MANIFEST: Final = "MANIFEST.sha256"
HISTORY: Final = "evidence"
"""Under which key the history says that a pack was made."""
_PAPERS: Final = ("retention_editions", "notices", "governance")
"""Registers whose kept papers should name nobody but whoever signs for the school."""
_WORDS: Final = {"governance": "comments"}
"""Where what was typed into a paper is kept with it, if not everywhere."""

HOW_TO_CHECK: Final = """How to check that these files are as they were made

MANIFEST.sha256 has one line for each file: its SHA-256 checksum and its name. You do not need
dpdesk to check them.

On Linux, open a terminal in this folder and type:
    sha256sum -c MANIFEST.sha256
On a Mac:
    shasum -a 256 -c MANIFEST.sha256
On Windows, open PowerShell in this folder and type:
    Get-Content MANIFEST.sha256 | ForEach-Object { $sum, $name = $_ -split '  ', 2
      if ((Get-FileHash $name).Hash -eq $sum) { "$($name): OK" } else { "$($name): CHANGED" } }

Every file must be OK. If one is not, it was changed after the pack was made.

To check that the whole pack is the one that the school made, ask the school for the checksum of
MANIFEST.sha256 itself: it stands in the history of their records, which cannot be changed.

history.csv: each line of the history carries a keyed seal over itself and the line before. Their
first signs are in the column "seal"; the school can show in dpdesk (Settings, Check) that the
chain is whole.
"""


class PackNames(StrEnum):
    """What becomes of people in a pack."""

    LEFT_OUT = "left_out"
    """References only: nothing that was typed."""
    PSEUDONYMS = "pseudonyms"
    """Titles and answers too, with numbers in place of people."""
    INCLUDED = "included"
    """Titles, what was typed, and who did it."""


@dataclass(frozen=True, slots=True)
class PackChoice:
    """What goes into a pack. Without ``registers`` all of them; the days are both counted."""

    first: dt.date
    last: dt.date
    registers: frozenset[str] | None = None
    names: PackNames = PackNames.LEFT_OUT


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack that was made: its files by name, and the checksum of its manifest."""

    files: Mapping[str, bytes]
    sha256: str
    left_out: tuple[str, ...] = ()
    """Papers that are not in it, because somebody is or may be named in them."""
    who: Mapping[str, str] = field(default_factory=dict)
    """Who is who, by pseudonym. It belongs to the school and goes nowhere with the pack."""


_WITHOUT: Final = {
    PackNames.LEFT_OUT: "without personal data",
    PackNames.PSEUDONYMS: "with pseudonyms",
    PackNames.INCLUDED: "with personal data",
}
_TOLD: Final = {
    PackNames.LEFT_OUT: "Entries are named by their references; nobody is named but whoever signs "
    "or answers for the school.",
    PackNames.PSEUDONYMS: "People have numbers in place of names, the same person the same number "
    "throughout; the school knows who is who. These are personal data still: handle with care.",
    PackNames.INCLUDED: "What was typed is in the extracts, and may name people: handle with care.",
}
"""What a pack says of itself, in the history and on its first page."""


@dataclass(frozen=True, slots=True)
class _PackPaper:
    id: int
    register: str
    label: str
    name: str
    named: bool


class EvidencePacks:
    """Makes packs."""

    def __init__(
        self, ground: Ground, registers: Registers, evidence: EvidenceMap, names: NamesOnRecord
    ) -> None:
        self._ground, self._registers, self._evidence = ground, registers, evidence
        self._names = names

    def today(self) -> dt.date:
        """The day at the school."""
        return self._ground.now().astimezone(SCHOOL_TIME).date()

    def left_out(self, choice: PackChoice) -> tuple[str, ...]:
        """Papers that such a pack leaves out, because somebody is or may be named in them."""
        return tuple(each.label for each in self._papers(choice) if each.named)

    def make(self, choice: PackChoice) -> Pack:
        """Makes a pack and writes into the history that it was made.

        Raises DpdeskError for a period that ends before it begins and for unknown registers.
        """
        from dpdesk.papers.leaflet import leaflet_html, leaflet_pdf  # reportlab only when printing

        self._checked(choice)
        people = Pseudonyms(self._names, self._signing())
        clauses = self._evidence.clauses()
        files: dict[str, bytes] = {}
        links: list[tuple[str, str]] = []
        for key, service in self._registers.items():
            if choice.registers is None or key in choice.registers:
                content, number = self._extract(service, choice, people)
                if number:
                    name = f"registers/{key}.csv"
                    files[name] = content
                    links.append((f"{service.register.title}: {_entries(number)}", name))
        left_out = []
        for paper in self._papers(choice):
            if paper.named:
                left_out.append(paper.label)
                continue
            files[paper.name] = self._ground.shelf.content(paper.register, paper.id)
            links.append((paper.label, paper.name))
        files["history.csv"], number = self._history(choice, people)
        links.append((f"History: {count(number, 'line')}", "history.csv"))
        leaflet = self._leaflet(choice, clauses, left_out)
        files["evidence.pdf"] = leaflet_pdf(leaflet).content
        files["how-to-check.txt"] = HOW_TO_CHECK.encode()
        links += [
            ("This page on paper", "evidence.pdf"),
            ("How to check these files without dpdesk", "how-to-check.txt"),
            ("The checksums", MANIFEST),
        ]
        files["index.html"] = leaflet_html(leaflet, links)
        files[MANIFEST] = manifest(files)
        sha256 = hashlib.sha256(files[MANIFEST]).hexdigest()
        self._note(choice, len(files), sha256)
        return Pack(files, sha256, tuple(left_out), dict(people.who))

    def who_is_who(self, pack: Pack) -> bytes:
        """The paper that says who is who in a pack with pseudonyms, as PDF."""
        from dpdesk.papers.leaflet import leaflet_pdf

        return leaflet_pdf(who_is_who(pack.who, pack.sha256, self.today())).content

    def _checked(self, choice: PackChoice) -> None:
        if choice.last < choice.first:
            raise DpdeskError("The period ends before it begins.", "Put the earlier day first.")
        unknown = sorted((choice.registers or frozenset()) - self._registers.keys())
        if unknown:
            raise DpdeskError(f"There is no register called {unknown[0]}.")

    def _note(self, choice: PackChoice, files: int, sha256: str) -> None:
        period = f"{choice.first.isoformat()} to {choice.last.isoformat()}"
        with self._ground.database.changing() as change:
            told = f"{period}, {count(files, 'file')}, {_WITHOUT[choice.names]}, SHA-256 {sha256}"
            change.note(HISTORY, 0, "evidence pack", None, told)

    # --- its files -----------------------------------------------------------------------

    def _extract(
        self, service: RegisterService[Any, Any], choice: PackChoice, people: Pseudonyms
    ) -> tuple[bytes, int]:
        """Entries that were recorded by the end of the period and are in force or fall in it."""
        record: Any = service.record
        begin, end = _moments(choice)
        typed = choice.names is not PackNames.LEFT_OUT
        fields = [f for f in service.register.fields if f.listed] if typed else []
        head = ["Reference", "State", "Due", "Recorded on", "Archived"]
        head += ["Title", *(field.column for field in fields)] if typed else []
        rows = []
        with self._ground.database.reading() as session:
            linked = {
                field.target: _numbered(session, self._registers[field.target])
                for field in fields
                if field.kind is Kind.LINK and field.target in self._registers
            }
            asked = select(record).where(record.created_at <= end).order_by(record.id)
            for row in session.scalars(asked):
                if row.archived_at is not None and row.created_at < begin:
                    continue
                cells = [
                    row.reference,
                    service.register.state(row.state or "").label,
                    row.due or "",
                    row.created_at.astimezone(SCHOOL_TIME).date().isoformat(),
                    "yes" if row.archived_at is not None else "",
                ]
                if typed:
                    values = service.answers(row)
                    said = [(f, _said(f, values.get(f.name), linked)) for f in fields]
                    if choice.names is PackNames.PSEUDONYMS:
                        cells += people.row(service, row.title, values, said)
                    else:
                        cells += [row.title, *(words for _, words in said)]
                rows.append(cells)
        return _csv(head, rows), len(rows)

    def _history(self, choice: PackChoice, people: Pseudonyms) -> tuple[bytes, int]:
        begin, end = _moments(choice)
        head = ["Number", "At (UTC)", "Register", "Entry", "What changed", "seal"]
        named, numbers = choice.names is PackNames.INCLUDED, choice.names is PackNames.PSEUDONYMS
        head += ["Who", "Before", "After", "Why"] if named else ["Who", "Why"] if numbers else []
        with self._ground.database.reading() as session:
            known = {key: _numbered(session, each) for key, each in self._registers.items()}
            asked = select(HistoryRow).where(
                HistoryRow.at >= utc_text(begin), HistoryRow.at <= utc_text(end)
            )
            rows: list[list[str]] = []
            for row in session.scalars(asked.order_by(HistoryRow.id)):
                if choice.registers is not None and row.register not in choice.registers:
                    continue
                entry = known.get(row.register, {}).get(row.entry_id, "")
                cells = [str(row.id), row.at, row.register, entry, row.field, row.link[:16]]
                if named:
                    cells += [row.who, row.old or "", row.new or "", row.why]
                elif numbers:
                    cells += [people.person(row.who), people.text(row.why)]
                rows.append(cells)
        return _csv(head, rows), len(rows)

    def _papers(self, choice: PackChoice) -> Iterator[_PackPaper]:
        begin, end = _moments(choice)
        with self._ground.database.reading() as session:
            asked = select(
                KeptPaper.id,
                KeptPaper.register,
                KeptPaper.entry_id,
                KeptPaper.number,
                KeptPaper.answers,
            ).where(
                KeptPaper.register.in_(_PAPERS),
                KeptPaper.paper != "",
                KeptPaper.made_at >= utc_text(begin),
                KeptPaper.made_at <= utc_text(end),
            )
            rows = session.execute(asked.order_by(KeptPaper.id)).all()
        for number, register, entry_id, edition, answers in rows:
            if choice.registers is not None and register not in choice.registers:
                continue
            service = self._registers.get(register)
            title = service.register.title if service else "Reports to the proprietor"
            where = f" of {_reference(self._ground, service, entry_id)}" if service else ""
            yield _PackPaper(
                number,
                register,
                f"{title}: edition {edition}{where}",
                f"papers/{register}-{entry_id}-{edition}.pdf",
                choice.names is not PackNames.INCLUDED
                and self._names_somebody(register, json.loads(answers)),
            )

    def _names_somebody(self, register: str, answers: Mapping[str, Any]) -> bool:
        """Does what was typed into a paper name somebody? So does what nobody kept the words of."""
        said: Any = answers
        if (key := _WORDS.get(register)) is not None:
            if key not in answers:
                return True
            said = answers[key]
        return bool(self._names.named_in(_texts(said), self._signing()))

    def _signing(self) -> tuple[str, ...]:
        """Who signs or answers for the school, and may be named."""
        school = self._ground.school.particulars()
        return (school.dpo_name, school.head, school.contact[0])

    def _leaflet(
        self, choice: PackChoice, clauses: Sequence[ClauseProof], left_out: Sequence[str]
    ) -> Leaflet:
        from dpdesk.papers.leaflet import Leaflet, LeafletSection

        today = self.today()
        gaps = tuple(f"{each.clause}: {each.asks}" for each in clauses if each.gap)
        rows = tuple((each.clause, each.asks, each.said) for each in clauses if each.proved)
        resting = tuple(f"{each.clause}: {each.asks}" for each in clauses if each.resting)
        explaining = tuple(f"{each.clause}: {each.explains}" for each in clauses if each.explains)
        by_category = tuple(
            (
                each.label,
                ", ".join(clause.clause for clause in each.proved) or "nothing yet",
                ", ".join(clause.clause for clause in each.lacking) or "none",
            )
            for each in self._evidence.categories(clauses)
        )
        without = tuple(f"{each}: a person is or may be named in it" for each in left_out)
        return Leaflet(
            "Evidence that the data protection policy is kept",
            (
                LeafletSection(
                    "What proves each clause",
                    columns=("Clause", "What it asks for", "What proves it"),
                    rows=rows,
                ),
                LeafletSection(
                    "Clauses for which there is no proof yet", () if gaps else ("None.",), gaps
                ),
                LeafletSection(
                    "Clauses about what has not happened, as far as is on record", (), resting
                ),
                LeafletSection("Clauses that ask for nothing to be shown", (), explaining),
                LeafletSection(
                    "By category of the ICO’s accountability framework",
                    columns=("Category", "Proved by clause", "Without proof"),
                    rows=by_category,
                ),
                *(
                    (LeafletSection("Papers left out of this pack", (), without),)
                    if without
                    else ()
                ),
            ),
            today,
            opening=(
                f"From {long_date(choice.first)} to {long_date(choice.last)}.",
                _TOLD[choice.names],
            ),
            letterhead=self._ground.school.letterhead(),
            marking="Confidential",
            foot=f"Made on {long_date(today)}.",
        )


def _reference(ground: Ground, service: RegisterService[Any, Any], entry_id: int) -> str:
    with ground.database.reading() as session:
        row = session.get(service.record, entry_id)
        return str(row.reference) if row is not None else "an entry"


def _texts(said: Any) -> Iterator[str]:
    """Every text in answers, however deep it lies."""
    if isinstance(said, str):
        yield said
    elif isinstance(said, Mapping):
        for each in said.values():
            yield from _texts(each)
    elif isinstance(said, Sequence):
        for each in said:
            yield from _texts(each)


def _numbered(session: Session, service: RegisterService[Any, Any]) -> dict[int, str]:
    """The references of a register by the numbers of its entries."""
    asked = select(service.record.id, service.record.reference)
    return {row.id: row.reference for row in session.execute(asked)}


def _said(field: Field, value: Any, linked: Mapping[str, Mapping[int, str]]) -> str:
    """An answer in words; another entry by its reference."""
    if field.kind is Kind.LINK and value is not None:
        return linked.get(field.target, {}).get(value, "an entry")
    return show(field, value)


def _entries(number: int) -> str:
    return "1 entry" if number == 1 else f"{number:,} entries"


def _moments(choice: PackChoice) -> tuple[dt.datetime, dt.datetime]:
    """The first and the last moment of the period at the school, in UTC."""
    begin = dt.datetime.combine(choice.first, dt.time.min, SCHOOL_TIME)
    end = dt.datetime.combine(choice.last, dt.time.max, SCHOOL_TIME)
    return begin.astimezone(dt.UTC), end.astimezone(dt.UTC)


def _csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow([guarded(str(cell)) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def manifest(files: Mapping[str, bytes]) -> bytes:
    """Check sums in the form that ``sha256sum -c`` reads."""
    lines = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
    return "".join(lines).encode()
