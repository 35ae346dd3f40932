"""The package of a request for transfer: what somebody gave the school, as other programs read it.

A ZIP file with a table for each register (CSV, and all of them in one JSON file), the files that
were added to the request, and a list of checksums. What goes in stands in
``resources/law/portable.toml``. It is read again before it leaves. Source: UK GDPR Art 20.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from dpdesk import resources
from dpdesk.documents.service import DocumentService
from dpdesk.errors import DpdeskError
from dpdesk.law.request_kinds import RequestKind
from dpdesk.law.words import count, long_date
from dpdesk.registers.entries import Changes, Entry
from dpdesk.registers.fields import Field, Kind
from dpdesk.registers.service import RegisterService
from dpdesk.registers.spreadsheet_parts import guarded
from dpdesk.requests.conditions import decided_yes, rules_of
from dpdesk.requests.readiness import handover_problem
from dpdesk.requests.service import RequestService

_MANIFEST: Final = "MANIFEST.sha256"
_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""No file of the package tells when it was made."""
_UNSAFE: Final = re.compile(r"[^\w.\- ]+")
_LEAST_SECRET: Final = 12
"""Signs of an answer that is looked for among what must not be in the package."""
_MARKED: Final = (
    "Something is marked in its documents that must not be given, so no file is in the package: "
    "build the bundle, and hand that over beside it."
)
_ASIDE: Final = (
    "Something in its documents is set aside, so no file is in the package: build the bundle, and "
    "hand that over beside it."
)
_TEXTS: Final = frozenset({Kind.TEXT, Kind.LONG_TEXT})


Found = tuple[RegisterService[Any, Any], tuple[Entry, ...]]
"""A register and the entries of it that are about somebody."""


@dataclass(frozen=True, slots=True)
class PortableTable:
    """A table of the package: the questions by their column, and the answers of each entry."""

    file: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class PortablePackage:
    """A package that was built and read again: its content, what is in it, what to mind."""

    content: bytes
    sha256: str
    tables: tuple[tuple[str, int], ...]
    """Title and number of entries of each table."""
    files: int
    warnings: tuple[str, ...]

    @property
    def said(self) -> str:
        """What is in it, in a sentence."""
        told = [f"{title} ({rows})" for title, rows in self.tables]
        return f"{', '.join(told) or 'No table'}; {count(self.files, 'file')}."


