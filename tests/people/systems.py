"""One invented school, written as eight school systems write their lists, with all their habits.

The traps are in the people: brothers and sisters, two pupils of one name, two mothers of one name
in different families, a parent who is a teacher, accents, hyphens, apostrophes, a comma in an
address, a leaver, and somebody who has not started.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

import openpyxl

from dpdesk.law.identifiers import upn_fault


@dataclass(frozen=True)
class Adult:
    """A parent or contact."""

    id: int
    title: str
    forename: str
    surname: str
    email: str
    mobile: str
    address: str = ""


@dataclass(frozen=True)
class Child:
    """A pupil; ``contacts``: adult, relationship, parental responsibility, lives with."""

    id: int
    adno: str
    forename: str
    surname: str
    known_as: str
    born: dt.date
    year: int
    form: str
    contacts: tuple[tuple[Adult, str, bool, bool], ...]
    status: str = "Single Registration"
    left: dt.date | None = None

    @property
    def upn(self) -> str:
        """A unique pupil number that is possible, of a school that is not."""
        rest = f"9999990260{self.id:02d}"
        return next(
            f"{letter}{rest}"
            for letter in "ABCDEFGHJKLMNPQRTUVWXYZ"
            if not upn_fault(f"{letter}{rest}")
        )


MILL = "4 Mill Lane, Exampleton, EX1 1EX"
JO = Adult(501, "Mrs", "Joanne", "Hill", "jo.hill@example.org", "07700 900001", MILL)
DAN = Adult(
    502, "Mr", "Daniel", "Ward", "dan.ward@example.org", "07700 900002", "9 High Row, Exampleton"
)
ROSE = Adult(503, "Mrs", "Rose", "Ward", "", "01632 960003")
NGOZI = Adult(
    504, "Dr", "Ngozi", "Okafor", "ngozi@example.org", "07700 900004", "1 The Green, Exampleton"
)
SARAH = Adult(
    505, "Ms", "Sarah", "Smith", "sarah.one@example.org", "07700 900005", "2 Oak Way, Exampleton"
)
OTHER = Adult(
    506, "Mrs", "Sarah", "Smith", "sarah.two@example.org", "07700 900006", "77 Elm Way, Exampleton"
)
SEAN = Adult(
    507, "Mr", "Seán", "O’Hara", "sean@example.org", "07700 900007", "3 Ash Way, Exampleton"
)

TOM = Child(
    11,
    "00101",
    "Thomas",
    "Ward",
    "Tom",
    dt.date(2015, 3, 2),
    7,
    "7A",
    ((JO, "Mother", True, True), (DAN, "Father", True, False), (ROSE, "Grandmother", False, False)),
)
ANA = Child(
    12,
    "00102",
    "Ana",
    "Ward",
    "",
    dt.date(2018, 6, 5),
    4,
    "4B",
    ((JO, "Mother", True, True), (DAN, "Father", True, False)),
)
ZOE = Child(
    13,
    "00103",
    "Zoë",
    "Okafor-Bright",
    "",
    dt.date(2014, 11, 14),
    7,
    "7B",
    ((NGOZI, "Mother", True, True),),
)
BEN = Child(
    14, "00104", "Ben", "Smith", "", dt.date(2013, 1, 9), 8, "8A", ((SARAH, "Mother", True, True),)
)
BEN_TOO = Child(
    15,
    "00105",
    "Ben",
    "Smith",
    "",
    dt.date(2016, 9, 30),
    5,
    "5A",
    ((OTHER, "Mother", True, True), (SEAN, "Step-father", False, True)),
)
GONE = Child(
    16,
    "00106",
    "Ida",
    "Quill",
    "",
    dt.date(2012, 9, 1),
    9,
    "9A",
    ((SEAN, "Father", True, True),),
    "Leaver",
    dt.date(2026, 7, 15),
)
COMING = Child(
    17,
    "00107",
    "Bea",
    "Early",
    "",
    dt.date(2021, 9, 1),
    1,
    "",
    ((ROSE, "Grandmother", False, False),),
    "Applicant",
)
SCHOOL = (TOM, ANA, ZOE, BEN, BEN_TOO, GONE)
"""Everybody who is or was at the school."""


def _uk(day: dt.date) -> str:
    return f"{day:%d/%m/%Y}"


def _table(rows: Iterable[Sequence[Any]], *, mark: str = ",", quoted: bool = False) -> str:
    out = io.StringIO()
    csv.writer(
        out, delimiter=mark, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    ).writerows(rows)
    return out.getvalue()


def report() -> list[tuple[str, bytes]]:
    """A report with a title above the headings, and contacts a row each, once for every class."""
    pupils: list[Sequence[Any]] = [["Pupils of the Example School"], ["As at 01/10/2026"]]
    pupils.append(
        "Admission No,UPN,Legal Surname,Legal Forename,Preferred Name,Date of Birth,Gender,"
        "Year Group,Reg Group,Enrolment Status,SEN Status,Pupil Premium,EAL,Looked After,"
        "School,Site".split(",")
    )
    for c in (*SCHOOL, COMING):
        pupils.append(
            [
                c.adno,
                c.upn,
                c.surname,
                c.forename,
                c.known_as or c.forename,
                _uk(c.born),
                "F",
                f"Year {c.year}",
                c.form,
                c.status,
                "N",
                "F",
                "F",
                "F",
                "Example School",
                "Main",
            ]
        )
    ties: list[Sequence[Any]] = [
        "ID,Forename,Surname,ID,Priority,Parental responsibility,Lives with Pupil,Title,Forename,"
        "Surname,Home Email,Main Telephone,Primary Email,Mobile number,ID,Class Name".split(",")
    ]
    for c in SCHOOL:
        for lesson in ("", "Ma", "En"):
            for order, (a, _, legal, home) in enumerate(c.contacts, 1):
                ties.append(
                    [
                        c.id,
                        c.known_as or c.forename,
                        c.surname,
                        a.id,
                        order,
                        "FT"[legal],
                        "FT"[home],
                        a.title,
                        a.forename,
                        a.surname,
                        "",
                        "",
                        a.email,
                        a.mobile,
                        71,
                        c.form + lesson * 0,
                    ]
                )
    return [
        ("pupils.csv", _table(pupils).encode("utf-8-sig")),
        ("contacts.csv", _table(ties).encode("cp1252")),
    ]


def quoted() -> list[tuple[str, bytes]]:
    """Every cell in quotes, years as “Year 7”, up to three guardians beside the pupil."""
    head = [
        "Globally Unique Student ID",
        "Arbor Student ID",
        "Legal First Name",
        "Legal Last Name",
        "Sex",
        "Year group(s) this academic year",
        "Date of Birth",
        "Courses/classes",
        "SEN status",
    ]
    for n in (1, 2, 3):
        head += [
            f"Guardian {n} {x}"
            for x in (
                "First name",
                "Last name",
                "Relationship",
                "Parental responsibility",
                "Email",
                "Mobile",
            )
        ]
    rows: list[Sequence[Any]] = [head]
    for c in SCHOOL[:-1]:
        row = [
            f"G-{c.id}",
            f"90{c.id}",
            c.forename,
            c.surname,
            "F",
            f"Year {c.year}",
            _uk(c.born),
            c.form,
            "",
        ]
        for a, who, legal, _ in c.contacts:
            row += [a.forename, a.surname, who, "Yes" if legal else "No", a.email, a.mobile]
        rows.append(row + [""] * (len(head) - len(row)))
    return [("students.csv", _table(rows, quoted=True).encode())]


def template() -> list[tuple[str, bytes]]:
    """Tabs, dates with the names of months, a leaving date; mother and father in columns."""
    head = (
        "Id,UPN,ULN,AD Username,Title,Name Initials,Forename,Middle Names,Surname,Preferred Name,"
        "DOB,Gender,Nationality,NC Year,Form/Tutor Group,Tutor,Academic House,Boarding House,"
        "Enquiry Date,Leaving Date,Leaving Reason,School Email Address,Mobile Number"
    ).split(",")
    for who in ("Mother", "Father"):
        head += [f"{who} {x}" for x in ("Title", "Forename", "Surname", "Email", "Address", "PR")]
    rows: list[Sequence[Any]] = [head]
    for c in SCHOOL:
        row = [
            c.id,
            c.upn,
            "",
            "",
            "",
            "",
            c.forename,
            "",
            c.surname,
            c.known_as,
            f"{c.born:%d-%b-%y}",
            "F",
            "British",
            c.year,
            c.form,
            "Ms Reed",
            "Oak",
            "",
            "",
            f"{c.left:%d %B %Y}" if c.left else "",
            "",
            "",
            "",
        ]
        for wanted in ("Mother", "Father"):
            found = [(a, legal) for a, who, legal, _ in c.contacts if who == wanted]
            row += [
                x
                for a, legal in found
                for x in (a.title, a.forename, a.surname, a.email, a.address, "Y" if legal else "N")
            ] or [""] * 6
        rows.append(row)
    return [("isams.txt", _table(rows, mark="\t").encode("utf-16"))]


def bare() -> list[tuple[str, bytes]]:
    """No headings at all: number, names, class, year, and what they are."""
    lines = [f"{c.adno}, {c.forename}, {c.surname}, {c.form}, {c.year}, 1" for c in SCHOOL[:-1]]
    return [("comms.csv", "\r\n".join([*lines, "2001, Noor, Reed, , , 2"]).encode())]


def by_parent() -> list[tuple[str, bytes]]:
    """A row for each parent and child, the parent first."""
    rows: list[Sequence[Any]] = [
        "Parent First Name,Parent Surname,Parent Email,Parent PR,Child First Name,Child Surname,"
        "Child Date of Birth,Child School URN".split(",")
    ]
    for c in SCHOOL[:-1]:
        for a, _, legal, _ in c.contacts:
            rows.append(
                [
                    a.forename,
                    a.surname,
                    a.email,
                    "1" if legal else "0",
                    c.forename,
                    c.surname,
                    c.born.isoformat(),
                    999999,
                ]
            )
    return [("parents.csv", _table(rows).encode())]


def workbook() -> list[tuple[str, bytes]]:
    """A workbook: real dates, leading noughts lost, whole names “Ward, Thomas”, ticks."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["Pupil list"])
    sheet.append([])
    head = ["Adm No", "Pupil Name", "DOB", "Yr", "Form"]
    for n in (1, 2, 3):
        head += [
            f"Contact {n} {x}"
            for x in (
                "Name",
                "Relation",
                "Parental Responsibility",
                "Lives With",
                "Mobile",
                "E-mail",
            )
        ]
    sheet.append(head)
    for c in SCHOOL[:-1]:
        row: list[Any] = [
            int(c.adno),
            f"{c.surname}, {c.forename}",
            dt.datetime.combine(c.born, dt.time()),
            c.year,
            c.form,
        ]
        for a, who, legal, home in c.contacts:
            row += [
                f"{a.title} {a.forename} {a.surname}",
                who,
                "✓" if legal else "",
                "✓" if home else "",
                int(a.mobile.replace(" ", "")),
                a.email,
            ]
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return [("list.xlsx", out.getvalue())]


