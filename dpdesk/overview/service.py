"""Home: what needs doing, what is missing, across all features."""

from __future__ import annotations

from collections.abc import Sequence

from dpdesk.overview.answers import Group, findings, grouped
from dpdesk.registers.duties import Answering, Finding
from dpdesk.registers.wording import SCHOOL_TIME
from dpdesk.store.database import Clock


class OverviewService:
    """Asks every feature and puts the answers in order."""

    def __init__(
        self,
        features: Sequence[Answering],
        now: Clock,
    ) -> None:
        self._features = features
        self._now = now

    def duties(self) -> tuple[Group, ...]:
        """What must be done, by urgency; empty groups are left out."""
        now = self._now()
        return grouped(self._features, now, now.astimezone(SCHOOL_TIME).date())

    def findings(self) -> tuple[Finding, ...]:
        """What is missing or wrong, over all features."""
        return findings(self._features)
