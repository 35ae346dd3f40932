"""How the registers of this room are laid out: sections, states and filters.

What depends on the day is never stored: the filters of overdue reviews and ended contracts
compare stored days with today, so that their counts are right every morning by themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlalchemy import String, or_, type_coerce

from dpdesk.assets.pick_lists import Gap, gaps, system_gaps
from dpdesk.registers.fields import Chip, Section, State, Tone

SECTIONS: Final = (
    Section("what", "What it is"),
    Section("where", "Where it is kept"),
    Section(
        "personal",
        "Personal data",
        "If it holds personal data, the law requires the answers below (UK GDPR Art 30).",
    ),
    Section(
        "purposes",
        "Basis, notice and decisions",
        "Each purpose has its own lawful basis: see the purposes of this entry.",
    ),
    Section("sharing", "Who it is shared with"),
    Section("retention", "How long it is kept"),
    Section("security", "How it is protected"),
    Section("dpia", "Impact assessment"),
    Section("review", "Review with the owner"),
    Section("notes", "Notes"),
)

SYSTEM_SECTIONS: Final = (
    Section("what", "What it is"),
    Section("supplier", "Supplier and contract"),
    Section("access", "Who has access"),
    Section("notes", "Notes"),
)

STATES: Final = (
    State("gaps", "Gaps", "mdi6.alert-outline", Tone.WARN),
    State("incomplete", "Unanswered questions", "mdi6.progress-question", Tone.INFO),
    # The next review stays due, however much is in order.
    State("complete", "In order", "mdi6.check-circle-outline", Tone.OK),
)

_Where = Callable[[Any, str], Any]


def has(record: Any, key: str) -> Any:
    """Condition: the finding was worked out for the entry when it was last saved."""
    return type_coerce(record.found, String).contains(f'"{key}"', autoescape=True)


def _found(key: str) -> _Where:
    return lambda record, today: has(record, key)


def _before(stored: Any, today: str) -> Any:
    """Is the stored day before today? Days are stored as ISO text, which sorts as time does."""
    return type_coerce(stored, String) < today


def _without_contract(record: Any, today: str) -> Any:
    return or_(has(record, "no_contract"), _before(record.contract_until, today))


def _overdue(record: Any, today: str) -> Any:
    return record.due < today


def _access_overdue(record: Any, today: str) -> Any:
    return _before(record.access_due, today)


def _ended(record: Any, today: str) -> Any:
    return _before(record.contract_until, today)


def _personal(record: Any, today: str) -> Any:
    return record.personal == "yes"


def _with_gaps(record: Any, today: str) -> Any:
    return record.state == "gaps"


def _incomplete(record: Any, today: str) -> Any:
    return record.state == "incomplete"


def _processors(record: Any, today: str) -> Any:
    return record.processor == "yes"


def _chips(known: Mapping[str, Gap], special: Mapping[str, _Where]) -> tuple[Chip, ...]:
    return tuple(
        Chip(gap.key, gap.label, special.get(gap.key, _found(gap.key)), standing=False)
        for gap in known.values()
    )


CHIPS: Final = (
    Chip("personal", "Personal data", _personal),
    Chip("gaps", "Gaps", _with_gaps),
    Chip("incomplete", "Unanswered questions", _incomplete),
    Chip(
        "flagged", "Not to be used", lambda record, today: record.flagged == "yes", standing=False
    ),
    *_chips(gaps(), {"no_contract": _without_contract, "overdue": _overdue}),
)

SYSTEM_CHIPS: Final = (
    Chip("processors", "Processors", _processors),
    Chip("gaps", "Gaps", _with_gaps),
    *_chips(system_gaps(), {"ended": _ended, "access_overdue": _access_overdue}),
)
