"""import: a school's list of pupils with their parents, taken in with rules, history and index."""

from __future__ import annotations

import datetime as dt
import io
import time

import openpyxl

from dpdesk.desk import Desk
from tests.benchmarks.invented import NOW
from tests.benchmarks.measuring import Point, Promise, Row, alternate, timed
from tests.benchmarks.place import Bench
from tests.builders import PASSPHRASE, QUICK, SCHOOL

_ROUNDS = 3
_FIRST = "Ada Ben Cora Dev Ella Finn Gwen Hugo Iris Jude Kaya Liam Mona Nell Omar Zoë".split()
_HEAD = [
    "Admission No", "UPN", "Legal Surname", "Legal Forename", "Preferred Name", "Date of Birth",
    "Gender", "Year Group", "Reg Group", "Enrolment Status", "SEN Status", "Looked After",
]  # fmt: skip
_BESIDE = [
    "Title", "Forename", "Surname", "Relationship", "Priority", "Parental Responsibility",
    "Lives With", "Email", "Mobile", "Address",
]  # fmt: skip


def measure(bench: Bench) -> list[Row]:
    """Into an empty register, as on the first day."""
    sizes = (200, 2_000) if bench.sizes.judged else (5, 10)
    return [
        Row(
            "import",
            "pupils with two parents each, read, matched and written in one transaction",
            "openpyxl reading the same file cell by cell",
            Promise(4.0),
            tuple(_point(bench, pupils) for pupils in sizes),
            note="dpdesk writes the people, who belongs to whom, their history and their index.",
            cause="The worker that reads the file has to start, and reads it with openpyxl as well;"
            " then each of the people and of their ties has its rules, seal, history and index.",
        )
    ]


def _point(bench: Bench, pupils: int) -> Point:
    content = book(pupils)

    def ours() -> float:
        desk, _ = Desk.create(bench.fresh("w"), PASSPHRASE, SCHOOL, cost=QUICK, now=lambda: NOW)
        try:
            importing = desk.people.importing
            begun = time.perf_counter()
            done = importing.accept(importing.plan(importing.read("list.xlsx", content)))
            taken = time.perf_counter() - begun
            assert len(done.made) == 3 * pupils
            assert len(done.links) == 2 * pupils
        finally:
            desk.close()
        return taken

    def bare() -> None:
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        assert sheet is not None
        assert sum(1 for _ in sheet.iter_rows(values_only=True)) == pupils + 1

    rounds = min(_ROUNDS, bench.sizes.rounds)
    seconds = alternate(ours, timed(bare), rounds)
    return Point(f"{pupils:,} people, {2 * pupils:,} contacts", pupils, *seconds)


def book(pupils: int) -> bytes:
    """A list in the shape of a common system's report, the parents beside each pupil."""
    made = openpyxl.Workbook(write_only=True)
    sheet = made.create_sheet("Pupils")
    sheet.append([*_HEAD, *(f"Contact {n} {name}" for n in (1, 2) for name in _BESIDE)])
    for place in range(pupils):
        surname = f"Sample{_letters(place)}"
        born = dt.datetime(2010 + place % 8, 1 + place % 12, 1 + place % 28)  # noqa: DTZ001 -- a day
        year = place % 8 + 1
        row: list[object] = [
            f"{10_000 + place}", None, surname, _FIRST[place % 16], None, born, "F", f"Year {year}",
            f"{year}{'AB'[place % 2]}", "Single Registration", "N", "F",
        ]  # fmt: skip
        for number, title, who in ((1, "Mrs", "Mother"), (2, "Mr", "Father")):
            first = _FIRST[(place * 7 + number * 5) % 16]
            row += [
                title, first, surname, who, number, "T", "T", f"p{number}.{place}@example.org",
                f"07700 9{place:05d}", f"{place + 1} Mill Lane, Exampleton, EX1 1EX",
            ]  # fmt: skip
        sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _letters(number: int) -> str:
    return "".join(chr(97 + number // size % 26) for size in (676, 26, 1))
