"""What to do next on a request: one card that changes with the stage of the work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from dpdesk.law.clocks import ClockResult, ClockState
from dpdesk.law.request_kinds import RequestStage
from dpdesk.law.words import count, long_date
from dpdesk.registers.entries import Entry
from dpdesk.requests.conditions import rules_of
from dpdesk.requests.pace import case_years, holding_case, kept_until
from dpdesk.requests.readiness import OpenPoint
from dpdesk.requests.rules import marks_day
from dpdesk.requests.standing import cautions
from dpdesk.requests.states import stages_of
from ui.kit.pieces.next_step_card import NextStepCard, Offer

_EVERYTHING: Offer = ("Ask everything now", "mdi6.format-list-checks", "everything")
_PLACES: Offer = ("Add the usual places", "mdi6.playlist-plus", "places")
_SEARCHES: Offer = ("Record several searches", "mdi6.playlist-check", "searches")
_FILES: Offer = ("Add documents", "mdi6.file-plus-outline", "files")
_REVIEW: Offer = ("Review and redact", "mdi6.marker", "workbench")
_SORT: Offer = ("Sort documents", "mdi6.sort-variant", "sort")
_IDENTITY: Offer = ("Ask for proof of identity", "mdi6.email-outline", "letter:identity")
_FEE: Offer = ("Ask for the fee", "mdi6.email-outline", "letter:fee")
_COVERING: Offer = ("Covering letter", "mdi6.email-outline", "letter:response")
_HANDOVER: Offer = ("Record the handover", "mdi6.hand-extended-outline", "handover")
_CLOSE: Offer = ("Close it today", "mdi6.check", "close")
_OUTCOME: Offer = ("Record the outcome", "mdi6.pencil-outline", "outcome")
_ANSWER: Offer = ("Write the answer", "mdi6.email-outline", "letter:response")
_FOUND: Offer = ("Write the outcome", "mdi6.email-outline", "letter:complaint_outcome")
_TOLD: Offer = ("Record that they were told", "mdi6.pencil-outline", "field:outcome_told")
_RECIPIENTS: Offer = ("Who was given it", "mdi6.playlist-plus", "recipients")
_OTHERS: Offer = ("Write to those given it", "mdi6.email-outline", "letter:third_parties")
_REPLY: Offer = ("Record their answer", "mdi6.calendar-check-outline", "reply")
_PORTABLE: Offer = ("Save the portable data", "mdi6.folder-zip-outline", "portable")
_STEPS: Mapping[str, tuple[Offer, ...]] = {
    "acknowledge": (
        ("Acknowledge it", "mdi6.email-outline", "letter:complaint_acknowledgement"),
        ("It was acknowledged", "mdi6.pencil-outline", "field:acknowledged"),
    ),
    "enquire": (
        ("Record an enquiry", "mdi6.account-question-outline", "enquiry"),
        ("Send an update", "mdi6.email-outline", "letter:complaint_progress"),
        ("Record the outcome", "mdi6.pencil-outline", "field:outcome"),
        ("Add documents", "mdi6.file-plus-outline", "files"),
    ),
    "decide": (("Record the decision", "mdi6.pencil-outline", "field:decision"),),
    "act": (("Record what was done", "mdi6.pencil-outline", "field:done_on"),),
}
"""What is offered in the stages that are for some kinds only."""
_INSTEAD: Mapping[str, tuple[str, tuple[Offer, ...]]] = {
    "refused": (
        "It is refused. Write down the reasons, send them with how to complain, and close it.",
        (
            ("Give the reasons", "mdi6.pencil-outline", "field:refusal_why"),
            ("Write the refusal", "mdi6.email-outline", "letter:refusal"),
            _CLOSE,
        ),
    ),
    "withdrawn": ("They have withdrawn it. Close it.", (_CLOSE,)),
    "lapsed": ("What you were waiting for never came. Close it.", (_CLOSE,)),
    "passed_on": (
        "It is passed to whoever holds the data. Tell the requester, and close it.",
        (("Tell the requester", "mdi6.email-outline", "letter:transfer"), _CLOSE),
    ),
}
"""What is offered where the outcome is chosen, and nothing is given."""
_EARLY = frozenset({"search", "decide"})
"""States in which nothing was found or decided yet."""
_ANSWERS = frozenset({"response", "refusal"})
"""Letters that say what is given, or not."""
_ENDED = frozenset({"closed", "disposed"})
_DESTROY: Offer = ("Destroy the papers", "mdi6.shredder", "destroy")
_CASE_FILE: Offer = ("Case file", "mdi6.folder-file-outline", "case_file")
_FEEDBACK: Offer = ("Record feedback", "mdi6.comment-quote-outline", "feedback")
_SETTLE = ("Settle who is asking", "mdi6.account-check-outline")
_ACKNOWLEDGE: Offer = ("Acknowledge it", "mdi6.email-outline", "letter:acknowledgement")


class NextStep(NextStepCard):
    """Where the work on a request stands."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    def show_entry(self, entry: Entry) -> None:
        """Works out the next step of a request."""
        text, offers = self._step(entry)
        self.show_step(text, offers, primary=bool(entry.id))
        open_ = entry.id and entry.state not in _ENDED
        self.show_minded(self._to_mind(entry) if open_ else self._left_open(entry))

    def _left_open(self, entry: Entry) -> list[tuple[str, str]]:
        """What a closed request still wants: the reasons of a refusal, sent."""
        refused = entry.state == "closed" and entry.values.get("outcome") == "refused"
        if not refused or self._answered(entry):
            return []
        return [
            (
                (
                    "It was refused, and no letter with the reasons is recorded as sent (UK GDPR "
                    "Art 12(4))."
                ),
                "letter:refusal",
            )
        ]

    def unsettled(self, entry: Entry) -> bool:
        """Is it to be settled first who asks, before the work begins?"""
        return self._begin(entry) is not None

    def _to_mind(self, entry: Entry) -> list[tuple[str, str]]:
        """What to mind now, and before something is given also what is not settled."""
        points = self._open(entry)
        # What is asked about the child says the same, and leads to the question.
        again = cautions(entry.values) if {"capacity", "child_agrees"} & _fields(points) else ()
        requests = self._desk.requests.requests
        found, untold = requests.cautions(entry), requests.untold(entry)
        return [
            *(
                (sentence, "recipients" if sentence == untold else "")
                for sentence in found
                if sentence not in again
            ),
            *((point.sentence, f"field:{point.field}") for point in points),
        ]

    def _open(self, entry: Entry) -> tuple[OpenPoint, ...]:
        """What must be settled about who asks, the questions about people before the proof."""
        if entry.values.get("ready_why"):
            return ()
        points = self._desk.requests.requests.open_points(entry)
        if entry.state == "identity":
            # The card says already that the proof is waited for.
            points = tuple(each for each in points if each.field != "identity_received")
        return tuple(sorted(points, key=lambda point: point.field.startswith("identity")))

    def preview(self, values: Mapping[str, Any]) -> None:
        """Says by when a request that is being logged must be answered."""
        text, _ = self._step(self._desk.requests.requests.blank())
        if values.get("received") is not None:
            try:
                clock = self._desk.requests.requests.clock_of(values)
            except DpdeskError:
                clock = None
            if clock is not None and clock.due is not None:
                text = f"Answer by {long_date(clock.due)}. {text}"
        self.says.setText(text)

    def _step(self, entry: Entry) -> tuple[str, list[Offer]]:
        if not entry.id:
            return (
                (
                    "Only the name and the day it arrived are needed to start the clock. Add who "
                    "is asking, and for what, if you know; the rest can wait until it is saved. "
                    "Today is filled in: change it if anyone at the school had it earlier."
                ),
                [_EVERYTHING],
            )
        if entry.state == "closed":
            if entry.values.get("outcome") is None:
                return "This request is closed, but you have not recorded how it ended.", [_OUTCOME]
            over = self._desk.requests.disposing.over(entry)
            offers = [*([_DESTROY] if over else []), _CASE_FILE, _FEEDBACK]
            return f"This request is closed. {self._kept(entry, over=over)}", offers
        if entry.state == "disposed":
            day = long_date(entry.values["disposed_on"])
            return (
                f"The papers of this case were destroyed on {day}. What is left proves how it was "
                "handled, and stays as it is."
            ), []
        try:
            clock = self._desk.requests.requests.clock(entry)
        except DpdeskError as error:
            return str(error), []
        instead = self._instead(entry)
        if instead is None and clock.state is ClockState.NOT_STARTED:
            return self._waiting(entry, clock)
        if instead is None and clock.state is ClockState.PAUSED:
            return self._paused(clock)
        text, offers = instead or self._begin(entry) or self._stage(entry)
        if entry.state == "acknowledge":
            text = f"{text} {_readings(clock)}"
        target = self._desk.requests.requests.own_target(entry, clock)
        told = (text, _by(clock, target), self._marks(entry))
        return " ".join(each for each in told if each), offers

    def _kept(self, entry: Entry, *, over: bool = False) -> str:
        """How long the papers of a closed case are kept, and what needs them longer."""
        requests, values = self._desk.requests.requests, entry.values
        until = kept_until(values, case_years(requests, values.get("kind")))
        told = f"Its papers are kept until {long_date(until)}." if until is not None else ""
        if over and until is not None:
            told = (
                f"Its papers had to be kept until {long_date(until)}. Destroy them now, or say "
                "below how long they are needed."
            )
        held = holding_case(requests, values)
        return f"{told} Not to be destroyed before {held[0]} has ended." if held else told

    def _marks(self, entry: Entry) -> str:
        """The later date of exam marks that are not out yet."""
        marks = marks_day(entry.values, self._desk.school.calendar())
        if marks is None or marks.due is None:
            return ""
        until = "" if entry.values.get("marks_announced") else ", or earlier once they are out"
        return f"The exam marks have until {long_date(marks.due)}{until}."

    def _instead(self, entry: Entry) -> tuple[str, list[Offer]] | None:
        """What is left to do where it ends without the data being given; None where it goes on."""
        outcome = str(entry.values.get("outcome") or "")
        if outcome == "refused" and self._answered(entry):
            return "The refusal was sent. Close it.", [_CLOSE]
        found = _INSTEAD.get(outcome)
        return None if found is None else (found[0], list(found[1]))

    def _begin(self, entry: Entry) -> tuple[str, list[Offer]] | None:
        """What comes first of all: who asks, and that they may; None where that is settled.

        It waits no longer than the search begins: then a line for each question is enough.
        """
        points = self._open(entry)
        requests = self._desk.requests.requests
        if not points or entry.state not in _EARLY or requests.searches.parts(entry.id):
            return None
        first = (*_SETTLE, f"field:{points[0].field}")
        told = self._acknowledged(entry)
        text = (
            "First establish who is asking, and that they are entitled to: the lines below say "
            f"what is missing. Meanwhile {'' if told else 'acknowledge the request, and '}begin "
            "the work: the clock is running."
        )
        if "search" in {stage.key for stage in stages_of(entry.values.get("kind"))}:
            return text, [first, *([] if told else [_ACKNOWLEDGE]), _PLACES]
        return text, [first, *([] if told else [_ACKNOWLEDGE]), *_STEPS.get(entry.state, ())]

    def _acknowledged(self, entry: Entry) -> bool:
        """Is there an acknowledgement, or is there no such letter for this kind?"""
        parts = self._desk.requests.requests.letters.parts(entry.id)
        kinds = {letter.key for letter in self._desk.requests.letters.kinds(entry)}
        return "acknowledgement" not in kinds - {part.values["kind"] for part in parts}

    def _stage(self, entry: Entry) -> tuple[str, list[Offer]]:
        """What is done in the stage that the work is in."""
        documents = RequestStage.REVIEW in rules_of(entry.values).stages
        if entry.state == "search" and not documents:
            return self._gather(entry)
        if entry.state == "respond" and not documents:
            return self._answer(entry)
        said = {"search": self._search, "review": self._review, "respond": self._respond}
        if entry.state in said:
            return said[entry.state](entry)
        stages = {stage.key: stage.help for stage in stages_of(entry.values.get("kind"))}
        left = self._left(entry)
        offers = [*_STEPS.get(entry.state, ()), *([_SEARCHES] if left else [])]
        if entry.state == "act" and rules_of(entry.values).told:
            offers += [_RECIPIENTS, _OTHERS]
        return f"{stages.get(entry.state, '')}{left}", offers

    def _gather(self, entry: Entry) -> tuple[str, list[Offer]]:
        stages = {stage.key: stage.help for stage in stages_of(entry.values.get("kind"))}
        if not self._desk.requests.requests.searches.parts(entry.id):
            portable = entry.values.get("kind") == "portability"
            decide = _STEPS["decide"] if "decide" in stages else ()
            # What is asked may be plain at once, such as a date of birth to be put right.
            return stages["search"], [*([_PORTABLE] if portable else []), _PLACES, _FILES, *decide]
        first = [_PORTABLE] if entry.values.get("kind") == "portability" else []
        return f"{stages['search']}{self._left(entry)}", [*first, _SEARCHES, _FILES, _PLACES]

    def _answer(self, entry: Entry) -> tuple[str, list[Offer]]:
        stages = {stage.key: stage.help for stage in stages_of(entry.values.get("kind"))}
        if entry.values.get("kind") == "complaint":
            if entry.values.get("outcome_told") is not None:
                return "They were told of the outcome. Close it.", [_CLOSE, _OUTCOME]
            return stages["respond"], [_FOUND, _TOLD, _CLOSE, _OUTCOME]
        left = self._left(entry)
        more = [_SEARCHES] if left else []
        if entry.values.get("kind") == "portability":
            offers = [_PORTABLE, *more, _HANDOVER, _ANSWER, _CLOSE, _OUTCOME]
            return f"{stages['respond']}{left}", offers
        requests = self._desk.requests.requests
        if requests.untold(entry):
            more.append(_OTHERS if requests.recipients.parts(entry.id) else _RECIPIENTS)
        if self._answered(entry):
            said = "The answer was sent." + (left or ("" if more else " Close it."))
            return said, [*more, _CLOSE, _OUTCOME]
        return f"{stages['respond']}{left}", [_ANSWER, *more, _CLOSE, _OUTCOME]

    def _waiting(self, entry: Entry, clock: ClockResult) -> tuple[str, list[Offer]]:
        values = entry.values
        offers = []
        if values.get("identity_needed") == "yes" and values.get("identity_received") is None:
            offers.append(_IDENTITY)
        if values.get("fee_asked") == "yes" and values.get("fee_paid") is None:
            offers.append(_FEE)
        searches = self._desk.requests.requests.searches
        if not searches.parts(entry.id):
            offers.append(_PLACES)
        elif searches.open_places(entry.id):
            offers.append(_SEARCHES)
        what = " and ".join(clock.waiting_for)
        return (
            (
                f"The month has not started: the school waits for {what}. When it arrives, "
                "enter the day below. Searching may begin meanwhile."
            ),
            offers,
        )

    def _paused(self, clock: ClockResult) -> tuple[str, list[Offer]]:
        since = long_date(clock.paused_since) if clock.paused_since else "the day you asked"
        return (
            (
                f"Paused since {since}: the school waits for the requester’s answer. When it "
                "comes, enter the day."
            ),
            [("Write the letter", "mdi6.email-outline", "letter:clarification"), _REPLY],
        )

    def _search(self, entry: Entry) -> tuple[str, list[Offer]]:
        parts = self._desk.requests.requests.searches.parts(entry.id)
        if not parts:
            text = (
                "List the places where the school may hold something, and record what was found "
                "there. Then add the documents."
            )
            return text, [_PLACES, _FILES, *([] if self._acknowledged(entry) else [_ACKNOWLEDGE])]
        if left := self._left(entry).strip():
            return left, [_SEARCHES, _FILES, _PLACES]
        return "Every place has been searched. Add the documents you found.", [_FILES]

    def _review(self, entry: Entry) -> tuple[str, list[Offer]]:
        progress = self._desk.disclosure.review.progress("requests", entry.id)
        text = (
            f"{progress.reviewed} of {count(progress.pages, 'page')} reviewed, "
            f"{count(progress.marks, 'mark')}, {count(progress.withheld, 'page')} withheld. "
            "When every page has been reviewed, build the bundle there."
        )
        parts = self._desk.requests.requests.searches.parts(entry.id)
        if not parts:
            text += " You have not yet recorded where you searched."
            return text, [_REVIEW, _PLACES, _FILES]
        if not any(part.values.get("found") == "yes" for part in parts):
            text += (
                " No place says that something was found: record where these documents are from."
            )
        left = self._left(entry)
        return text + left, [_REVIEW, _SEARCHES if left else _SORT, _FILES]

    def _answered(self, entry: Entry) -> bool:
        """Is it noted that the answer itself was sent?"""
        parts = self._desk.requests.requests.letters.parts(entry.id)
        return any(part.values["kind"] in _ANSWERS and part.values.get("sent_on") for part in parts)

    def _left(self, entry: Entry) -> str:
        """A sentence where places are listed of which nothing is recorded yet."""
        left = len(self._desk.requests.requests.searches.open_places(entry.id))
        if not left:
            return ""
        return f" {count(left, 'place')} still to search: record what was found, or why not."

    def _respond(self, entry: Entry) -> tuple[str, list[Offer]]:
        handed = self._desk.requests.requests.handovers.parts(entry.id)
        left = self._left(entry)
        more = [_SEARCHES] if left else []
        if handed:
            when = long_date(handed[-1].values["given_on"])
            unsent = (
                "" if self._answered(entry) else " The covering letter is not recorded as sent."
            )
            return (
                f"Handed over on {when}.{unsent} Record the outcome and close it.{left}",
                [_CLOSE, *more, _REVIEW, _COVERING],
            )
        if self._open(entry):
            # Saving and printing are refused; what is open stands below, each with its link.
            said = (
                "The bundle is built and checked. Nothing may be handed over yet: settle what is "
                "named below, or give the reason why it may go anyway under “Ready to be given?”."
            )
            return f"{said}{left}", [_COVERING, *more, _REVIEW]
        return (
            (
                "The bundle is built and checked. Print or save it with its covering letter, hand "
                f"both over, and record how.{left}"
            ),
            [_COVERING, _HANDOVER, *more, _REVIEW],
        )


