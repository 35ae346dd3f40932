"""The four answers of the registers of assurance, most of them out of one table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from sqlalchemy import func, select

from dpdesk.assurance.dpia_service import DpiaService
from dpdesk.assurance.measure_records import Exercise
from dpdesk.assurance.notice_service import NoticeService
from dpdesk.assurance.pick_lists import setting
from dpdesk.assurance.policy_service import PolicyService
from dpdesk.assurance.risk_service import RiskService
from dpdesk.assurance.services import AuditService, MeasureService, share
from dpdesk.assurance.settings import FeeSettingsService
from dpdesk.law.words import long_date
from dpdesk.registers.duties import Answers, Duty, Evidence, Finding, Measure
from dpdesk.registers.service import RegisterService
from dpdesk.school.service import SchoolService

_SETTINGS = "school"
"""The register whose page is that of the settings; the place is a section of it."""
_QUIET = MappingProxyType[str, str]({})


@dataclass(frozen=True)
class Asking:
    """What one register asks of the school.

    ``duty`` is the sentence of a duty, with ``{}`` for what the entry is called; by state where it
    differs. ``gaps`` are filters to the words that follow a number, for many and for one.
    """

    service: RegisterService[Any, Any]
    duty: str
    by_state: Mapping[str, str] = field(default_factory=lambda: _QUIET)
    place: str = ""
    nothing: str = ""
    nothing_source: str = ""
    gaps: Mapping[str, tuple[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    gaps_source: str = ""
    proves: Mapping[str, str] = field(default_factory=lambda: _QUIET)
    """Clauses of the policy to what the entries prove of them, before their number."""
    proves_by: Mapping[str, tuple[str, str, str]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    """The same for entries with a certain answer: words, field, and its code; "" for any answer."""
    figure: str = ""
    """What the number of entries counts, in the figures of a period."""


class RegisterAnswers(Answers):
    """The answers of one register, from what it asks."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self._service = asking.service

    def duties(self) -> Iterator[Duty]:
        """What comes up again within a month."""
        record: Any = self._service.record
        soon = self._service.today() + dt.timedelta(days=setting("ahead_days"))
        asked = select(record.id, record.reference, record.title, record.state, record.due).where(
            record.archived_at.is_(None), record.due <= soon.isoformat()
        )
        with self._service.database.reading() as session:
            rows = session.execute(asked.order_by(record.due)).all()
        for number, reference, title, state, due in rows:
            words = self._asking.by_state.get(state, self._asking.duty).format(title)
            day = dt.date.fromisoformat(due)
            yield Duty(
                words, day, reference, self._service.register.key, number, self._asking.place
            )

    def findings(self) -> Iterator[Finding]:
        """Nothing on record, and what is wrong with what is."""
        counts = self._service.counts()
        key = self._service.register.key
        if self._asking.nothing and not counts["all"]:
            yield Finding.nothing(self._asking.nothing, key, self._asking.nothing_source)
        for chip, (many, one) in self._asking.gaps.items():
            if counts.get(chip):
                yield Finding(many, counts[chip], key, chip, self._asking.gaps_source, one)

    def measures(self, first: dt.date, last: dt.date) -> Iterator[Measure]:
        """How many entries there are."""
        if self._asking.figure:
            yield Measure(self._asking.figure, self._service.counts()["all"])

    def evidence(self) -> Iterator[Evidence]:
        """The entries prove what they are about."""
        record: Any = self._service.record
        kept = select(record.reference).where(record.archived_at.is_(None)).order_by(record.id)
        asked = {clause: (words, kept) for clause, words in self._asking.proves.items()}
        for clause, (words, name, code) in self._asking.proves_by.items():
            answer = getattr(record, name)
            asked[clause] = (words, kept.where(answer == code if code else answer.is_not(None)))
        with self._service.database.reading() as session:
            found = [(c, words, tuple(session.scalars(q))) for c, (words, q) in asked.items()]
        for clause, words, references in found:
            if references:
                yield Evidence.counted(clause, words, references)


class RiskAnswers(Answers):
    """How high the risks are, and whether they rise."""

    def __init__(self, risks: RiskService) -> None:
        self._risks = risks

    def measures(self, first: dt.date, last: dt.date) -> Iterator[Measure]:
        """Risks by level, and how many rose or fell this quarter."""
        judged = self._risks.judged()
        for level in ("high", "medium", "low"):
            yield Measure(f"{level} risks", sum(each.level == level for each in judged))
        yield Measure("risks that rose this quarter", sum(each.change > 0 for each in judged))
        yield Measure("risks that fell this quarter", sum(each.change < 0 for each in judged))


class EndedAnswers(Answers):
    """Assets whose assessment says that they have ended."""

    def __init__(self, dpias: DpiaService) -> None:
        self._dpias = dpias

    def duties(self) -> Iterator[Duty]:
        """An asset to be brought up to date, or archived."""
        for asset in self._dpias.ended():
            text = f"{asset.title}: its impact assessment says that it has ended. Is the data gone?"
            yield Duty(text, None, asset.reference, "assets", asset.id)


