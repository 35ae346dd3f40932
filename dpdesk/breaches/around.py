"""What stands around breaches, as far as their rules need it: their parts, and other breaches."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from dpdesk.breaches import rules, states
from dpdesk.breaches.parts import Action, Informed, Report
from dpdesk.breaches.records import Breach
from dpdesk.breaches.report_case import CONCERNED, FRAME, NOT_KNOWN
from dpdesk.breaches.rules import Around
from dpdesk.documents.shelf import answers_of


def read_around(
    session: Session, where: ColumnElement[bool], review_months: int | None
) -> Callable[[int], Around]:
    """What the parts of breaches say, read at once; gives it by the number of a breach."""
    chosen = select(Breach.id).where(where)
    reported: Mapping[int, list[dt.datetime]] = defaultdict(list)
    last_paper: dict[int, int | None] = {}
    for parent, sent, paper in session.execute(
        select(Report.parent_id, Report.sent_at, Report.paper)
        .where(Report.parent_id.in_(chosen), Report.archived_at.is_(None))
        .order_by(Report.sent_at)
    ):
        if sent is not None:
            reported[parent].append(sent)
            last_paper[parent] = paper
    papers = answers_of(Breach.register.key, chosen, NOT_KNOWN)
    gaps = {
        (parent, number)
        for parent, number, answers in session.execute(papers)
        if any(text == NOT_KNOWN and n not in FRAME for n, text in json.loads(answers).items())
    }
    told = set(
        session.scalars(
            select(Informed.parent_id).where(
                Informed.parent_id.in_(chosen),
                Informed.archived_at.is_(None),
                Informed.whom.in_(CONCERNED),
                Informed.told_at.is_not(None),
            )
        )
    )
    open_: Mapping[int, list[tuple[str, dt.date | None]]] = defaultdict(list)
    for parent, what, by in session.execute(
        select(Action.parent_id, Action.what, Action.by).where(
            Action.parent_id.in_(chosen),
            Action.archived_at.is_(None),
            Action.done.is_(None),
        )
    ):
        open_[parent].append((what or "", by))
    nothing = replace(rules.NOTHING_AROUND, review_months=review_months)
    found = {
        number: replace(
            nothing,
            reported=tuple(reported.get(number, ())),
            people_told=number in told,
            actions=tuple(open_.get(number, ())),
            unanswered=(number, last_paper.get(number)) in gaps,
        )
        for number in {*reported, *told, *open_}
    }
    return lambda number: found.get(number, nothing)


def known_of_school(session: Session, around: Around, number: int) -> Around:
    """The same, with what other incidents say of the school; for one that is being saved."""
    training = session.scalar(
        select(Breach.training)
        .where(Breach.training.is_not(None), states.real(Breach), Breach.id != number)
        .order_by(Breach.aware.desc())
        .limit(1)
    )
    another = session.scalar(
        select(Report.id)
        .join(Breach, Breach.id == Report.parent_id)
        .where(Report.archived_at.is_(None), states.real(Breach), Breach.id != number)
        .limit(1)
    )
    return replace(around, training=training, reported_before=another is not None)
