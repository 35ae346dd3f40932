"""The pick lists and checklists of the breach log, out of ``resources/law/breaches.toml``."""

from __future__ import annotations

from typing import Any

from dpdesk.breaches import states
from dpdesk.law.pick_lists import Choice
from dpdesk.law.pick_lists import choices as listed
from dpdesk.registers.fields import Condition, choices


def pick(name: str) -> tuple[Choice, ...]:
    """A pick list of the breach log."""
    return listed(name, "breaches")


def checklist(stage: str, section: str, when: Condition | None = None) -> Any:
    """The checklist of a stage, ticked as the work goes on; nothing is locked by it."""
    title = next(each.title for each in states.STAGES if each.key == stage)
    return choices(
        f"Checklist: {title}",
        pick(f"check_{stage}"),
        section=section,
        when=when,
        source=f"Policy 23 {title}",
    )
