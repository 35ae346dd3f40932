"""The rows of what is published to parents: records, retention, notices, and who else gets what.

Each row may be held back, and says which words in it may name a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from dpdesk.assets.assessed_service import (
    AssessedAssets,
    AssetFacts,
    basis_of_purpose,
    said_of_purpose,
)
from dpdesk.law.words import long_date
from dpdesk.registers.fields import Register, Values
from dpdesk.registers.on_record import NamesOnRecord
from dpdesk.registers.service import RegisterService
from dpdesk.registers.wording import show

if TYPE_CHECKING:
    from dpdesk.assurance.notice_service import NoticeService
    from dpdesk.retention.schedule_service import ScheduleService

RECORDS, KEPT, NOTICES, SHARED = "records", "kept", "notices", "shared"
_OF_FAMILIES: Final = frozenset({"pupils", "former_pupils", "parents", "prospective"})
LABELS: Final[Mapping[str, str]] = {
    "what": "name",
    "data": "what is in it",
    "why": "why",
    "kept": "how long",
    "shared": "with whom it is shared",
}
"""What a row says, by what a change of it is called."""


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """A line of what is published. ``named`` are words that may name a person."""

    reference: str
    what: str
    data: str = ""
    why: str = ""
    kept: str = ""
    shared: str = ""
    named: tuple[str, ...] = ()
    part: str = RECORDS
    """Where it stands: records, retention, notices or sharing."""

    def frozen(self) -> Mapping[str, str]:
        """What it says, as an edition keeps it."""
        return {key: getattr(self, key) for key in LABELS}


@dataclass(frozen=True, slots=True)
class PublishedSources:
    """The registers that are published from."""

    assets: AssessedAssets
    notices: NoticeService
    schedule: ScheduleService
    sharing: RegisterService[Any, Any]


def rows_of(
    sources: PublishedSources, names: NamesOnRecord, free: Iterable[str]
) -> tuple[PublishedRow, ...]:
    """Every row in the order in which it is read; ``free`` names may stand in it."""
    free = tuple(free)
    found = []
    for row in (*_assets(sources), *_kept(sources), *_shared(sources), *_notices(sources)):
        named = names.named_in(row.frozen().values(), free)
        found.append(
            PublishedRow(
                row.reference, row.what, row.data, row.why, row.kept, row.shared, named, row.part
            )
        )
    return tuple(found)


def _assets(sources: PublishedSources) -> Iterator[PublishedRow]:
    for each in sources.assets.every():
        kinds = set(each.values.get("people_kinds") or ())
        if each.values.get("personal") == "yes" and _OF_FAMILIES & kinds:
            yield PublishedRow(
                each.reference,
                each.title,
                each.said("data_kinds"),
                _why(each),
                each.kept_for,
                each.said("recipients"),
            )


def _why(asset: AssetFacts) -> str:
    return "; ".join(
        ": ".join(
            part
            for part in (said_of_purpose(purpose, "purpose"), basis_of_purpose(purpose).lower())
            if part
        )
        for purpose in asset.purposes
    )


def _kept(sources: PublishedSources) -> Iterator[PublishedRow]:
    for entry in sources.schedule.in_use():
        yield PublishedRow(
            entry.reference,
            str(entry.values["records"]),
            why=entry.shown("basis"),
            kept=sources.schedule.period_words(entry),
            part=KEPT,
        )


def _shared(sources: PublishedSources) -> Iterator[PublishedRow]:
    """What is shared again and again; who asked is never published."""
    service = sources.sharing
    record: Any = service.record
    wanted = select(record).where(
        record.archived_at.is_(None),
        record.kind == "regular",
        record.state.in_(("approved", "no_agreement")),
    )
    with service.database.reading() as session:
        for row in session.scalars(wanted.order_by(record.whom)):
            values, register = service.answers(row), service.register
            why = [_said(register, values, name) for name in ("why", "basis")]
            yield PublishedRow(
                row.reference,
                str(row.whom),
                _said(register, values, "what"),
                "; ".join(filter(None, why)),
                part=SHARED,
            )


def _notices(sources: PublishedSources) -> Iterator[PublishedRow]:
    service = sources.notices
    record: Any = service.record
    wanted = select(record).where(record.archived_at.is_(None), record.published_on.is_not(None))
    with service.database.reading() as session:
        for row in session.scalars(wanted.order_by(record.id)):
            values, register = service.answers(row), service.register
            where = _said(register, values, "published")
            told = f"Published on {long_date(values['published_on'])}"
            yield PublishedRow(
                row.reference,
                row.title,
                _said(register, values, "audience"),
                f"{told}: {where}" if where else told,
                part=NOTICES,
            )


def _said(register: Register, values: Values, name: str) -> str:
    return show(register.field(name), values.get(name))
