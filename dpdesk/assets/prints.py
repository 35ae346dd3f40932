"""Puts together what the papers of the asset register say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from dpdesk.assets import rules
from dpdesk.assets.audit import AuditLine
from dpdesk.assets.conditions import abroad, holds_personal
from dpdesk.assets.records import Asset
from dpdesk.assets.rules import Around
from dpdesk.assets.service import AssetService
from dpdesk.law import bases
from dpdesk.law.words import count, long_date
from dpdesk.papers.flow import Printed
from dpdesk.registers.entries import Entry, LinkedEntry
from dpdesk.registers.wording import show_date
from dpdesk.school.service import Particulars, SchoolService

if TYPE_CHECKING:
    from dpdesk.assets.papers import AssetCard, PurposeCard
    from dpdesk.papers.kit import Fact, Lane, Tone

Links = Callable[[str, int], Sequence[LinkedEntry]]
"""Register and number of an entry to everything it is linked with; set by the desk."""

_TONES: Mapping[str, Tone] = {"gaps": "warn", "incomplete": "info", "complete": "ok"}


class AssetPrints:
    """The asset register on paper."""

    def __init__(self, assets: AssetService, school: SchoolService, links: Links) -> None:
        self._assets = assets
        self._school = school
        self._links = links

    def register(self) -> Printed:
        """The whole register: who is responsible, a list, the map, and each asset whole."""
        from dpdesk.assets.papers import RegisterPaper, register_paper

        school = self._school.particulars()
        with self._assets.database.reading() as session:
            classes = {n: each.label for n, each in self._assets.schedule(session).items()}
        reviews = self._assets.reviews.by_parent()
        cards = tuple(
            self._card(entry, around, classes, reviews.get(entry.id, ()))
            for entry, around in self._assets.with_around()
        )
        meter = self._assets.meter()
        told = f"{count(meter.entries, 'asset')}, {meter.complete} of them in order. "
        told += f"{meter.answered:,} of {meter.asked:,} questions are answered."
        return register_paper(
            RegisterPaper(
                cards,
                tuple(_explained(cards)),
                _heads(school),
                told,
                self._assets.today(),
                self._school.letterhead(),
            )
        )

    def map(self) -> Printed:
        """The map alone: whose data, in what, where, and to whom."""
        from dpdesk.assets.papers import map_paper

        lanes = [
            _lane(entry, around)
            for entry, around in self._assets.with_around(Asset.personal == "yes")
        ]
        return map_paper(lanes, self._assets.today(), self._school.letterhead())

    def audit(self, lines: Sequence[AuditLine], since: dt.date) -> Printed:
        """A round of the information audit, with room to sign."""
        from dpdesk.assets.papers import AuditPaper, AuditRow, audit_paper

        rows = tuple(
            AuditRow(
                line.entry.reference,
                line.entry.title,
                line.owner,
                line.last,
                line.with_whom,
                line.outcome,
                line.done,
            )
            for line in lines
        )
        letterhead = self._school.letterhead()
        return audit_paper(AuditPaper(rows, since, self._assets.today(), letterhead))

    def _card(
        self, entry: Entry, around: Around, classes: Mapping[int, str], reviews: Sequence[Entry]
    ) -> AssetCard:
        from dpdesk.assets.papers import AssetCard

        last = rules.last_review(entry.values, around)
        state = entry.register.state(entry.state)
        return AssetCard(
            reference=entry.reference,
            name=entry.title,
            owner=entry.shown("owner"),
            state=state.label,
            tone=_TONES.get(entry.state, "info"),
            reviewed=show_date(last) if last is not None else "",
            personal=entry.shown("personal"),
            lane=_lane(entry, around),
            sections=tuple(_sections(entry, around, classes)),
            purposes=tuple(_purposes(around)),
            rights=tuple(right.label for right in rules.rights(entry.values, around)),
            findings=tuple(
                (f"{found.reason} {found.gap.mend}", found.gap.source)
                for found in rules.findings(entry.values, around, self._assets.today())
            ),
            reviews=tuple(
                (each.title, each.shown("outcome"), each.shown("note")) for each in reviews
            ),
            links=tuple(
                (link.reference, link.title, link.label) for link in self._links("assets", entry.id)
            ),
        )


def _sections(
    entry: Entry, around: Around, classes: Mapping[int, str]
) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    from dpdesk.papers.kit import Fact

    for section in entry.register.sections:
        facts = []
        for field in entry.register.fields:
            if field.section != section.key or not field.applies(entry.values) or field.required:
                continue
            words = entry.shown(field.name)
            if field.name == "retention_rule":
                words = classes.get(entry.values.get(field.name, 0), words)
            elif field.name == "systems":
                words = ", ".join(str(system["name"]) for system in around.systems)
            if words or field.wanted:
                facts.append(Fact(field.label, words))
        if facts:
            yield section.title, tuple(facts)


def _purposes(around: Around) -> Iterator[PurposeCard]:
    from dpdesk.assets.papers import PurposeCard
    from dpdesk.assets.parts import Purpose

    def words(values: Mapping[str, object], name: str) -> str:
        code = values.get(name)
        return Purpose.register.field(name).choice(str(code)).label if code else ""

    for values in around.purposes:
        weighed = values.get("lia_done")
        why = (
            str(values.get("justification") or ""),
            str(values.get("interests") or ""),
            f"Legitimate interests assessed on {long_date(weighed)}." if weighed else "",
            str(values.get("necessary") or ""),
        )
        yield PurposeCard(
            str(values["purpose"]),
            "\n".join(t for t in (words(values, "basis"), words(values, "recognised")) if t),
            "\n".join(t for t in (words(values, "art9"), words(values, "sch1")) if t),
            "\n".join(t for t in why if t),
        )


def _lane(entry: Entry, around: Around) -> Lane:
    from dpdesk.papers.kit import Lane

    def chosen(name: str, other: str) -> tuple[str, ...]:
        field = entry.register.field(name)
        labels = [field.choice(code).label for code in entry.values.get(name) or ()]
        return tuple(t for t in (*labels, str(entry.values.get(other) or "")) if t)

    where = (*chosen("places", "place_words"), *(str(each["name"]) for each in around.systems))
    whom = chosen("recipients", "recipients_other") if holds_personal(entry.values) else ()
    country = entry.values.get("countries") if abroad(entry.values) else None
    to_whom = (*whom, *([f"Outside the UK: {country}"] if country else []))
    return Lane(
        (
            _joined(chosen("people_kinds", "people_other")),
            (entry.title,),
            _joined(where),
            _joined(to_whom),
        )
    )


def _explained(cards: Sequence[AssetCard]) -> Iterator[tuple[str, str, str]]:
    """Every right that people have in one of the assets, explained once."""
    used = {label for card in cards for label in card.rights}
    known = bases.rights((each.code for each in bases.bases()), automated=True, transfers=True)
    for right in known:
        if right.label in used:
            # A paper may be handed to the regulator: what to ask an adviser stays on the screen.
            yield right.label, right.why, right.source


def _joined(words: Sequence[str]) -> tuple[str, ...]:
    return (", ".join(words),) if words else ()


def _heads(school: Particulars) -> tuple[tuple[str, str], ...]:
    def lines(*parts: str) -> str:
        return "\n".join(part for part in parts if part)

    return (
        ("Controller", lines(school.name, school.address, school.email, school.telephone)),
        (
            "Data protection officer",
            lines(school.dpo_name, school.dpo_address, school.dpo_email, school.dpo_telephone),
        ),
        ("ICO registration number", school.ico_number),
    )
