"""The countdown of a breach and what to do next: the card that a frightened person reads first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from dpdesk.law.words import count, due_phrase, long_moment
from dpdesk.registers.entries import Entry
from ui.breaches.clock import clock_badge
from ui.kit.pieces.badges import BadgeLabel
from ui.kit.pieces.cards import row
from ui.kit.pieces.next_step_card import NextStepCard, Offer
from ui.kit.pieces.surroundings import Surroundings

_TICK = 10_000

_REPORT: Offer = ("Open the report", "mdi6.file-document-outline", "report")
_EQUIPMENT: Offer = ("Print the equipment report", "mdi6.laptop", "equipment")
_LETTERS: Offer = ("Write the letter", "mdi6.email-outline", "letters")
_TOLD: Offer = ("Record who was told", "mdi6.account-voice", "told")
_ACTION: Offer = ("Add an action", "mdi6.checkbox-marked-circle-outline", "action")
_GIVEN: Offer = ("Given just now", "mdi6.check", "given")
_FOLLOW_UP: Offer = ("Open the follow-up report", "mdi6.file-document-outline", "report")
_DELAY: Offer = ("Write down the reasons", "mdi6.pencil-outline", "delay")
_CONTAINED: Offer = ("Record when it was contained", "mdi6.arrow-right", "contained")
_RESOLVE: Offer = ("Close it today", "mdi6.check", "resolve")
_LOOKED: Offer = ("Reviewed today", "mdi6.calendar-check", "reviewed")


def _stage(words: str, stage: str) -> Offer:
    return (words, "mdi6.arrow-right", f"stage:{stage}")


class BreachStep(NextStepCard):
    """The 72 hours as they run, and the next step of the work."""

    def __init__(self, desk: Desk, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._around = around
        self._entry: Entry | None = None
        self.clock = BadgeLabel()
        self.body.insertLayout(1, row(self.clock, None))
        self._timer = QTimer(self, interval=_TICK)
        self._timer.timeout.connect(self._tick)

    def showEvent(self, event: QShowEvent) -> None:
        """The countdown runs while it is seen."""
        super().showEvent(event)
        self._tick()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stops the clock of this card while it is out of sight."""
        super().hideEvent(event)
        self._timer.stop()

    def show_entry(self, entry: Entry) -> None:
        """Works out the next step of an incident."""
        self._entry = entry
        self.show_step(*self._step(entry))
        self._tick()

    def preview(self, values: Mapping[str, Any]) -> None:
        """Says by when an incident that is being written down would have to be reported."""
        text, _ = self._step(self._desk.breaches.breaches.blank())
        aware = values.get("aware")
        if isinstance(aware, dt.datetime):
            due = self._desk.breaches.breaches.deadline(aware)
            left = due_phrase(due, self._around.now())
            text = f"If it must be reported: by {long_moment(due)} ({left}). {text}"
        self.says.setText(text)

    def _tick(self) -> None:
        entry = self._entry
        if entry is None or not entry.id:
            self.clock.show_badge(None)
            return
        try:
            clock = self._desk.breaches.breaches.countdown(entry)
        except DpdeskError:
            # Saving will say what is wrong with the workspace.
            return
        self.clock.show_badge(clock_badge(clock, self._around.now()))

    def _step(self, entry: Entry) -> tuple[str, list[Offer]]:
        if not entry.id:
            return (
                (
                    "Write down what you know and save: the rest can follow. Do not wait until "
                    "everything is clear. Use no names here; the report to the ICO must contain "
                    "none."
                ),
                [],
            )
        steps = {
            "triage": self._triage,
            "assess": self._assess,
            "report": self._report,
            "remediate": self._remediate,
            "recover": self._recover,
            "review": self._review,
            "resolved": self._resolved,
        }
        text, offers = steps.get(entry.state, self._triage)(entry)
        for more, offer in (self._late(entry), self._equipment(entry), self._rest(entry)):
            text = " ".join(part for part in (text, more) if part)
            offers = [*offers, *offer]
        return text, offers

    def _late(self, entry: Entry) -> tuple[str, list[Offer]]:
        """After the 72 hours: report all the same, and say why so late."""
        clock = self._desk.breaches.breaches.countdown(entry)
        if not clock.owed or clock.due > self._around.now():
            return "", []
        said = "The 72 hours are over. Report it anyway, as soon as you can"
        if entry.values.get("delay_why"):
            return f"{said}; the reasons for the delay are in the report.", []
        return f"{said}, and give the reasons for the delay.", [_DELAY]

    def _equipment(self, entry: Entry) -> tuple[str, list[Offer]]:
        due = self._desk.breaches.breaches.equipment_due(entry.values)
        if due is None or entry.state == "resolved":
            return "", []
        left = due_phrase(due, self._around.now())
        said = f"The written report about the equipment: {left} ({long_moment(due)})."
        return said, [_EQUIPMENT, _GIVEN]

    def _rest(self, entry: Entry) -> tuple[str, list[Offer]]:
        """What the ICO is still to be sent after the first report."""
        due = self._desk.breaches.breaches.rest_due(entry)
        if due is None:
            return "", []
        said = (
            f"The ICO still expects the rest of the report: {due_phrase(due, self._around.now())}."
        )
        return said, [_FOLLOW_UP]

    def _triage(self, entry: Entry) -> tuple[str, list[Offer]]:
        return (
            (
                "First stop it from getting worse. Then find out what it is: a breach, a near miss "
                "or a false alarm. All three stay in the log."
            ),
            [_stage("Say what it is", "triage")],
        )

    def _assess(self, entry: Entry) -> tuple[str, list[Offer]]:
        if not self._desk.breaches.breaches.proposal(entry.values).missing:
            return (
                (
                    "What must be known for the decision is answered. The card “What the answers "
                    "point to” proposes one; you decide."
                ),
                [_stage("Decide", "report"), _stage("Answer more", "assess")],
            )
        return (
            (
                "Say which data it is, whose, how many people, and what could happen to "
                "them. The card "
                "“What the answers point to” then proposes whether to report; you decide."
            ),
            [_stage("Answer the questions", "assess"), _stage("Decide", "report")],
        )

    def _report(self, entry: Entry) -> tuple[str, list[Offer]]:
        around = self._desk.breaches.breaches.around(entry.id)
        if around.reported:
            return (
                (
                    "It has been reported. Now tell the people affected, in plain words and "
                    "without delay, and record when you did."
                ),
                [_LETTERS, _TOLD, _REPORT],
            )
        answers = self._desk.breaches.reporting.answers(entry)
        open_ = sum(not each.known and each.question.needed for each in answers)
        gaps = (
            f"{count(open_, 'answer')} still missing; you can send what is not yet known later."
            if open_
            else "Every question in the report has an answer."
        )
        offers = [_REPORT]
        if entry.values.get("decision") == "report_and_tell":
            offers.append(_LETTERS)
        return f"This must be reported. {gaps} Send it, then record that it was sent.", offers

    def _remediate(self, entry: Entry) -> tuple[str, list[Offer]]:
        return (
            (
                "Repair the damage. Record when it was contained, and what must still be done, by "
                "whom and by when."
            ),
            [_CONTAINED, _ACTION],
        )

    def _recover(self, entry: Entry) -> tuple[str, list[Offer]]:
        return (
            "It is contained. Record when everything was back to normal.",
            [_stage("Record the recovery", "recover"), _ACTION],
        )

    def _review(self, entry: Entry) -> tuple[str, list[Offer]]:
        open_ = len(self._desk.breaches.breaches.around(entry.id).actions)
        text = "Why did it happen, and what will change? Then close it."
        if open_:
            text = f"{count(open_, 'action')} still open. {text}"
        return text, [_stage("Write down the lessons", "review"), _ACTION, _RESOLVE]

    def _resolved(self, entry: Entry) -> tuple[str, list[Offer]]:
        if entry.values.get("decision") == "not_reportable" and entry.due:
            return (
                (
                    "Closed without a report. Review it from time to time: it may have to be "
                    "reported after all, for instance if a key is stolen later."
                ),
                [_LOOKED],
            )
        return "Closed. It stays in the log for good.", []
