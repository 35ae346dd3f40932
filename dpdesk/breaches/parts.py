"""The parts of a breach: staff involved, steps taken, actions, who was told, and reports sent."""

from __future__ import annotations

from dpdesk.breaches import states
from dpdesk.breaches.pick_lists import pick
from dpdesk.registers.fields import (
    Choice,
    Register,
    Values,
    choice,
    date,
    long_text,
    moment,
    number,
    text,
    yes_no,
)
from dpdesk.registers.record import Part


class Involved(Part):
    """A member of staff who was involved, with the training that the regulator asks about."""

    register = Register(
        "breach_staff",
        title="Staff involved",
        entry="member of staff",
        parent="breaches",
        icon="mdi6.account-school-outline",
        purpose="Who was involved, and their last training. Reports give job titles, not names.",
        first_step="Add a member of staff",
    )

    post = text(
        "Job title",
        required=True,
        listed=True,
        help="Printed in the report, so do not give a name.",
        example="Class teacher",
    )
    name = text(
        "Name", person=True, listed=True, help="For the school only; never printed in a report."
    )
    trained = yes_no(
        "Had they had data protection training in the two years before?",
        heading="Trained",
        listed=True,
        help="If you give the date below, the date is what counts.",
        source="Policy 16.7",
    )
    trained_on = date(
        "Date of the last training before it happened",
        heading="Last training",
        listed=True,
        past=True,
        source="Policy 23 Report",
    )


class StageNote(Part):
    """Who did what when: the log of the work."""

    register = Register(
        "breach_notes",
        title="What was done",
        entry="note",
        parent="breaches",
        icon="mdi6.clipboard-text-clock-outline",
        purpose="Who did what, and when: this shows later how the school reached its conclusions.",
        first_step="Add a note",
        order="at",
    )

    at = moment("When?", required=True, listed=True, past=True)
    stage = choice(
        "Stage", tuple(Choice(each.key, each.title) for each in states.STAGES), listed=True
    )
    done = long_text("What was done?", required=True, listed=True, source="Policy 23 Triage")
    by_whom = text("Done by", person=True, listed=True, wanted=True)


class Action(Part):
    """Something that must still be done, by somebody, by a day."""

    register = Register(
        "breach_actions",
        title="Actions",
        entry="action",
        parent="breaches",
        icon="mdi6.checkbox-marked-circle-outline",
        purpose="What must be done to contain it, repair the damage and prevent it, and by when.",
        first_step="Add an action",
        order="by",
    )

    what = text(
        "What is to be done?",
        heading="Action",
        required=True,
        listed=True,
        source="UK GDPR Art 33(3)(d)",
    )
    stage = choice(
        "Which stage is it for?",
        tuple(Choice(each.key, each.title) for each in states.STAGES[4:7]),
        heading="Stage",
        listed=True,
    )
    owner = text("Assigned to", person=True, listed=True, wanted=True)
    by = date("Due by", listed=True, wanted=True)
    done = date("Done on", listed=True, past=True)


class Informed(Part):
    """Somebody besides the regulator who was told: people concerned, police, insurers and so on."""

    register = Register(
        "breach_told",
        title="Who was told",
        entry="person or body told",
        parent="breaches",
        icon="mdi6.account-voice",
        purpose="People affected, police, insurers and others: who you told, when and how.",
        first_step="Record who was told",
        order="told_at",
    )

    whom = choice("Who was told?", pick("others"), heading="Told", required=True, listed=True)
    name = text(
        "Which group, office or company?", heading="Name", listed=True, example="Parents of Year 4"
    )
    told_at = moment("When?", listed=True, past=True, wanted=True)
    how = choice("How?", pick("told_by"), listed=True)
    number_told = number("How many people?", most=100_000_000)
    their_reference = text("Their reference", listed=True, example="Crime number")
    what = long_text("What was said?")


class LetterWords(Part):
    """What one letter about a breach says, in words for those who get it."""

    register = Register(
        "breach_letters",
        title="Words of the letters",
        entry="letter",
        parent="breaches",
        icon="mdi6.email-edit-outline",
        purpose="What each letter says, in words for those who get it.",
        first_step="Write a letter",
    )

    kind = choice("Which letter?", pick("letter_kinds"), required=True, listed=True)
    happened = long_text(
        "What happened", listed=True, source="UK GDPR Art 34(2); policy 16.6", wanted=True
    )
    consequences = long_text("What it may mean", source="UK GDPR Art 34(2)", wanted=True)
    done = long_text(
        "What we have done", help="One point to a line.", source="UK GDPR Art 34(2)", wanted=True
    )
    planned = long_text("What we will do", help="One point to a line; may stay empty.")
    advice = long_text(
        "What you can do", help="One point to a line.", source="Policy 23 Report", wanted=True
    )
    subject = text("Subject")
    salutation = text("Dear …", help="For a letter that names nobody.")
    words = long_text(
        "The whole text", help="The letter as it was changed; it replaces the parts above."
    )


def _by_telephone(values: Values) -> bool:
    return values.get("channel") == "phone"


class Report(Part):
    """A report that went to the regulator. What was sent stays as it was."""

    register = Register(
        "breach_reports",
        title="Reports to the ICO",
        entry="report",
        parent="breaches",
        icon="mdi6.send-check-outline",
        purpose="Each report to the ICO: when it went, how, and the reference it was given.",
        first_step="Record a report",
        order="sent_at",
    )

    sent_at = moment("When was it sent?", heading="Sent", required=True, listed=True, past=True)
    kind = choice(
        "Which report?", pick("report_kinds"), heading="Report", required=True, listed=True
    )
    channel = choice("How?", pick("channels"), required=True, listed=True)
    case_reference = text("ICO case reference", listed=True)
    paper = number(
        "Number of the report kept",
        heading="Kept as",
        least=1,
        listed=True,
        help="Given when a report is kept as sent; a report by telephone has none.",
    )
    note = long_text("What was said?", when=_by_telephone)
