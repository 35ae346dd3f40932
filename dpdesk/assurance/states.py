"""How the entries of assurance are grouped: states and filters."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import and_

from dpdesk.registers.fields import Chip, State, Tone

LATE: Final = Chip("late", "Overdue", lambda record, today: record.due < today, standing=False)
"""What should have been looked at again before today."""


def only(*keys: str) -> Any:
    """The filter for entries in some states."""
    return lambda record, today: record.state.in_(keys)


RISK_STATES: Final = (
    State("high", "High", "mdi6.alert-octagon-outline", Tone.DANGER),
    State("medium", "Medium", "mdi6.alert-outline", Tone.WARN),
    State("low", "Low", "mdi6.check-circle-outline", Tone.OK),
    State("open", "Not rated yet", "mdi6.help-circle-outline", Tone.INFO),
    State("gone", "No longer a risk", "mdi6.close-circle-outline", Tone.QUIET, open=False),
)
RISK_CHIPS: Final = (
    LATE,
    Chip("high", "High", only("high")),
    Chip("medium", "Medium", only("medium")),
    Chip("low", "Low", only("low"), standing=False),
    Chip("unjudged", "Not rated yet", only("open"), standing=False),
    Chip("nothing", "Nothing done about it", lambda r, today: _bare(r), standing=False),
    Chip("gone", "Gone", only("gone"), standing=False),
)


def _bare(record: Any) -> Any:
    serious = record.state.in_(("high", "medium"))
    return and_(serious, record.done.is_(None), record.more.is_(None))


LIA_STATES: Final = (
    State("draft", "In progress", "mdi6.pencil-outline", Tone.INFO),
    State("relies", "Can rely on it", "mdi6.check-circle-outline", Tone.OK),
    State("not", "Cannot rely on it", "mdi6.close-octagon-outline", Tone.DANGER, open=False),
)
LIA_CHIPS: Final = (
    LATE,
    Chip("draft", "In progress", only("draft")),
    Chip("relies", "Can rely on it", only("relies")),
    Chip("not", "Cannot rely on it", only("not"), standing=False),
)

DPIA_STATES: Final = (
    State("screening", "Screening", "mdi6.clipboard-search-outline", Tone.INFO),
    State("draft", "Being written", "mdi6.pencil-outline", Tone.INFO),
    State("consult", "Ask the ICO first", "mdi6.alert-octagon-outline", Tone.DANGER),
    State("signed", "Signed off", "mdi6.check-decagram-outline", Tone.OK),
    State("change", "To be brought up to date", "mdi6.update", Tone.WARN),
    State("not_needed", "Not needed", "mdi6.check-circle-outline", Tone.QUIET, open=False),
    State("closed", "Ended", "mdi6.archive-outline", Tone.QUIET, open=False),
)
DPIA_CHIPS: Final = (
    LATE,
    Chip("work", "To be finished", only("screening", "draft", "change")),
    Chip("consult", "Ask the ICO first", only("consult"), standing=False),
    Chip("signed", "Signed off", only("signed")),
    Chip("not_needed", "Not needed", only("not_needed"), standing=False),
)

NOTICE_STATES: Final = (
    State("draft", "Not approved yet", "mdi6.pencil-outline", Tone.INFO),
    State("approved", "Approved, not published", "mdi6.check", Tone.WARN),
    State("published", "Published", "mdi6.check-decagram-outline", Tone.OK),
    State("reworded", "Changed since approval", "mdi6.update", Tone.WARN),
)
NOTICE_CHIPS: Final = (
    LATE,
    Chip("draft", "Not approved yet", only("draft")),
    Chip("approved", "To be published", only("approved"), standing=False),
    Chip("reworded", "Changed since approval", only("reworded"), standing=False),
    Chip("published", "Published", only("published")),
)

SHARING_STATES: Final = (
    State("asked", "To be decided", "mdi6.help-circle-outline", Tone.WARN),
    State("approved", "Approved", "mdi6.check-circle-outline", Tone.OK),
    State("no_agreement", "No agreement", "mdi6.alert-outline", Tone.WARN),
    State("refused", "Refused", "mdi6.close-circle-outline", Tone.QUIET, open=False),
    State("ended", "Ended", "mdi6.archive-outline", Tone.QUIET, open=False),
)
SHARING_CHIPS: Final = (
    LATE,
    Chip("asked", "To be decided", only("asked")),
    Chip("approved", "Approved", only("approved", "no_agreement")),
    Chip("no_agreement", "No agreement", only("no_agreement"), standing=False),
    Chip("refused", "Refused", only("refused"), standing=False),
)

PROCESSOR_STATES: Final = (
    State("no_contract", "No contract", "mdi6.alert-octagon-outline", Tone.DANGER),
    State("terms", "Terms are missing", "mdi6.alert-outline", Tone.WARN),
    State("abroad", "No safeguard abroad", "mdi6.alert-outline", Tone.WARN),
    State("unchecked", "Not checked", "mdi6.help-circle-outline", Tone.WARN),
    State("order", "In order", "mdi6.check-circle-outline", Tone.OK),
    State("ended", "Ended", "mdi6.archive-outline", Tone.QUIET, open=False),
    State("not_back", "Ended, data not returned", "mdi6.alert-outline", Tone.WARN),
)
PROCESSOR_CHIPS: Final = (
    LATE,
    Chip("no_contract", "No contract", only("no_contract")),
    Chip("terms", "Terms are missing", only("terms"), standing=False),
    Chip("abroad", "No safeguard abroad", only("abroad"), standing=False),
    Chip("unchecked", "Not checked", only("unchecked"), standing=False),
    Chip("not_back", "Data not returned", only("not_back"), standing=False),
    Chip("order", "In order", only("order")),
)

MEASURE_STATES: Final = (
    State("untested", "Not tested yet", "mdi6.help-circle-outline", Tone.INFO),
    State("works", "Works", "mdi6.check-circle-outline", Tone.OK),
    State("partly", "Works in part", "mdi6.alert-outline", Tone.WARN),
    State("fails", "Does not work", "mdi6.alert-octagon-outline", Tone.DANGER),
    State("ended", "No longer used", "mdi6.archive-outline", Tone.QUIET, open=False),
)
MEASURE_CHIPS: Final = (
    LATE,
    Chip("untested", "Not tested yet", only("untested")),
    Chip("weak", "To be improved", only("partly", "fails")),
    Chip("works", "Works", only("works"), standing=False),
)

DEVICE_STATES: Final = (
    State("lost", "Lost or stolen", "mdi6.alert-octagon-outline", Tone.DANGER),
    State("open", "Not protected", "mdi6.lock-open-alert-outline", Tone.DANGER),
    State("unknown", "Not known if protected", "mdi6.help-circle-outline", Tone.WARN),
    State("out", "In use", "mdi6.check-circle-outline", Tone.OK),
    State("returned", "Returned", "mdi6.archive-outline", Tone.QUIET, open=False),
)
DEVICE_CHIPS: Final = (
    LATE,
    Chip("bare", "Not protected", only("open", "unknown"), standing=False),
    Chip("lost", "Lost or stolen", only("lost"), standing=False),
    Chip("out", "In use", only("out")),
    Chip("returned", "Returned", only("returned"), standing=False),
)
TAKEN_STATES: Final = (
    State("out", "Out", "mdi6.briefcase-outline", Tone.INFO),
    State("bare", "Out, not secured", "mdi6.alert-outline", Tone.DANGER),
    State("back", "Back", "mdi6.check-circle-outline", Tone.QUIET, open=False),
)
TAKEN_CHIPS: Final = (
    LATE,
    Chip("out", "Out", only("out", "bare")),
    Chip("back", "Back", only("back"), standing=False),
)

POLICY_STATES: Final = (
    State("draft", "Not approved", "mdi6.pencil-outline", Tone.WARN),
    State("force", "In force", "mdi6.check-circle-outline", Tone.OK),
    State("ended", "Replaced", "mdi6.archive-outline", Tone.QUIET, open=False),
)
POLICY_CHIPS: Final = (
    LATE,
    Chip("draft", "Not approved", only("draft"), standing=False),
    Chip("force", "In force", only("force")),
    Chip(
        "data_protection",
        "Data protection",
        lambda record, today: record.kind == "data_protection",
        standing=False,
    ),
)

AUDIT_STATES: Final = (
    State("planned", "Planned", "mdi6.calendar-outline", Tone.INFO),
    State("held", "Held, nothing open", "mdi6.check-circle-outline", Tone.INFO),
    State("open", "Recommendations open", "mdi6.progress-check", Tone.WARN),
    State("closed", "Closed", "mdi6.check-decagram-outline", Tone.OK, open=False),
)
AUDIT_CHIPS: Final = (
    LATE,
    Chip("actions", "Recommendations open", only("open")),
    Chip("planned", "Planned", only("planned"), standing=False),
    Chip("closed", "Closed", only("closed")),
)

MEETING_STATES: Final = (
    State("planned", "Planned", "mdi6.calendar-outline", Tone.INFO),
    State("held", "Held", "mdi6.check-circle-outline", Tone.OK, open=False),
)
CAMERA_STATES: Final = (
    State("no_sign", "No sign", "mdi6.alert-outline", Tone.DANGER),
    State("no_dpia", "No impact assessment", "mdi6.alert-outline", Tone.WARN),
    State("on", "In use", "mdi6.cctv", Tone.OK),
    State("off", "Taken down", "mdi6.archive-outline", Tone.QUIET, open=False),
)
CAMERA_CHIPS: Final = (
    LATE,
    Chip("no_sign", "No sign", only("no_sign"), standing=False),
    Chip("no_dpia", "No impact assessment", only("no_dpia"), standing=False),
    Chip("on", "In use", only("on")),
)
AUTOMATED_STATES: Final = (
    State("bare", "Safeguards are missing", "mdi6.alert-octagon-outline", Tone.DANGER),
    State("order", "Safeguards in place", "mdi6.check-circle-outline", Tone.OK),
    State("ended", "Ended", "mdi6.archive-outline", Tone.QUIET, open=False),
)
AUTOMATED_CHIPS: Final = (LATE, Chip("bare", "Safeguards are missing", only("bare")))
