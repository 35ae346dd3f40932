"""The Common Transfer File of schools in England (XML), read in a worker into a plain table.

The file is the Department for Education's; only who people are and who belongs to whom is taken.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from dpdesk.errors import UnreadableFile
from dpdesk.registers.spreadsheet_parts import MOST_ROWS, Sheet, SheetRow, packed

if TYPE_CHECKING:
    from dpdesk.walls.inside import Answer, Call

_MOST_CONTACTS: Final = 12
_PUPIL: Final = (
    ("UPN", "UPN"),
    ("Surname", "Surname"),
    ("Forename", "Forename"),
    ("DOB", "Date of birth"),
    ("BasicDetails/MiddleNames", "Middle names"),
    ("BasicDetails/PreferredForename", "Preferred forename"),
    ("BasicDetails/PreferredSurname", "Preferred surname"),
    ("BasicDetails/FormerSurname", "Former surname"),
    ("BasicDetails/FormerForename", "Former forename"),
    ("BasicDetails/NCyearActual", "NC year"),
    ("BasicDetails/EnrolStatus", "Enrolment status"),
    ("LookedAfter/InCare", "In care"),
    ("Email", "Email"),
)
_CONTACT: Final = (
    ("Order", "Order"),
    ("Title", "Title"),
    ("Surname", "Surname"),
    ("Forename", "Forename"),
    ("MiddleNames", "Middle names"),
    ("Relationship", "Relationship"),
    ("Responsibility", "Responsibility"),
    ("AddressAsPupil", "Lives with"),
    ("Email", "Email"),
)
_RELATIONS: Final = {
    "MOT": "Mother", "FAT": "Father", "STP": "Step-parent", "CAR": "Guardian", "GPR": "Grandparent",
    "FOS": "Foster carer", "SWR": "Social worker", "PAM": "Mother", "PAF": "Father",
    "STM": "Step-mother", "STF": "Step-father", "FOM": "Foster carer", "FOF": "Foster carer",
}  # fmt: skip
_AT_SCHOOL: Final = ("Date of entry", "Date of leaving")
_DAMAGED: Final = UnreadableFile(
    "This is not a Common Transfer File, or it is damaged.",
    "Export it again from the school’s system, or export a spreadsheet.",
)


def read(content: bytes) -> Sheet:
    """The table: a row for each pupil, the contacts beside. Raises UnreadableFile."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise _DAMAGED from None
    for each in root.iter():
        if isinstance(each.tag, str):
            each.tag = etree.QName(each).localname
    pupils = root.findall(".//Pupil")
    if not pupils or len(pupils) > MOST_ROWS:
        raise _DAMAGED
    contacts = [pupil.findall("Contacts/Contact")[:_MOST_CONTACTS] for pupil in pupils]
    most = max(map(len, contacts))
    columns = [heading for _, heading in _PUPIL] + ["Telephone", "Address", *_AT_SCHOOL]
    for number in range(1, most + 1):
        columns += [f"Contact {number} {heading}" for _, heading in _CONTACT]
        columns += [f"Contact {number} Telephone", f"Contact {number} Address"]
    rows = []
    for place, (pupil, adults) in enumerate(zip(pupils, contacts, strict=True), 1):
        cells: list[Any] = [_text(pupil, path) for path, _ in _PUPIL]
        cells += [_telephones(pupil), _address(pupil), *_at_school(root, pupil)]
        for adult in adults:
            found = {path: _text(adult, path) for path, _ in _CONTACT}
            code = found["Relationship"]
            found["Relationship"] = _RELATIONS.get(code or "", code)
            cells += [*found.values(), _telephones(adult), _address(adult)]
        cells += [None] * (len(columns) - len(cells))
        rows.append(SheetRow(place, tuple(cells)))
    return Sheet(tuple(columns), tuple(rows))


def _text(element: Any, path: str) -> str | None:
    found = element.findtext(path)
    return " ".join(found.split()) or None if found else None


def _at_school(root: Any, pupil: Any) -> tuple[str | None, str | None]:
    """When a pupil came to the school that made the file, and left it.

    The days at their other schools stand beside, and say nothing of this one.
    """
    ours = tuple(_text(root, f"Header/SourceSchool/{part}") for part in ("LEA", "Estab"))
    for school in pupil.findall("SchoolHistory/School"):
        if all(ours) and (_text(school, "LEA"), _text(school, "Estab")) == ours:
            return _text(school, "EntryDate"), _text(school, "LeavingDate")
    return None, None


def _telephones(element: Any) -> str | None:
    """Every number of somebody: that of work and that of home are both theirs."""
    found = (each.text or "" for each in element.findall("Phones/Phone/PhoneNo"))
    return "; ".join(filter(None, (" ".join(number.split()) for number in found))) or None


def _address(element: Any) -> str | None:
    lines = [
        " ".join(part.text.split())
        for part in element.findall("Address//*")
        if part.text and part.text.strip()
    ]
    return ", ".join(lines) or None


def table(call: Call) -> Answer:
    """A task: the table of a Common Transfer File."""
    sheet = read(call.blobs[0])
    rows = [(row.number, row.cells) for row in sheet.rows]
    return {}, [json.dumps(sheet.columns).encode(), packed(rows)]
