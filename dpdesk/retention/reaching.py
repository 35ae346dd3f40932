"""Which holdings a matter may touch, as a condition that the database answers by its indexes."""

from __future__ import annotations

from sqlalchemy import ColumnElement, false, func, or_, select, true

from dpdesk.assets.records import Asset
from dpdesk.retention.holds import Touch
from dpdesk.retention.kept import Holding, HoldingName
from dpdesk.retention.names import parts_of
from dpdesk.retention.records import RetentionRule


def reached_by(touch: Touch) -> ColumnElement[bool]:
    """Holdings that a matter may touch: all that it does, and some more, found by an index."""
    if touch.everything:
        return true()
    found: list[ColumnElement[bool]] = [false()]
    if touch.holdings:
        found.append(Holding.reference.in_([each.upper() for each in touch.holdings]))
    if touch.assets:
        assets = select(Asset.id).where(
            Asset.reference.in_([each.upper() for each in touch.assets])
        )
        found.append(Holding.asset.in_(assets))
    if touch.rules:
        named = [each.casefold() for each in touch.rules]
        rules = select(RetentionRule.id).where(
            func.lower(RetentionRule.code).in_(named)
            | func.lower(RetentionRule.reference).in_(named)
        )
        found.append(Holding.rule.in_(rules))
    for name in touch.names:
        parts = parts_of(name)
        if not parts:
            continue
        if all(len(part) == 1 for part in parts):
            return true()
        # Initials too: R. may stand for this name.
        sought = {*parts, *(part[0] for part in parts)}
        holdings = select(HoldingName.holding_id).where(HoldingName.part.in_(sorted(sought)))
        found.append(Holding.id.in_(holdings))
    return or_(*found)