def _fields(points: Iterable[OpenPoint]) -> set[str]:
    return {point.field for point in points}


def _readings(clock: ClockResult) -> str:
    """Both ways to count the days of a complaint, so that the earlier is no surprise."""
    days = [step.date for step in clock.steps if step.date is not None]
    if len(days) < 3:
        return ""
    by_act, by_ico = long_date(days[1]), long_date(days[2])
    return (
        f"By the wording of the Act the 30 days end on {by_act}; the way the ICO counts, on "
        f"{by_ico}. Work to the earlier date."
    )


def _by(clock: ClockResult, own: dt.date | None) -> str:
    """By when it must be answered: what a glance at the head of the page must not miss."""
    if clock.due is None:
        return ""
    # The steps tell the same at length.
    rolled = any(f"next working day, {long_date(clock.due)}" in step.text for step in clock.steps)
    aim = clock.target is not None and any(
        step.date == clock.target and step.text.startswith("Aim for") for step in clock.steps
    )
    if not rolled and not aim and own is None:
        return ""
    text = f"Answer by {long_date(clock.due)}"
    if rolled:
        text += " (moved on from a day that is not a working day)"
    if aim and clock.target is not None:
        text += f"; aim for {long_date(clock.target)}"
    if own is not None:
        text += f". Your own target is {long_date(own)}"
    return f"{text}."
