"""Short quizzes for staff: a sheet to answer, and the right answers on a sheet of their own.

They stand in ``resources/assurance/quizzes.toml``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dpdesk import resources
from dpdesk.errors import NotFound
from dpdesk.papers import look
from dpdesk.papers.flow import Printed
from dpdesk.papers.kit import Paper
from dpdesk.papers.letterhead import Letterhead


@dataclass(frozen=True, slots=True)
class QuizQuestion:
    """A question with its answers; ``right`` is the place of the right one, from 1."""

    asks: str
    answers: tuple[str, ...]
    right: int
    because: str
    source: str


@dataclass(frozen=True, slots=True)
class Quiz:
    """A quiz of a few questions."""

    code: str
    title: str
    questions: tuple[QuizQuestion, ...]


def quizzes() -> tuple[Quiz, ...]:
    """Every quiz, in the order of the file."""
    return tuple(
        Quiz(
            row["code"],
            row["title"],
            tuple(
                QuizQuestion(
                    each["asks"],
                    tuple(each["answers"]),
                    each["right"],
                    each["because"],
                    each["source"],
                )
                for each in row["questions"]
            ),
        )
        for row in resources.kept("assurance", "quizzes.toml")["quizzes"]
    )


def quiz(code: str) -> Quiz:
    """One quiz. Raises NotFound."""
    found = next((each for each in quizzes() if each.code == code.lower()), None)
    if found is None:
        known = ", ".join(each.code for each in quizzes())
        raise NotFound(f"There is no quiz “{code}”. There are: {known}.")
    return found


def quiz_sheet(asked: Quiz, day: dt.date, letterhead: Letterhead | None) -> Printed:
    """Prints the questions with boxes to tick; nothing on it tells the right answer."""
    paper = Paper(asked.title, letterhead=letterhead, printed_on=day)
    paper.text("Tick one answer to each question.")
    for number, each in enumerate(asked.questions, start=1):
        with paper.unparted():
            paper.text(f"{number}. {each.asks}", style=look.STRONG, gap=look.SPACE_L, stay=True)
            paper.tick_boxes(each.answers)
    paper.keep()
    paper.signature(("Name", "Date"))
    return paper.printed()


def quiz_answers(asked: Quiz, day: dt.date, letterhead: Letterhead | None) -> Printed:
    """Prints the right answers, with the reason and the source of each."""
    paper = Paper(f"{asked.title}: answers", letterhead=letterhead, printed_on=day)
    rows = [
        (
            str(number),
            each.asks,
            each.answers[each.right - 1],
            f"{each.because} ({each.source})",
        )
        for number, each in enumerate(asked.questions, start=1)
    ]
    paper.table(["No.", "Question", "Right answer", "Because"], rows)
    return paper.printed()