class NoticeAnswers(Answers):
    """Notices that the registers have left behind."""

    def __init__(self, notices: NoticeService) -> None:
        self._notices = notices

    def duties(self) -> Iterator[Duty]:
        """A notice in which something is to be changed."""
        for entry, number in self._notices.changed_notices():
            what = "1 sentence has" if number == 1 else f"{number} sentences have"
            text = f"{entry.title}: {what} to change, as the registers did"
            yield Duty(text, None, entry.reference, "notices", entry.id)


class PolicyAnswers(Answers):
    """Who still has to read which policy."""

    def __init__(self, policies: PolicyService) -> None:
        self._policies = policies

    def duties(self) -> Iterator[Duty]:
        """A policy that somebody still has to read."""
        for each in self._policies.readers():
            if each.missing:
                left = len(each.missing)
                who = each.missing[0].name if left == 1 else f"{left} members of staff"
                text = f"{each.entry.title}: {who} still to read it"
                yield Duty(text, None, each.entry.reference, "policies", each.entry.id)

    def findings(self) -> Iterator[Finding]:
        """Places that are out of date with the law, and policies whose text nobody filed."""
        found = self._policies.all_older()
        key = self._policies.register.key
        number = sum(len(each.places) for each in found)
        if number:
            yield Finding(
                "places of the data protection policy that are out of date with the law",
                number,
                key,
                "data_protection",
                "Policy 20",
                "place of the data protection policy that is out of date with the law",
            )
        unread = sum(not each.read_in for each in found)
        if unread:
            yield Finding(
                "data protection policies whose text is not filed",
                unread,
                key,
                "data_protection",
                "Policy 20",
                "data protection policy whose text is not filed",
            )

    def measures(self, first: dt.date, last: dt.date) -> Iterator[Measure]:
        """The share of readings that are done, over all policies."""
        readers = self._policies.readers()
        must = [one for each in readers for one in each.must]
        if must:
            done = len(must) - sum(len(each.missing) for each in readers)
            yield Measure("of policies read by those who must", share(done, must), "%")


class ExerciseAnswers(Answers):
    """What phishing exercises showed."""

    def __init__(self, measures: MeasureService) -> None:
        self._measures = measures

    def measures(self, first: dt.date, last: dt.date) -> Iterator[Measure]:
        """The share of people who clicked, and of those who reported; never mixed up."""
        summed = select(
            func.sum(Exercise.sent), func.sum(Exercise.clicked), func.sum(Exercise.reported)
        ).where(Exercise.archived_at.is_(None), Exercise.day.between(first, last))
        with self._measures.database.reading() as session:
            sent, clicked, reported = session.execute(summed).one()
        if sent:
            yield Measure("clicked in phishing exercises", int(100 * (clicked or 0) / sent), "%")
            yield Measure("reported phishing exercises", int(100 * (reported or 0) / sent), "%")


class AuditAnswers(Answers):
    """How far the recommendations of audits are."""

    def __init__(self, audits: AuditService) -> None:
        self._audits = audits

    def measures(self, first: dt.date, last: dt.date) -> Iterator[Measure]:
        """Recommendations that are open, and those closed in a period."""
        action: Any = self._audits.actions.record
        kept = action.archived_at.is_(None)
        with self._audits.database.reading() as session:
            open_ = select(func.count()).where(kept, action.closed_on.is_(None))
            closed = select(func.count()).where(kept, action.closed_on.between(first, last))
            yield Measure("recommendations open", session.scalar(open_) or 0)
            yield Measure("recommendations closed", session.scalar(closed) or 0)


class FeeAnswers(Answers):
    """The data protection fee."""

    def __init__(self, settings: FeeSettingsService, school: SchoolService) -> None:
        self._settings, self._school = settings, school

    def duties(self) -> Iterator[Duty]:
        """Pay the fee again, a month ahead."""
        due = self._settings.due()
        soon = self._settings.today() + dt.timedelta(days=setting("ahead_days"))
        if due is not None and due <= soon:
            known = self._settings.fee()
            much = f" (£{known.pounds:.2f}, tier {known.tier})" if known is not None else ""
            text = f"Pay the ICO’s data protection fee{much}, and tell it what has changed"
            yield Duty(text, due, "", _SETTINGS, 1, self._settings.register.key)

    def findings(self) -> Iterator[Finding]:
        """Nobody has said until when the fee is paid."""
        if self._settings.due() is None:
            text = "The date the ICO fee runs out is not recorded"
            yield Finding(text, None, _SETTINGS, self._settings.register.key, "Policy 8.2")

    def evidence(self) -> Iterator[Evidence]:
        """The school is registered, and has paid."""
        number, due = self._school.particulars().ico_number, self._settings.due()
        if number and due is not None:
            text = f"the school is registered with the ICO as {number}, paid until {long_date(due)}"
            yield Evidence("8.2", text)