def short() -> list[tuple[str, bytes]]:
    """Semicolons and six columns: what a reading scheme asks for."""
    rows = [["Forename", "Surname", "Email", "UPN", "Year", "Reg"]]
    rows += [
        [c.known_as or c.forename, c.surname, "", c.upn, f"{c.year:02d}", c.form]
        for c in SCHOOL[:-1]
    ]
    return [("short.csv", _table(rows, mark=";").encode("cp1252"))]


def transfer() -> list[tuple[str, bytes]]:
    """The Common Transfer File."""
    codes = {"Mother": "MOT", "Father": "FAT", "Grandmother": "GPR", "Step-father": "STP"}
    pupils = ""
    for c in SCHOOL[:-1]:
        ties = "".join(
            f"<Contact><Order>{order}</Order><Title>{a.title}</Title><Surname>{escape(a.surname)}</Surname>"
            f"<Forename>{escape(a.forename)}</Forename><Relationship>{codes[who]}</Relationship>"
            f"<Responsibility>{str(legal).lower()}</Responsibility><AddressAsPupil>{str(home).lower()}</AddressAsPupil>"
            f"<Phones><Phone><TelephoneType>M</TelephoneType><PhoneNo>{a.mobile}</PhoneNo></Phone></Phones>"
            f"<Email>{a.email}</Email></Contact>"
            for order, (a, who, legal, home) in enumerate(c.contacts, 1)
        )
        known = f"<PreferredForename>{c.known_as}</PreferredForename>" if c.known_as else ""
        pupils += (
            f"<Pupil><UPN>{c.upn}</UPN><Surname>{escape(c.surname)}</Surname><Forename>{escape(c.forename)}</Forename>"
            f"<DOB>{c.born.isoformat()}</DOB><Sex>F</Sex><BasicDetails>{known}<NCyearActual>{c.year}</NCyearActual>"
            f"</BasicDetails><Contacts>{ties}</Contacts></Pupil>"
        )
    text = (
        '<?xml version="1.0" encoding="utf-8"?><CTfile><Header>'
        "<DocumentName>Common Transfer File</DocumentName>"
        f"<CTFversion>25.0</CTFversion></Header><CTFpupilData>{pupils}</CTFpupilData></CTfile>"
    )
    return [("999_9999.xml", text.encode())]


SYSTEMS: dict[str, Callable[[], list[tuple[str, bytes]]]] = {
    each.__name__: each
    for each in (report, quoted, template, bare, by_parent, workbook, short, transfer)
}
