"""Who gets a letter: typed, pasted, or out of a spreadsheet. Recipients are never stored.

Typed lines may be

    Pat Example; 1 Invented Road; Little Wenham; Dear Mrs Example

one recipient to a line, with commas where there are no semicolons; or blocks with an empty line
between two recipients: the name, the lines
of the address, a line that begins with "Dear" if the salutation differs from the name, and
"Child: " with the name of the child that the letter is about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from dpdesk.errors import UnreadableFile
from dpdesk.law.salutations import salutation_of
from dpdesk.law.words import count, listed
from dpdesk.registers.spreadsheet import Asked, Sheet, read_sheet
from dpdesk.registers.spreadsheet_parsing import read_sheet as read_table

MOST: Final = 2_000
"""More letters than this are a job for a printer, by mail merge in parts."""

ADDRESS_LINES: Final = tuple(f"Address line {number}" for number in range(1, 7))
"""Columns for the address in the data for mail merge, always the same, as the text names them."""

_NAMES: Final = (
    "recipient",
    "recipients",
    "recipientname",
    "addressee",
    "to",
    "parentname",
    "parentsname",
    "nameofparent",
    "parentcarername",
    "parentcarer",
    "parentguardian",
    "parentguardianname",
    "parent",
    "parents",
    "carername",
    "carer",
    "guardianname",
    "guardian",
    "contactname",
    "contact",
    "staffname",
    "employee",
    "employeename",
    "prioritycontact",
    "contact1",
    "contact1name",
    "name",
    "fullname",
)
"""The likeliest first: beside a column for the parent, "Name" is the child's."""
_OWN: Final = frozenset({"name", "fullname"})
_CHILDREN: Final = (
    "child",
    "childname",
    "childsname",
    "nameofchild",
    "pupil",
    "pupilname",
    "pupilsname",
    "nameofpupil",
    "student",
    "studentname",
    "nameofstudent",
    "sonordaughter",
)
_NAME_PARTS: Final = (
    ("title",),
    ("firstname", "forename", "forenames", "givenname"),
    ("surname", "lastname", "familyname"),
)
_SALUTATIONS: Final = ("salutation", "greeting", "dear", "letterto")
_ADDRESS: Final = re.compile(
    r"(?:postal|home|mailing|parents?|guardians?|carers?|contacts?1?)?(?:address|addr)(?:line)?\d*|line\d+|street\d*|road|house\w*|village|town|city|county|postcode"
)
_HEADINGS: Final = frozenset(
    {
        *_NAMES,
        *(word for part in _NAME_PARTS for word in part),
        *_SALUTATIONS,
        *_CHILDREN,
        *("address", "postaladdress", "homeaddress", "addressline1", "addressline2", "address1"),
        *("street", "road", "village", "town", "city", "county", "postcode"),
    }
)
"""By what a row is known for the headings of a table of people."""
_CONTACT: Final = re.compile(
    r"^(?:contact1?|parent1?|guardian1?|carer1?)(?=title|first|fore|given|sur|last|family)"
)
"""Stands before the parts of a name: "Contact 1 Surname"."""
_SLIP: Final = re.compile(r"[^\S\t]{0,20}\t\s*")
_DEAR: Final = re.compile(r"dear\s+", re.IGNORECASE)
_CHILD: Final = re.compile(r"(?:child|pupil|student)\s*:\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who gets a letter, and the child that it is about where one is named.

    ``salutation`` is what follows "Dear" where the list says it.
    """

    name: str
    address: tuple[str, ...] = ()
    salutation: str = ""
    child: str = ""

    @property
    def dear(self) -> str:
        """What follows "Dear": as the list says, or as the name is usually addressed."""
        return self.salutation or salutation_of(self.name)


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who was read, in their order, and what the user should know about the reading."""

    people: tuple[Recipient, ...]
    notes: tuple[str, ...] = ()


def typed(words: str) -> Recipients:
    """Recipients out of typed or pasted lines. Raises UnreadableFile with what is wrong."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    filled = [line for line in lines if line.strip()]
    if not filled:
        raise _none()
    tabbed = sum("\t" in line.strip() for line in filled)
    if tabbed * 2 >= len(filled):
        return _pasted("\n".join(lines))
    # A single tab is a slip of the finger, or comes from elsewhere: the other lines stay lists.
    lines = [_SLIP.sub(" " if ";" in line else ", ", line.strip()) for line in lines]
    blocks = _blocks(lines)
    each_line = [(number, _cells(line)) for number, line in _filled(lines)]
    parted = all(len(cells) > 1 and not _is_address(cells[0]) for _, cells in each_line)
    names_only = len(blocks) == 1 and not any(map(_is_address, blocks[0][1][1:]))
    if parted or names_only or any(";" in line for line in lines):
        blocks = each_line
    else:
        blocks = [(n, _cells(block[0]) if len(block) == 1 else block) for n, block in blocks]
    found: list[Recipient] = []
    nameless: list[int] = []
    for number, cells in blocks:
        if not cells[0] or _is_address(cells[0]) or _DEAR.match(cells[0]):
            nameless.append(number)
        else:
            found.append(_recipient(cells[0], cells[1:]))
    if nameless:
        raise UnreadableFile(
            f"There is no name in line {_numbers(nameless)}.",
            "Start each recipient with the name, and leave an empty line between recipients.",
        )
    return _checked(found, [], "line", [number for number, _ in blocks])


def _cells(line: str) -> list[str]:
    """A line parted at its semicolons; where it has none, at its commas ("Osei, Kit" is a name)."""
    if ";" in line:
        return [cell.strip() for cell in line.split(";")]
    cells = [cell for part in line.split(",") if (cell := part.strip())]
    surname_first = len(cells) == 2 and " " not in cells[0] and not _is_address(line)
    return [line] if surname_first or not cells else cells


def read(
    name: str,
    content: bytes,
    asked: Asked = Asked(),  # noqa: B008 -- frozen
    cancelled: Callable[[], bool] | None = None,
) -> Sheet:
    """The table of an xlsx or CSV file with people in it, for :func:`in_sheet`.

    Raises UnreadableFile with what is wrong, Cancelled.
    """
    return read_sheet(name, content, known=_HEADINGS, asked=asked, cancelled=cancelled)


def _pasted(words: str) -> Recipients:
    """Cells copied out of a spreadsheet: with headings, or name, address and salutation."""
    rows = [(n, [c.strip() for c in line.split("\t")]) for n, line in _filled(words.splitlines())]
    head = [_plain(cell) for cell in rows[0][1]]
    if len(rows) > 1 and any(cell in (*_NAMES, *_NAME_PARTS[2]) for cell in head):
        # No file: the words stand in the window already, and as CSV they cost no more there.
        asked = Asked(sign="\t", encoding="UTF-8")
        return in_sheet(read_table("", words.encode(), known=_HEADINGS, asked=asked))
    rows = [(n, cells if len(cells) > 1 else _cells(cells[0])) for n, cells in rows]
    found = [_recipient(cells[0], cells[1:]) for _, cells in rows if cells[0]]
    if nameless := [number for number, cells in rows if not cells[0]]:
        raise _without_name(nameless)
    return _checked(found, [], "line", [number for number, _ in rows])


def in_sheet(sheet: Sheet) -> Recipients:
    """The people of a table with headings.

    One column holds the name ("Name", "Parent name", or "Title", "First name" and "Surname"), any
    number of columns the address, one the salutation, one the child. Raises UnreadableFile with
    what is wrong.
    """
    plain = [_plain(heading) for heading in sheet.columns]
    names = _name_columns(plain)
    salutation = next((n for n, heading in enumerate(plain) if heading in _SALUTATIONS), None)
    child = next(
        (n for n, h in enumerate(plain) if h in {*_CHILDREN, *_OWN} and n not in names), None
    )
    address = [
        n
        for n, heading in enumerate(plain)
        if n not in names and n != salutation and _ADDRESS.fullmatch(heading)
    ]
    beyond = _beyond(plain, address)
    spilt = [row.number for row in sheet.rows if any(_words(row.cells[n]) for n in beyond)]
    address += beyond
    if not names:
        raise UnreadableFile(
            "No column of this spreadsheet holds the names.",
            "Give that column the heading Name, and the others Address, Salutation and Child.",
        )
    found: list[Recipient] = []
    nameless: list[int] = []
    for row in sheet.rows:
        called = " ".join(t for n in names if (t := _words(row.cells[n])))
        if not called:
            nameless.append(row.number)
            continue
        lines = [line for n in address for line in _lines(row.cells[n])]
        dear = _DEAR.sub("", _words(row.cells[salutation])) if salutation is not None else ""
        about = _words(row.cells[child]) if child is not None else ""
        found.append(Recipient(called, tuple(lines), dear.rstrip(" ,"), about))
    if nameless:
        raise _without_name(nameless)
    used = {*names, *address, salutation, child}
    rest = [heading for n, heading in enumerate(sheet.columns) if heading and n not in used]
    notes = [*sheet.notes]
    if rest:
        notes.append(f"These columns are left out: {', '.join(rest)}.")
    if spilt:
        where = f"row {_numbers(spilt)}" if len(spilt) == 1 else f"rows {_numbers(spilt)}"
        notes.append(f"Cells after the address were read as part of it ({where}): please check.")
    return _checked(found, notes, "row", [row.number for row in sheet.rows])


def _beyond(plain: Sequence[str], address: Sequence[int]) -> list[int]:
    """Columns without a heading right behind the address: commas in it have parted its cells."""
    if not address:
        return []
    found = []
    for n in range(address[-1] + 1, len(plain)):
        if plain[n]:
            break
        found.append(n)
    return found


def _name_columns(plain: Sequence[str]) -> list[int]:
    plain = [_CONTACT.sub("", heading) for heading in plain]
    whole = next((n for name in _NAMES for n, each in enumerate(plain) if each == name), None)
    if whole is not None:
        return [whole]
    places = [
        next((n for n, heading in enumerate(plain) if heading in part), None)
        for part in _NAME_PARTS
    ]
    return [n for n in places if n is not None] if places[2] is not None else []


def _checked(
    people: Sequence[Recipient], notes: list[str], place: str, numbers: Sequence[int]
) -> Recipients:
    """``numbers``: of the line or row, as ``place`` says, in which each of the people stands."""
    if not people:
        raise _none()
    if len(people) > MOST:
        raise UnreadableFile(
            f"There are {len(people):,} recipients; one file can hold at most {MOST:,}.",
            "Split them into parts.",
        )
    twice = _twice(people)
    if twice:
        verb = "is" if twice == 1 else "are"
        notes.append(f"{count(twice, 'recipient')} {verb} listed more than once.")
    if bare := [n for n, each in zip(numbers, people, strict=True) if not each.address]:
        where = f"{place if len(bare) == 1 else f'{place}s'} {_numbers(bare)}"
        notes.append(f"{count(len(bare), 'recipient')} without an address ({where}).")
    return Recipients(tuple(people), tuple(notes))


def _twice(people: Sequence[Recipient]) -> int:
    seen: dict[tuple[str, tuple[str, ...]], int] = {}
    for each in people:
        key = (each.name.casefold(), tuple(line.casefold() for line in each.address))
        seen[key] = seen.get(key, 0) + 1
    return sum(number > 1 for number in seen.values())


def _recipient(name: str, rest: Sequence[str]) -> Recipient:
    dear = next((line for line in rest if _DEAR.match(line)), "")
    child = next((line for line in rest if _CHILD.match(line)), "")
    address = tuple(line for line in rest if line and line is not dear and line is not child)
    said = _DEAR.sub("", dear, count=1).rstrip(" ,")
    return Recipient(name, address, said, _CHILD.sub("", child, count=1))


def _blocks(lines: Sequence[str]) -> list[tuple[int, list[str]]]:
    """Lines without an empty one between them, with the number of the first."""
    blocks: list[tuple[int, list[str]]] = []
    before = ""
    for number, line in enumerate(lines, 1):
        if line and not before:
            blocks.append((number, []))
        if line:
            blocks[-1][1].append(line)
        before = line
    return blocks


def _filled(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    return ((number, line) for number, line in enumerate(lines, 1) if line.strip())


def _is_address(line: str) -> bool:
    """Does it look like a line of an address? Names hold no figures."""
    return any(sign.isdigit() for sign in line)


def _plain(heading: str) -> str:
    return re.sub(r"[^a-z0-9]", "", heading.casefold())


def _words(cell: Any) -> str:
    return "" if cell is None else " ".join(str(cell).split())


def _lines(cell: Any) -> list[str]:
    parts = re.split(r"[\n,;]", "" if cell is None else str(cell))
    return [" ".join(part.split()) for part in parts if part.strip()]


def _numbers(numbers: Sequence[int]) -> str:
    shown = [f"{number:,}" for number in numbers[:5]]
    more = len(numbers) - len(shown)
    return f"{', '.join(shown)} and {more:,} more" if more else listed(shown)


def _without_name(numbers: Sequence[int]) -> UnreadableFile:
    word = "row" if len(numbers) == 1 else "rows"
    return UnreadableFile(
        f"There is no name in {word} {_numbers(numbers)}.", "Add it, or remove the row."
    )


def _none() -> UnreadableFile:
    return UnreadableFile(
        "There are no recipients.", "Write one to a line, starting with the name."
    )


def merge_table(
    people: Sequence[Recipient], subject: str, texts: Sequence[str]
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Headings and rows of the data source for mail merge: a row for each letter."""
    rows = [
        (each.name, *_address_lines(each), each.dear, each.child, subject, text)
        for each, text in zip(people, texts, strict=True)
    ]
    return ("Recipient", *ADDRESS_LINES, "Salutation", "Child", "Subject", "Letter"), rows


def _address_lines(each: Recipient) -> tuple[str, ...]:
    """As many lines as there are columns; what is too much for them stands in the last one."""
    most = len(ADDRESS_LINES)
    lines = (*each.address[: most - 1], ", ".join(each.address[most - 1 :]))
    return (*lines, *("" for _ in range(most - len(lines))))


FIELDS: Final[Mapping[str, str]] = {
    "recipient": "«Recipient»",
    "salutation": "«Salutation»",
    "child": "«Child»",
}
"""What stands for the recipient in the text that a word processor fills in."""
