"""What is in a file and not shown by the program that it comes from: on marked pages of its own.

A page of a Word file may look harmless and carry the sentences that were deleted from it. Whoever
answers a request must see them, and so must whoever redacts. Used inside workers only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

KINDS: Final = {
    "deleted": ("1 deleted passage", "{} deleted passages"),
    "inserted": ("1 tracked insertion", "{} tracked insertions"),
    "comments": ("1 comment", "{} comments"),
    "answers": (
        "1 answer or typed note that is not shown on its page",
        "{} answers or typed notes that are not shown on their pages",
    ),
    "hidden text": ("1 passage of hidden text", "{} passages of hidden text"),
    "beyond": (
        "words beyond the edge of 1 page",
        "words beyond the edges of {} pages",
    ),
    "said": (
        "1 bookmark, description or detail of the file",
        "{} bookmarks, descriptions and details of the file",
    ),
    "earlier": (
        "what 1 page showed before the file was changed",
        "what {} pages showed before the file was changed",
    ),
    "marks": (
        "1 place that is marked for redaction, and nothing is removed there",
        "{} places that are marked for redaction, and nothing is removed there",
    ),
    "links": ("addresses behind links of 1 page", "addresses behind links of {} pages"),
    "faint": ("1 passage that nobody can see", "{} passages that nobody can see"),
    "prompts": ("1 prompt or list to choose from", "{} prompts and lists to choose from"),
    "index": ("1 entry for an index", "{} entries for an index"),
    "rows": ("1 hidden row", "{} hidden rows"),
    "columns": ("1 hidden column", "{} hidden columns"),
    "sheets": ("1 hidden sheet", "{} hidden sheets"),
    "names": ("1 hidden name", "{} hidden names"),
    "caches": ("1 copy of other data", "{} copies of other data"),
    "notes": ("speaker notes on 1 slide", "speaker notes on {} slides"),
    "slides": ("1 hidden slide", "{} hidden slides"),
    "beside": ("text beside 1 slide", "text beside {} slides"),
    "blocks": ("1 stored building block", "{} stored building blocks"),
    "data": ("1 part of stored data", "{} parts of stored data"),
    "left": ("1 text that no cell holds any more", "{} texts that no cell holds any more"),
    "besides": ("1 text in a place that nobody sees", "{} texts in places that nobody sees"),
    "properties": ("1 property that somebody added", "{} properties that somebody added"),
    "pictures": ("1 picture that no page shows", "{} pictures that no page shows"),
    "cropped": ("1 picture of which a part is cut off", "{} pictures of which a part is cut off"),
    "details": (
        "1 text in the details of the picture",
        "{} texts in the details of the picture",
    ),
    "place": (
        "the place where a photograph was taken",
        "the places where {} photographs were taken",
    ),
}
"""Kinds of hidden content, and how one and several of them are called."""

_FEW: Final = 40
"""Letters of a paragraph by which a hidden passage in it is found."""
_TITLE: Final = "Hidden in this file"
_LEAD: Final = (
    "The program that this file comes from does not show what stands on these pages, or not where "
    "it stands. dpdesk shows it, so that it can be read, redacted and handed over like the rest."
)


@dataclass(frozen=True, slots=True)
class Hidden:
    """One kind of hidden content (a key of ``KINDS``): how many, and as HTML what.

    Without HTML it is told in the line of the intake and has no place on the marked pages.
    """

    kind: str
    count: int
    html: str = ""


def called(hidden: Hidden) -> str:
    """How many of what, in words."""
    one, several = KINDS[hidden.kind]
    return one if hidden.count == 1 else several.format(f"{hidden.count:,}")


def pages(found: Sequence[Hidden], *, first: bool = False) -> str:
    """The marked pages after a document, as HTML; nothing where nothing is hidden.

    ``first`` says that nothing stands before them.
    """
    shown = [each for each in found if each.html]
    if not shown:
        return ""
    look = "" if first else ' class="page"'
    parts = [f'<h1{look}>{_TITLE}</h1><p class="note">{_LEAD}</p>']
    for each in shown:
        words = called(each)
        parts.append(f"<h2>{escape(words[0].upper() + words[1:])}</h2>{each.html}")
    return "".join(parts)


def sentence(found: Iterable[Hidden]) -> list[str]:
    """What the line of the intake says of it; nothing where nothing is hidden."""
    words = [called(each) for each in found]
    if not words:
        return []
    listed = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
    return [f"Hidden in this file: {listed}. What is not on its own pages stands after them."]


def place(begun: str) -> str:
    """Where a hidden passage stands: in the paragraph that begins so, as far as that is known.

    Quoted are whole words only, and no part of a name that goes on: half a name is not found by
    whoever removes the name.
    """
    words = begun.split()
    whole = len(words) - (bool(words) and not begun[-1].isspace())
    kept = 0
    while kept < whole and len(" ".join(words[: kept + 1])) <= _FEW:
        kept += 1
    while 0 < kept < len(words) and words[kept - 1][0].isupper() and words[kept][0].isupper():
        kept -= 1
    quoted = " ".join(words[:kept])
    return f"in “{quoted}…”" if quoted else ""


def passage(words: str, note: str = "", look: str = "") -> str:
    """One piece of hidden text, as HTML; ``words`` are HTML, ``note`` says in plain text whose."""
    told = f' <span class="note">{escape(note)}</span>' if note else ""
    inside = f'<span class="{look}">{words}</span>' if look else words
    return f'<p class="box">{inside}{told}</p>'
