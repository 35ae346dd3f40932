"""What must hold of an asset for a question to be asked."""

from __future__ import annotations

from dpdesk.law import bases
from dpdesk.registers.fields import Values


def holds_personal(values: Values) -> bool:
    """Does it hold personal data?"""
    return values.get("personal") == "yes"


def special(values: Values) -> bool:
    """Does it hold special category data: special categories or criminal offences?"""
    return holds_personal(values) and bool(bases.special(values.get("data_kinds")))


def abroad(values: Values) -> bool:
    """Is any of the data sent or kept outside the UK?"""
    return holds_personal(values) and values.get("transfers") == "yes"


def joint(values: Values) -> bool:
    """Does the school decide together with others?"""
    return holds_personal(values) and values.get("role") == "joint"


def screened(values: Values) -> bool:
    """Did somebody look whether an impact assessment is needed?"""
    return holds_personal(values) and values.get("dpiascreened") is not None


def assessed(values: Values) -> bool:
    """Was it found that an impact assessment is needed?"""
    return holds_personal(values) and values.get("dpia_required") == "yes"
