"""Words that lie in places of a file where nobody sees them, told without crying wolf.

A formula, the name of a table, the tip of a button: most of them say nothing of anybody, and a
file full of them is an ordinary one. What names somebody, or says a whole sentence, is counted
among what is hidden; the rest stands in small letters after the document. Used inside workers only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from html import escape, unescape
from typing import Final

from dpdesk import resources
from dpdesk.documents.hidden import Hidden
from dpdesk.law.folding import fold

_WORD: Final = re.compile(r"[^\W_]+")
_LETTERS: Final = re.compile(r"[^\W\d_]{2,}")
_TAG: Final = re.compile(r"<[^<>]*>")
_ADDRESS: Final = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}\.[\w.-]{2,63}")
_HOME: Final = re.compile(
    r"[\\/](?:Users|home|personal|Documents and Settings)[\\/]\w", re.IGNORECASE
)
_PATH: Final = re.compile(r"^(?:file:|https?:|[A-Za-z]:|\\\\|[\\/])", re.IGNORECASE)
_ACCOUNT: Final = re.compile(r"\w{1,10}::\S{1,200}::\S{1,100}")
"""By what account somebody is known to Office; it stands in every file made with it today."""
_TITLED: Final = re.compile(r"\b(?:Mr|Mrs|Miss|Ms|Mx|Dr|Rev)\b\.? {0,2}[A-Z]")
_WORDS: Final = ("words", "months", "short_words", "firsts", "posts", "plain")
"""Lists of what may be meant as a word."""
_SENTENCE: Final = 6
"""Words of a text that says something, whoever it names."""
_MOST: Final = 5_000
_LONGEST: Final = 4_000
_LONG: Final = 4_000_000
"""Letters of a document in which whole phrases are no longer sought, but their words."""


class Besides:
    """Gathers such words with the place that they lie in, each once."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], bool] = {}

    def add(self, where: str, words: str | None, *, sentences: bool = True) -> None:
        """Takes what lies in one place; a single letter is passed over.

        ``sentences`` says whether a whole sentence counts there though it names nobody.
        """
        plain = " ".join((words or "").split())[:_LONGEST]
        if len(self._found) < _MOST and _LETTERS.search(plain):
            self._found.setdefault((where, plain), sentences)

    def told(self, said: Iterable[str]) -> tuple[list[Hidden], str]:
        """What is counted, and the rest as HTML in small letters; ``said`` is shown anyway.

        ``said`` may be HTML.
        """
        if not self._found:
            return [], ""
        known = SaidWords(said)
        rows: list[str] = []
        quiet: dict[str, dict[str, None]] = {}
        met: set[str] = set()
        for (where, words), sentences in self._found.items():
            plain = " ".join(_words(words))
            if known.says(words) or plain in met:
                continue
            met.add(plain)
            if tells(words, sentences=sentences):
                rows.append(f"<tr><td>{escape(where)}</td><td>{escape(words)}</td></tr>")
            else:
                quiet.setdefault(where, {})[words] = None
        table = f'<table class="grid">{"".join(rows)}</table>'
        found = [Hidden("besides", len(rows), table)] if rows else []
        lines = [f"{escape(where)}: {escape('; '.join(each))}" for where, each in quiet.items()]
        small = f'<p class="note">Not seen in this file<br>{"<br>".join(lines)}</p>'
        return found, small if lines else ""


class SaidWords:
    """The words of a document, to ask whether it says something."""

    def __init__(self, texts: Iterable[str]) -> None:
        whole = [_words(unescape(_TAG.sub(" ", text))) for text in texts]
        self._words = {word for words in whole for word in words}
        length = sum(len(word) for words in whole for word in words)
        self._text = " ".join(f" {' '.join(words)} " for words in whole) if length < _LONG else ""

    def says(self, words: str) -> bool:
        """Whether these words stand there in a row."""
        asked = _words(words)
        if not all(word in self._words for word in asked):
            return False
        return len(asked) < 2 or not self._text or f" {' '.join(asked)} " in self._text


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def tells(words: str, *, sentences: bool = True) -> bool:
    """Whether words are more than a label: they name somebody, or are a whole sentence.

    The place of a file is none, nor an account: every program notes where and by whom it was saved.
    """
    if _PATH.match(words) or _ACCOUNT.fullmatch(words):
        return False
    return names_somebody(words) or (sentences and len(words.split()) >= _SENTENCE)


def is_place(words: str) -> bool:
    """Whether words are a folder of somebody."""
    return _HOME.search(words) is not None


def names_somebody(words: str) -> bool:
    """Whether a first name with a capital, a title or an address of e-mail is in it."""
    if _ADDRESS.search(words) or _TITLED.search(words):
        return True
    known = _first_names()
    return any(
        word[:1].isupper() and len(word) > 2 and fold(word) in known
        for word in _WORD.findall(words)
    )


@cache
def _first_names() -> frozenset[str]:
    """Names by which somebody is recognised whom no register knows; none that is a word too."""
    files = ("alike.toml", "first.toml")
    every = [name for file in files for name in resources.kept("names", file)["given"].split()]
    listed = resources.kept("law", "name_words.toml")
    words = {word for kind in _WORDS for word in listed[kind].split()}
    return frozenset(fold(name) for name in every if len(name) > 2) - words
