"""The regulator's template for the record of processing: its thirty columns, in words.

Headings and their order are those of the Information Commissioner's template for controllers,
sheet "Template", row 9 (a secondary source: check with your adviser).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dpdesk.assets import rules
from dpdesk.assets.conditions import special
from dpdesk.assets.parts import Purpose
from dpdesk.assets.records import Asset
from dpdesk.registers.fields import Values

HEADINGS: Final = (
    "Business function",
    "Purpose of processing",
    "Name and contact details of joint controller (if applicable)",
    "Categories of individuals",
    "Categories of personal data",
    "Categories of recipients",
    "Link to contract with processor",
    (
        "Names of third countries or international organisations that personal data are "
        "transferred to (if applicable)"
    ),
    (
        "Safeguards for exceptional transfers of personal data to third countries or "
        "international organisations (if applicable)"
    ),
    "Retention schedule (if possible)",
    "General description of technical and organisational security measures (if possible)",
    "Article 6 lawful basis for processing personal data",
    "Article 9 condition for processing special category data",
    "Legitimate interests for the processing (if applicable)",
    "Link to record of legitimate interests assessment (if applicable)",
    "Rights available to individuals",
    "Existence of automated decision-making, including profiling (if applicable)",
    "The source of the personal data (if applicable)",
    "Link to record of consent",
    "Location of personal data",
    "Data Protection Impact Assessment required?",
    "Data Protection Impact Assessment progress",
    "Link to Data Protection Impact Assessment",
    "Has a personal data breach occurred?",
    "Link to record of personal data breach",
    "Data Protection Act 2018 Schedule 1 Condition for processing",
    "GDPR Article 6 lawful basis for processing",
    "Link to retention and erasure policy document",
    "Is personal data retained and erased in accordance with the policy document?",
    "Reasons for not adhering to policy document (if applicable)",
)
"""Columns A to AD, in their order."""

GROUPS: Final = (
    ("Article 30 record of processing activities", 0, 10),
    ("Privacy notices", 11, 17),
    ("Consent", 18, 18),
    ("Access requests", 19, 19),
    ("Data protection impact assessments", 20, 22),
    ("Personal data breaches", 23, 24),
    ("Special category or criminal conviction and offence data", 25, 29),
)
"""What stands above the headings: words, first and last column, from 0."""

REQUIRED: Final = frozenset({*range(11), 25, 26, 27, 28, 29})
"""Columns that Art 30 or DPA 2018 Schedule 1 asks for; the others are good practice."""

PURPOSE_COLUMNS: Final = frozenset({1, 11, 12, 13, 14, 15, 18, 25, 26})
"""Columns that speak of one purpose; the others of the whole asset."""


SYSTEM: Final = "System: "
"""Before the name of a system among the places."""


@dataclass(frozen=True, slots=True)
class AssetSurroundings:
    """What an asset's row says about other registers, in words.

    ``rule`` is the class of the retention schedule; ``systems`` their names; ``breaches`` the
    references of those that touched the asset.
    """

    rule: str = ""
    systems: Sequence[str] = ()
    breaches: Sequence[str] = ()
    contracts: Sequence[str] = ()
    """Where the contracts with the suppliers of its systems are kept."""


Row = tuple[str, ...]
"""The thirty cells of a row, in order."""


def cells(values: Values, purpose: Values | None, around: AssetSurroundings) -> Row:
    """The row of one purpose of an asset; ``purpose`` is None for an asset without any."""
    why: Values = purpose or {}
    row = (
        _text(values, "function"),
        _text(why, "purpose"),
        _text(values, "joint"),
        _listed(values, "people_kinds", "people_other"),
        _listed(values, "data_kinds", "data_other"),
        _listed(values, "recipients", "recipients_other"),
        _lines(*dict.fromkeys((*_text(values, "contract").splitlines(), *around.contracts))),
        _countries(values),
        _listed(values, "safeguards", "safeguard_words"),
        _lines(around.rule, _text(values, "retention_words")),
        _listed(values, "measures", "measures_words"),
        _chosen(why, "basis", "recognised"),
        _chosen(why, "art9"),
        _text(why, "interests"),
        _text(why, "lia_link"),
        _lines(*(each.label for each in rules.rights_of(values, (why,)))),
        _said(values, "automated", "automated_words"),
        _listed(values, "origins", "origin_words"),
        _text(why, "consent_record"),
        _lines(
            _listed(values, "places", "place_words"),
            *(f"System: {each}" for each in around.systems),
        ),
        _said(values, "dpia_required"),
        _chosen(values, "dpia_progress", asset=True),
        _text(values, "dpia_link"),
        "Yes" if around.breaches or values.get("breaches_before") else "No",
        _lines(*around.breaches, _text(values, "breaches_before")),
        _chosen(why, "sch1"),
        _chosen(why, "basis") if special(values) else "",
        _text(values, "retention_link"),
        _said(values, "retention_kept"),
        _text(values, "retention_why"),
    )
    assert len(row) == len(HEADINGS)
    return row


def _text(values: Values, name: str) -> str:
    return str(values.get(name) or "")


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def _listed(values: Values, name: str, other: str) -> str:
    """The answers of a pick list, a line for each, and then the words beside it."""
    field = Asset.register.field(name)
    labels = [field.choice(code).label for code in values.get(name) or ()]
    return _lines(*labels, _text(values, other))


def _chosen(values: Values, name: str, detail: str = "", *, asset: bool = False) -> str:
    register = Asset.register if asset else Purpose.register
    given = [(each, values.get(each)) for each in (name, detail) if each and values.get(each)]
    return _lines(*(register.field(each).choice(str(code)).label for each, code in given))


def _said(values: Values, name: str, words: str = "") -> str:
    code = values.get(name)
    said = Asset.register.field(name).choice(code).label if code else ""
    return _lines(said, _text(values, words) if words else "")


def _countries(values: Values) -> str:
    if values.get("transfers") == "no":
        return "None"
    return _text(values, "countries")
