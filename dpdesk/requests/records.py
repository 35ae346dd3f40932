"""What is stored about a request: how it arrived and what is asked for.

The questions of the later stages stand in files of their own: who asks (:mod:`who_asks`), what is
decided and done (:mod:`deciding`), complaints (:mod:`complaining`), the answer and how it ended
(:mod:`answering`). The parts of a request have a file of their own too.
"""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy.orm import declared_attr

from dpdesk.law.pick_lists import choices as pick
from dpdesk.law.request_kinds import RequestKind, kind_choices
from dpdesk.registers.fields import Register, choice, date, link, links, long_text, text, yes_no
from dpdesk.registers.record import Record
from dpdesk.requests import states
from dpdesk.requests.answering import AnswerQuestions
from dpdesk.requests.complaining import ComplaintQuestions
from dpdesk.requests.conditions import answered, of_kind
from dpdesk.requests.deciding import DecisionQuestions
from dpdesk.requests.health import HealthQuestions
from dpdesk.requests.who_asks import AskerQuestions


class Request(
    Record, AskerQuestions, DecisionQuestions, ComplaintQuestions, HealthQuestions, AnswerQuestions
):
    """A request of a data subject about their data, of any kind; or a complaint."""

    register = Register(
        "requests",
        title="Requests",
        entry="request",
        prefix="SAR",
        icon="mdi6.email-outline",
        purpose=(
            "Anyone can ask what the school holds about them, and to have it put right, erased or "
            "left alone; and anyone can complain. Log it on the day it arrives, however it "
            "arrives: the time to answer runs from then."
        ),
        first_step="Log a request",
        title_label="Whose data",
        order="due",
        help_page="requests",
        sections=states.SECTIONS,
        stages=states.STAGES,
        states=states.STATES,
        chips=states.CHIPS,
    )

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Index, ...]:
        """The few that put a flag on somebody are asked for wherever people are shown."""
        return (Index("ix_requests_flag_from", "flag_from"),)

    kind = choice(
        "What do they want?",
        kind_choices(),
        heading="Kind",
        section="arrived",
        required=True,
        listed=True,
        default=lambda: RequestKind.ACCESS.value,
        source="UK GDPR Arts 7 and 15–22D; DPA 2018 s.164A; policy 11.1, 13 and 17",
    )
    subject = text(
        "Whose data is it?",
        person=True,
        section="arrived",
        required=True,
        help="Full name of the child or adult whose data it is (the data subject).",
        source="Policy 11.1 and 13.2.1",
    )
    subject_person = link(
        "Which person in the register of people is that?",
        "people",
        heading="Person on record",
        section="arrived",
        help="What you typed above stays. Linked, their other names are looked for, and what to "
        "mind about them is shown here.",
    )
    other_names = text(
        "Other names of this person",
        heading="Other names",
        person=True,
        section="arrived",
        example="known as Tom Hill; formerly Ward",
        help="Short forms and different spellings are allowed for. A former surname is not.",
    )
    subject_kind = choice("Who are they?", pick("data_subjects"), section="arrived", wanted=True)
    received = date(
        "Received on",
        heading="Received",
        section="arrived",
        required=True,
        listed=True,
        past=True,
        help="The day it reached anyone at the school, in any form, even on a day off.",
        source="UK GDPR Art 12A; ICO right of access guidance; policy 13.2.7",
    )
    channel = choice(
        "How did it arrive?",
        pick("channels"),
        section="arrived",
        wanted=True,
        help="Any form counts, and it does not have to say “subject access request”.",
        source="policy 13.2.2",
    )
    received_by = text("Who at the school received it?", person=True, section="arrived")
    asked = long_text(
        "What are they asking for?",
        section="arrived",
        wanted=True,
        help="In the requester’s own words: letters quote it.",
        source="policy 13.2.2",
    )
    notes = long_text(
        "Notes of the school",
        section="arrived",
        help="For the school only: in no letter and not in the case file.",
        example="Asked me at the gate; known to the office",
    )
    period = text(
        "What period does it cover?",
        section="arrived",
        when=of_kind(RequestKind.ACCESS, RequestKind.EDUCATIONAL_RECORD, RequestKind.PORTABILITY),
        example="September 2024 to July 2026",
    )
    about_requests = links(
        "Which request is it about?",
        "requests",
        section="arrived",
        when=of_kind(RequestKind.COMPLAINT),
        help="If it is about the way in which a request was handled.",
    )
    about_breaches = links(
        "Which breach is it about?",
        "breaches",
        section="arrived",
        when=of_kind(RequestKind.COMPLAINT),
    )
    use = long_text(
        "Which use of the data is it about?",
        section="arrived",
        wanted=True,
        when=of_kind(RequestKind.OBJECTION, RequestKind.WITHDRAWAL, RequestKind.RESTRICTION),
        example="Photographs on the website",
    )
    marketing = yes_no(
        "Is it about direct marketing?",
        section="arrived",
        when=of_kind(RequestKind.OBJECTION),
        help="Newsletters, appeals for money, invitations. Then it stops at once, always.",
        source="UK GDPR Art 21(2)–(3)",
    )
    says_wrong = long_text(
        "What is wrong or incomplete?",
        section="arrived",
        wanted=True,
        when=of_kind(RequestKind.RECTIFICATION),
        source="UK GDPR Art 16",
    )
    should_say = long_text(
        "What should it say?", section="arrived", when=of_kind(RequestKind.RECTIFICATION)
    )
    machine_decision = long_text(
        "Which decision is it about?",
        section="arrived",
        wanted=True,
        when=of_kind(RequestKind.AUTOMATED),
        source="UK GDPR Arts 22A–22D",
    )
    marks_asked = yes_no(
        "Do they ask for exam marks that are not out yet?",
        heading="Exam marks",
        section="arrived",
        when=of_kind(RequestKind.ACCESS),
        help="For these marks a later date applies; the rest of the request keeps its month.",
        source="DPA 2018 Sch 2 para 25",
    )
    marks_announced = date(
        "Results announced on",
        section="arrived",
        past=True,
        when=answered("marks_asked", "yes"),
        source="DPA 2018 Sch 2 para 25(5)",
    )
    assigned_to = text(
        "Assigned to",
        person=True,
        section="arrived",
        wanted=True,
        listed=True,
        source="policy 13.2.3",
    )