class PortableService:
    """Builds the packages of requests for transfer."""

    def __init__(self, requests: RequestService, documents: DocumentService) -> None:
        self._requests, self._documents = requests, documents
        self._registers: Mapping[str, RegisterService[Any, Any]] = {}

    def join(self, services: Sequence[RegisterService[Any, Any]]) -> None:
        """From here on these are the registers out of which is handed over."""
        every = [part for service in services for part in (service, *service.part_services)]
        self._registers = {each.register.key: each for each in every}

    def package(self, entry: Entry) -> PortablePackage:
        """The package of a request, built and checked.

        Raises DpdeskError where it is not to be handed over yet, or the check finds something.
        """
        person = self._person(entry)
        found = [(each, *self._entries(each, person)) for each in _rows()]
        tables = tuple(_table(row, service, entries) for row, service, entries in found if entries)
        files, warnings = self._files(entry)
        made = _packed(self._contents(entry, tables, files))
        _check(made, tables, _secrets([(service, entries) for _, service, entries in found]))
        sha256 = hashlib.sha256(made).hexdigest()
        told = tuple((table.title, len(table.rows)) for table in tables)
        return PortablePackage(made, sha256, told, len(files), warnings)

    def note(self, entry: Entry, package: PortablePackage) -> Changes:
        """Notes in the history that a package was saved, with its checksum."""
        key = self._requests.register.key
        with self._requests.database.changing() as change:
            change.note(key, entry.id, "portable data", None, f"SHA-256 {package.sha256}")
        return Changes(frozenset({(key, entry.id)}))

    # --- what goes in --------------------------------------------------------------------

    def _person(self, entry: Entry) -> int:
        """The number of the person it is about. Raises DpdeskError while it may not be given."""
        values = entry.values
        if rules_of(values).kind is not RequestKind.PORTABILITY:
            raise DpdeskError(
                f"{entry.reference} does not ask for data to be transferred.",
                "For access to their data, build the bundle.",
            )
        if problem := handover_problem(values, self._requests.today()):
            raise DpdeskError(problem)
        if not decided_yes(values):
            raise DpdeskError(
                "It is not decided that the data is handed over.",
                "Decide first: only what is used by consent or under a contract with them is "
                "handed over in this way (UK GDPR Art 20(1)).",
            )
        number = values.get("subject_person")
        if not number:
            raise DpdeskError(
                "It is not said which person in the register of people this is.",
                "Link the person first, under “Who is asking”: otherwise a namesake’s data could "
                "be handed over.",
            )
        return int(number)

    def _entries(self, row: Mapping[str, Any], person: int) -> Found:
        service, by = self._registers[row["register"]], row["by"]
        if by == "self":
            return service, (service.load(person),)
        if by == "parent":
            return service, service.parts(person)
        entries = service.entries_with(by, person)
        if row["register"] == self._requests.register.key:
            # What a solicitor or a parent wrote about somebody is not that person's to take along.
            entries = tuple(each for each in entries if each.values.get("relationship") == "self")
        return service, entries

    def _files(self, entry: Entry) -> tuple[dict[str, bytes], tuple[str, ...]]:
        """The files that were added to the request; none where anything in them is to go."""
        cards = self._documents.of_entry(self._requests.register.key, entry.id)
        # What was marked since the last release is not among the reasons that its letters give.
        removes = self._requests.removes_now(entry.id)
        if cards and (removes or self._requests.redaction_reasons(entry.id)):
            return {}, (_MARKED,)
        if any(each.aside_listed(entry.id) for each in self._requests.setting_aside):
            return {}, (_ASIDE,)
        look = (
            f"{count(len(cards), 'file')} of the request goes out as it came: look through it for "
            "data about others (UK GDPR Art 20(4))."
        )
        return {
            f"files/{n:03} {_UNSAFE.sub('_', card.name)}": self._documents.original(card.id)
            for n, card in enumerate(cards, 1)
        }, (look,) if cards else ()

    def _contents(
        self, entry: Entry, tables: Sequence[PortableTable], files: Mapping[str, bytes]
    ) -> dict[str, bytes]:
        today = self._requests.today()
        school = self._requests.school.particulars()
        made: dict[str, bytes] = {"READ ME.txt": _read_me(school.name, today, tables, files)}
        whole = {
            "school": school.name,
            "made_on": today.isoformat(),
            "data_subject": str(entry.values["subject"]),
            "tables": {
                table.file: [dict(zip(table.columns, row, strict=True)) for row in table.rows]
                for table in tables
            },
        }
        made["data.json"] = json.dumps(whole, ensure_ascii=False, indent=1).encode()
        made |= {f"{table.file}.csv": _csv(table) for table in tables}
        return {**made, **files}


def _rows() -> Sequence[Mapping[str, Any]]:
    rows: Sequence[Mapping[str, Any]] = resources.kept("law", "portable.toml")["tables"]
    return rows


def _table(
    row: Mapping[str, Any], service: RegisterService[Any, Any], entries: Sequence[Entry]
) -> PortableTable:
    fields = [service.register.field(name) for name in row["fields"]]
    answered = [f for f in fields if any(each.values.get(f.name) is not None for each in entries)]
    return PortableTable(
        row["file"],
        row["title"],
        tuple(field.column.rstrip("?") for field in answered),
        tuple(tuple(_plain(each, field) for field in answered) for each in entries),
    )


