"""Quiz sheets for staff, with the answers apart."""

from __future__ import annotations

import pytest

from dpdesk.assurance.quiz_papers import quiz, quizzes
from dpdesk.errors import NotFound
from tests.assurance.test_papers import words


@pytest.mark.parametrize("code", [each.code for each in quizzes()])
def test_a_sheet_asks_everything_and_gives_no_answer_away(room, code):
    asked = quiz(code)
    sheet = words(room.prints.quiz(code, room.awareness.today()))
    answers = words(room.prints.quiz(code, room.awareness.today(), answers=True))
    assert "Name" in sheet
    for each in asked.questions:
        assert 1 <= each.right <= len(each.answers)
        assert each.source
        assert each.asks in sheet
        assert all(answer in sheet for answer in each.answers)
        assert each.because not in sheet
        assert each.because in answers
        assert each.answers[each.right - 1] in answers
        wrong = [a for n, a in enumerate(each.answers, start=1) if n != each.right]
        assert not any(f" {each.asks} {answer} " in answers for answer in wrong)


def test_the_right_answer_is_not_always_in_the_same_place():
    for each in quizzes():
        assert len({question.right for question in each.questions}) > 1


def test_an_unknown_quiz_names_those_that_there_are():
    with pytest.raises(NotFound, match="basics"):
        quiz("nonsense")
