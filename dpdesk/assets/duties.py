"""The four answers of the asset register and of the systems."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from sqlalchemy import Select, func, or_, select

from dpdesk.assets import system_rules
from dpdesk.assets.conditions import special
from dpdesk.assets.parts import Purpose, Review
from dpdesk.assets.pick_lists import Gap, gaps, setting, system_gaps
from dpdesk.assets.records import Asset
from dpdesk.assets.service import AssetService
from dpdesk.assets.system_records import AccessReview, System, contracted
from dpdesk.assets.system_service import SystemService
from dpdesk.registers.duties import Duty, Evidence, Finding, Measure


class AssetAnswers:
    """What must be done, what is missing, the figures and the proof, out of the asset register."""

    def __init__(self, assets: AssetService) -> None:
        self._assets = assets

    def duties(self) -> Iterator[Duty]:
        """Entries to be reviewed with their owners, a month ahead."""
        soon = self._assets.today() + dt.timedelta(days=setting("ahead_days"))
        asked = select(Asset.id, Asset.reference, Asset.title, Asset.owner, Asset.due).where(
            Asset.archived_at.is_(None), Asset.due <= soon.isoformat()
        )
        with self._assets.database.reading() as session:
            for number, reference, title, owner, due in session.execute(asked):
                whom = f" with {owner}" if owner else ", and find its owner"
                yield Duty(
                    f"Review “{title}”{whom}",
                    dt.date.fromisoformat(due) if due else None,
                    reference,
                    "assets",
                    number,
                    "review",
                )

    def findings(self) -> Iterator[Finding]:
        """Every gap that entries have, with how many have it."""
        counts = self._assets.counts()
        yield from _findings(counts, gaps(), "assets")

    def measures(self, first: dt.date, last: dt.date) -> Iterator[Measure]:
        """How many entries there are, how complete they are, and how many were reviewed."""
        counts = self._assets.counts()
        meter = self._assets.meter()
        yield Measure("information assets", meter.entries)
        yield Measure("of these with personal data", counts["personal"])
        yield Measure("assets in order", meter.complete)
        yield Measure("record of processing questions answered", _percent(meter.share), "%")
        signed = select(Review.parent_id).where(
            Review.archived_at.is_(None), Review.day.between(first, last)
        )
        reviewed = select(func.count()).where(
            or_(Asset.confirmed.between(first, last), Asset.id.in_(signed))
        )
        with self._assets.database.reading() as session:
            yield Measure("assets reviewed with their owners", session.scalar(reviewed) or 0)

    def evidence(self) -> Iterator[Evidence]:
        """The register proves that the school knows what it holds, and looks at it again."""
        asked = select(
            Asset.id,
            Asset.reference,
            Asset.personal,
            Asset.data_kinds,
            Asset.confirmed,
            Asset.transfers,
        ).where(Asset.archived_at.is_(None))
        with self._assets.database.reading() as session:
            rows = session.execute(asked.order_by(Asset.id)).all()
            reasoned = set(session.scalars(_reasoned()))
        guarded = tuple(row.reference for row in rows if _special(row.personal, row.data_kinds))
        for clause, words, references in (
            ("4.6(a)", "information assets are registered", tuple(row.reference for row in rows)),
            (
                "8.1",
                "records of processing are kept with the assets",
                tuple(row.reference for row in rows if row.personal == "yes"),
            ),
            (
                "8.1(h)",
                "assets whose data leaves the country, with what protects it there",
                tuple(row.reference for row in rows if row.transfers == "yes"),
            ),
            ("8.4", "assets with special category or criminal offence data are marked", guarded),
            (
                "8.5",
                "assets were reviewed with their owners",
                tuple(row.reference for row in rows if row.confirmed is not None),
            ),
            (
                "5.2",
                "assets have a lawful basis with its reason for each purpose",
                tuple(row.reference for row in rows if row.id in reasoned),
            ),
        ):
            if references:
                yield Evidence.counted(clause, words, references)


class SystemAnswers:
    """The same out of the systems and their accounts."""

    def __init__(self, systems: SystemService) -> None:
        self._systems = systems

    def duties(self) -> Iterator[Duty]:
        """Access to be reviewed, a month ahead; contracts that end, a season ahead."""
        today = self._systems.today()
        soon = today + dt.timedelta(days=setting("ahead_days"))
        notice = today + dt.timedelta(days=setting("notice_days"))
        asked = or_(System.access_due <= soon, System.contract_until <= notice)
        for entry, last in self._systems.with_access(asked):
            due = system_rules.access_due(entry.values, last)
            if due is not None and due <= soon:
                text = f"Review access to {entry.title}"
                yield Duty(text, due, entry.reference, "systems", entry.id, "access")
            end = system_rules.contract_until(entry.values)
            if end is not None and end <= notice:
                text = f"The contract for {entry.title} ends: renew it or move the data"
                yield Duty(text, end, entry.reference, "systems", entry.id, "supplier")

    def findings(self) -> Iterator[Finding]:
        """Every gap that systems have, with how many have it."""
        yield from _findings(self._systems.counts(), system_gaps(), "systems")

    def measures(self, first: dt.date, last: dt.date) -> Iterator[Measure]:
        """How many systems there are, and how often access to them was reviewed."""
        with self._systems.database.reading() as session:
            known = select(func.count()).where(System.archived_at.is_(None))
            yield Measure("systems", session.scalar(known) or 0)
            looked = select(func.count(), func.sum(AccessReview.idle_closed)).where(
                AccessReview.archived_at.is_(None), AccessReview.day.between(first, last)
            )
            times, closed = session.execute(looked).one()
        yield Measure("access reviews", times)
        yield Measure("unused accounts closed", closed or 0)

    def evidence(self) -> Iterator[Evidence]:
        """Access is looked at, and processors are bound by contract."""
        found = self._systems.with_access(System.id > 0)
        looked = tuple(entry.reference for entry, last in found if last is not None)
        if looked:
            yield Evidence.counted("15", "access to systems was reviewed", looked)
        bound = tuple(e.reference for e, _ in found if contracted(e.values))
        if bound:
            yield Evidence.counted("8.3(g)", "processors have a contract", bound)


def _reasoned() -> Select[int]:
    """Assets of which every purpose has its basis and why it applies."""
    bare = or_(
        Purpose.basis.is_(None), Purpose.justification.is_(None), Purpose.justification == ""
    )
    lacking = select(Purpose.parent_id).where(bare, Purpose.archived_at.is_(None))
    return (
        select(Purpose.parent_id)
        .where(Purpose.archived_at.is_(None), Purpose.parent_id.not_in(lacking))
        .distinct()
    )


def _special(personal: str | None, kinds: tuple[str, ...] | None) -> bool:
    return special({"personal": personal, "data_kinds": kinds})


def _findings(
    counts: Mapping[str, int], known: Mapping[str, Gap], register: str
) -> Iterator[Finding]:
    for key, gap in known.items():
        if counts.get(key):
            yield Finding(gap.text, counts[key], register, key, gap.cited, gap.one)


def _percent(share: float) -> int:
    """Whole percent; never 100 while something is missing."""
    return int(share * 100)
