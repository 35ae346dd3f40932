"""What is kept in the search index for a text, and how long that may take."""

from __future__ import annotations

import time

import pytest

from dpdesk.law.folding import expression, fold, indexed


def _seconds(body: str) -> float:
    """Processor time to index a text, the best of three."""

    def once() -> float:
        start = time.process_time()
        indexed(body)
        return time.process_time() - start

    return min(once() for _ in range(3))


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "é",
        "'",
        "a'",
        "a''",
        "_",
        "a_",
        "a-",
        "9",
        "\u0301\u0316",
        "a\u0301\u0316",
        "ﷺ",
        "a b ",
    ],
)
def test_a_text_of_any_kind_is_indexed_in_proportion_to_its_length(piece: str) -> None:
    few, many = (_seconds(piece * (size // len(piece))) for size in (8_000, 64_000))

    assert many < 0.05 or many < 24 * few


def test_a_word_with_an_apostrophe_is_kept_whole_and_in_its_parts() -> None:
    assert indexed("Ms O’Brien") == "ms obrien o brien"
    assert indexed("it's the boys' room") == "its the boys' room it s"


def test_an_endless_word_is_kept_and_found_by_its_beginning() -> None:
    word = "ab" * 50_000

    assert fold(f"before {word} after") == f"before {word[:64]} after"
    assert expression(word) == f'"{word[:64]}"*'


def test_words_joined_by_anything_but_letters_are_not_cut() -> None:
    name = "_".join(f"part{number}" for number in range(40))

    assert fold(name) == name