def _plain(entry: Entry, field: Field) -> str:
    """An answer as other programs read it: days as ISO, links by their names."""
    value = entry.values.get(field.name)
    if isinstance(value, dt.date):
        return value.isoformat()
    words = entry.shown(field.name)
    if field.kind is Kind.LINK:
        # Our own references say nothing to anybody else.
        return words.partition(" ")[2] or words
    return words


def _given(register: str) -> frozenset[str]:
    """The questions of a register whose answers are handed over."""
    rows = (row for row in _rows() if row["register"] == register)
    return frozenset(name for row in rows for name in row["fields"])


def _secrets(found: Sequence[Found]) -> frozenset[str]:
    """What the school noted itself about these entries: it must not be in the package."""
    open_words, kept = [], set()
    for service, entries in found:
        given = _given(service.register.key)
        for entry in entries:
            open_words += [entry.shown(name) for name in sorted(given)]
            kept |= {
                str(entry.values.get(field.name) or "")
                for field in service.register.fields
                if field.kind in _TEXTS and not field.person and field.name not in given
            }
    words = " ".join(open_words)
    return frozenset(each for each in kept if len(each) >= _LEAST_SECRET and each not in words)


def _csv(table: PortableTable) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(table.columns)
    for row in table.rows:
        writer.writerow([guarded(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _read_me(
    school: str, today: dt.date, tables: Sequence[PortableTable], files: Mapping[str, bytes]
) -> bytes:
    lines = [
        f"Personal data handed over by {school} on {long_date(today)} (UK GDPR Art 20).",
        "",
        "data.json holds all tables in a form that other programs read. The same tables are here",
        "one by one for a spreadsheet:",
        "",
        *(f"  {table.file}.csv  {table.title} ({len(table.rows)})" for table in tables),
        *(["", "The folder “files” holds the documents that you gave us."] if files else []),
        "",
        "It holds what you gave the school, or somebody gave it for you, and what is kept by",
        "computer. For everything else that the school holds about you, ask for access to it.",
        "",
        f"{_MANIFEST} holds a checksum of each file, so that anybody can see whether one was",
        "changed since.",
        "",
    ]
    return "\r\n".join(lines).encode()


def _packed(contents: Mapping[str, bytes]) -> bytes:
    sums = "".join(f"{hashlib.sha256(made).hexdigest()}  {n}\n" for n, made in contents.items())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, made in {**contents, _MANIFEST: sums.encode()}.items():
            package.writestr(zipfile.ZipInfo(name, _DAY), made, zipfile.ZIP_DEFLATED)
    return out.getvalue()


# ------------------------------------------------------------------------------- the check


def _check(made: bytes, tables: Sequence[PortableTable], secrets: frozenset[str]) -> None:
    """Reads the package again. Raises DpdeskError where anything is not as it must be."""
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        contents = {name: package.read(name) for name in package.namelist()}
    for fault in _faults(contents, tables, secrets):
        raise DpdeskError(f"The package was not saved: {fault}", "Nothing has left dpdesk.")


def _faults(
    contents: Mapping[str, bytes], tables: Sequence[PortableTable], secrets: frozenset[str]
) -> Iterator[str]:
    lines_of_sums = contents[_MANIFEST].decode().splitlines()
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines_of_sums)}
    for name, content in contents.items():
        if name != _MANIFEST and sums.get(name) != hashlib.sha256(content).hexdigest():
            yield f"{name} is not what the list of checksums says."
    told = json.loads(contents["data.json"])["tables"]
    for table in tables:
        lines = list(csv.reader(io.StringIO(contents[f"{table.file}.csv"].decode("utf-8-sig"))))
        if len(lines) != len(table.rows) + 1 or len(told[table.file]) != len(table.rows):
            yield f"{table.file} has not as many lines as there are entries."
    own = {name: content for name, content in contents.items() if not name.startswith("files/")}
    for name, content in own.items():
        text = content.decode("utf-8-sig")
        plain = json.dumps(json.loads(text), ensure_ascii=False) if name == "data.json" else text
        if any(secret in plain for secret in secrets):
            yield f"something that the school recorded for itself is in {name}."
