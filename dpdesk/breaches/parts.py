"""The parts of a breach: staff involved, steps taken, actions, who was told, and reports sent."""

from __future__ import annotations

from dpdesk.breaches import states
from dpdesk.breaches.pick_lists import pick
from dpdesk.registers.fields import (
    Choice,
    Register,
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
        purpose="Who was involved, and their last training. Reports name posts, not people.",
        first_step="Add a member of staff",
    )

    post = text(
        "Post",
        required=True,
        listed=True,
        help="Printed in the report: no name.",
        example="Class teacher",
    )
    name = text(
        "Name", person=True, listed=True, help="For the school only; never printed in a report."
    )
    trained = yes_no(
        "Data protection training in the two years before?",
        listed=True,
        help="Where you give the date below, the date decides.",
        source="Policy 16.7",
    )
    trained_on = date(
        "Date of the last training before it happened",
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
        purpose="Who did what, and when: it shows later how the school came to its conclusions.",
        first_step="Add a note",
        order="at",
    )

    at = moment("When?", required=True, listed=True, past=True)
    stage = choice(
        "Stage", tuple(Choice(each.key, each.title) for each in states.STAGES), listed=True
    )
    done = long_text("What was done?", required=True, listed=True, source="Policy 23 Triage")
    by_whom = text("By whom?", person=True, listed=True, wanted=True)


class Action(Part):
    """Something that must still be done, by somebody, by a day."""

    register = Register(
        "breach_actions",
        title="Actions",
        entry="action",
        parent="breaches",
        icon="mdi6.checkbox-marked-circle-outline",
        purpose="What must be done to contain, repair and prevent: by whom, and by when.",
        first_step="Add an action",
        order="by",
    )

    what = text("What?", required=True, listed=True, source="UK GDPR Art 33(3)(d)")
    stage = choice(
        "For which stage?",
        tuple(Choice(each.key, each.title) for each in states.STAGES[4:7]),
        listed=True,
    )
    owner = text("Who?", person=True, listed=True, wanted=True)
    by = date("By when?", listed=True, wanted=True)
    done = date("Done on", listed=True, past=True)


class Told(Part):
    """Somebody besides the regulator who was told: people concerned, police, insurers and so on."""

    register = Register(
        "breach_told",
        title="Who was told",
        entry="person or body told",
        parent="breaches",
        icon="mdi6.account-voice",
        purpose="People concerned, police, insurers and others: whom you told, when and how.",
        first_step="Note who was told",
        order="told_at",
    )

    whom = choice("Who?", pick("others"), required=True, listed=True)
    name = text("Which group, office or firm?", listed=True, example="Parents of Year 4")
    told_at = moment("When?", listed=True, past=True, wanted=True)
    how = choice("How?", pick("told_by"), listed=True)
    number_told = number("How many?", most=100_000_000)
    their_reference = text("Their reference", listed=True, example="Crime number")
    what = long_text("What was said?")


class Report(Part):
    """A report that went to the regulator. What was sent stays as it was."""

    register = Register(
        "breach_reports",
        title="Reports to the regulator",
        entry="report",
        parent="breaches",
        icon="mdi6.send-check-outline",
        purpose="Each report to the regulator: when it went, how, and under which reference.",
        first_step="Note a report",
        order="sent_at",
    )

    sent_at = moment("Sent when?", required=True, listed=True, past=True)
    kind = choice("Which?", pick("report_kinds"), required=True, listed=True)
    channel = choice("How?", pick("channels"), required=True, listed=True)
    case_reference = text("Case reference given", listed=True)
    paper = number(
        "Number of the paper kept",
        least=1,
        listed=True,
        help="Given when a report is frozen; a report by telephone has none.",
    )
    note = long_text("What was said?", help="For a report by telephone.")
