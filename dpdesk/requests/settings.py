"""What a school sets for requests: its own targets, and the promise about educational records."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from dpdesk.registers.fields import Register, Section, number, yes_no
from dpdesk.registers.record import Record
from dpdesk.registers.settings import SettingsService


@dataclass(frozen=True, slots=True)
class OwnTargets:
    """What the clocks need to know of the settings; as shipped where nothing was set."""

    target_days: int = 28
    outcome_days: int = 28
    withdrawal_days: int = 2
    promised: bool = True
    remind_days: int = 5
    case_years: int = 3


SHIPPED = OwnTargets()


class RequestSettings(Record):
    """The settings of the requests. There is one entry."""

    register = Register(
        "request_settings",
        title="Requests",
        entry="settings page",
        icon="mdi6.email-outline",
        purpose="The school’s own targets for requests and complaints, beside those of the law.",
        single=True,
        help_page="settings",
        sections=(
            Section("targets", "Your own targets", "The law’s dates hold whatever stands here."),
            Section("record", "Educational records"),
            Section("work", "Colleagues and cases"),
        ),
    )

    target_days = number(
        "Days in which a request should be answered",
        section="targets",
        least=1,
        most=31,
        default=lambda: SHIPPED.target_days,
        help="Shown at the top of each request. A pause or an extension moves it with the date.",
        source="ICO right of access guidance: 28 days, if a fixed number is wanted",
    )
    outcome_days = number(
        "Days in which a complaint should have its outcome",
        section="targets",
        least=1,
        most=365,
        default=lambda: SHIPPED.outcome_days,
        help="The law says “without undue delay” and names no number.",
        source="DPA 2018 s.164A(4)",
    )
    withdrawal_days = number(
        "Working days in which a use stops when consent is withdrawn",
        section="targets",
        least=0,
        most=31,
        default=lambda: SHIPPED.withdrawal_days,
        help="The law names no number: as soon as it can.",
        source="UK GDPR Art 7(3); policy 12.2",
    )
    promised = yes_no(
        "Does the school keep its policy’s promise of 15 school days?",
        section="record",
        default=lambda: "yes",
        help="The policy promises parents the educational record within 15 school days or one "
        "month, whichever is shorter. The law does not ask this of an independent school.",
        source="Policy 13.3.6; Pupil Information Regulations 2005 reg 5",
    )
    remind_days = number(
        "Days after which a colleague who was asked to search is reminded",
        section="work",
        least=1,
        most=31,
        default=lambda: SHIPPED.remind_days,
    )
    case_years = number(
        "Years for which a closed request is kept",
        section="work",
        least=1,
        most=25,
        default=lambda: SHIPPED.case_years,
        help="Counts only while your retention schedule has no class D01 (for complaints: D02) in "
        "years. Long enough for a complaint or a claim.",
        source="Policy 14; common practice",
    )


class RequestSettingsService(SettingsService[RequestSettings]):
    """The settings of the requests, as the rules need them."""

    record = RequestSettings

    def targets(self) -> OwnTargets:
        """What the clocks need to know."""
        said = self.answers_now()
        return OwnTargets(
            target_days=said["target_days"],
            outcome_days=said["outcome_days"],
            withdrawal_days=said["withdrawal_days"],
            promised=said["promised"] != "no",
            remind_days=said["remind_days"],
            case_years=said["case_years"],
        )

    def targets_within(self, session: Session) -> OwnTargets:
        """The same inside a session that may be changing them."""
        return OwnTargets(
            target_days=self.answer_within(session, "target_days"),
            outcome_days=self.answer_within(session, "outcome_days"),
            withdrawal_days=self.answer_within(session, "withdrawal_days"),
            promised=self.answer_within(session, "promised") != "no",
            remind_days=self.answer_within(session, "remind_days"),
            case_years=self.answer_within(session, "case_years"),
        )
