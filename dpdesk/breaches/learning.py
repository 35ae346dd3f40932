"""Back to normal, what was learned, and the end of an incident."""

from __future__ import annotations

from dpdesk.breaches.conditions import where, with_recovery
from dpdesk.breaches.pick_lists import checklist, pick
from dpdesk.registers.fields import choice, date, long_text, moment, text


class LearningQuestions:
    """From mending the harm to closing the incident."""

    check_remediate = checklist("remediate", "remedy")
    restored = moment("Back to normal on", section="recovery", past=True, when=with_recovery)
    recovery = long_text("How did you get back to normal?", section="recovery", when=with_recovery)
    check_recover = checklist("recover", "recovery", when=with_recovery)

    cause = choice("Cause", pick("causes"), section="lessons", wanted=True)
    cause_words = long_text("Why did it happen?", section="lessons")
    lessons = long_text("What have you learned?", section="lessons", source="Policy 23 Review")
    prevention = long_text("What will stop it happening again?", section="lessons")
    prevention_by = date("To be done by", section="lessons")
    training_change = text("Training as a result", section="lessons", source="Policy 23 Review")
    asset_change = text("Changes to files or systems as a result", section="lessons")
    reviewed = date(
        "Last reviewed on",
        section="lessons",
        past=True,
        when=where("decision", "not_reportable"),
        help="A breach that was not reported may have to be reported later.",
        source="Policy 23 Resolved",
    )
    check_review = checklist("review", "lessons")

    resolved = date("Resolved on", section="close", past=True)
    check_resolved = checklist("resolved", "close")
    notes = long_text("Notes", section="close", help="For the school only.")
