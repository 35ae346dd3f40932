"""What counts as words where something is read out of a picture."""

from __future__ import annotations

import pytest

from dpdesk.inspection.telling import signs_in


@pytest.mark.parametrize(("text", "number"), [("if™", 2), ("½ №", 1), ("Zoë 4b", 5), ("—", 0)])
def test_a_sign_that_is_short_for_letters_is_no_letters(text, number):
    assert signs_in(text) == number
