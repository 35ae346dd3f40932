"""The information audit: every asset reviewed with its owner, in one round (policy 8.5)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dpdesk.assets import rules
from dpdesk.assets.records import Asset
from dpdesk.assets.service import AssetService
from dpdesk.registers.entries import Changes, Entry, Saved

_SCHOOL_YEAR = (9, 1)
"""Month and day on which a school year begins in England."""


@dataclass(frozen=True, slots=True)
class AuditLine:
    """An asset in a round: when it was last reviewed, with whom, and the outcome.

    ``done``: reviewed in this round, and not due again already.
    """

    entry: Entry
    owner: str
    last: dt.date | None
    due: dt.date
    done: bool
    with_whom: str = ""
    outcome: str = ""


class InformationAudit:
    """The rounds through the asset register."""

    def __init__(self, assets: AssetService) -> None:
        self._assets = assets

    def begun(self) -> dt.date:
        """The day from which a round counts unless the user says otherwise: the school year's."""
        today = self._assets.today()
        start = dt.date(today.year, *_SCHOOL_YEAR)
        return start if start <= today else dt.date(today.year - 1, *_SCHOOL_YEAR)

    def lines(self, since: dt.date, owner: str | None = None) -> tuple[AuditLine, ...]:
        """The assets of a round that began on the day ``since``, by owner and reference.

        ``owner`` asks for one owner only (an empty text for what nobody owns).
        """
        where = None
        if owner is not None:
            where = Asset.owner == owner if owner else Asset.owner.is_(None)
        today = self._assets.today()
        reviews = self._assets.reviews.by_parent()
        found = []
        for entry, around in self._assets.with_around(where):
            last = rules.last_review(entry.values, around)
            due = rules.next_review(entry.values, around)
            latest = max(
                reviews.get(entry.id, ()), key=lambda each: each.values["day"], default=None
            )
            found.append(
                AuditLine(
                    entry,
                    str(entry.values.get("owner") or ""),
                    last,
                    due,
                    last is not None and last >= since and due >= today,
                    latest.shown("with_whom") if latest is not None else "",
                    latest.shown("outcome") if latest is not None else "",
                )
            )
        # The register's own order within an owner; what nobody owns comes first.
        return tuple(sorted(found, key=lambda each: each.owner.casefold()))

    def take_back(self, saved: Saved) -> Changes:
        """Takes a sign-off back. Raises StaleEntry where the asset was changed since."""
        assets = self._assets
        changes = assets.undo(saved).changes
        for register, number in saved.changes.entries:
            if register == assets.reviews.register.key:
                review = assets.reviews.load(number)
                changes |= assets.reviews.archive(number, review.version, why="Undone").changes
        return changes
