"""What to say of a page that shows a picture, by how far its reading is."""

from __future__ import annotations

from typing import Final

from dpdesk.disclosure.looking import ReviewPage

_TOLD: Final = {
    "waiting": "What is a picture here is still to be read. Look closely; mark with Box.",
    "failed": "What is a picture here could not be read. Look closely; mark with Box.",
    "empty": "What is a picture here has no words that could be read. Look closely; mark with Box.",
    "partly": (
        "This page was read from a picture, and not all of it could be read: look for handwriting, "
        "for words under strokes or a stamp and at the edges, and mark them with Box."
    ),
    "read": (
        "This page was read from a picture. Words may be misread (underlined) or missing: look "
        "closely, and mark what has no words with Box."
    ),
}
_READ: Final = frozenset({"read", "partly"})


def told_of(page: ReviewPage) -> str:
    """What to know of a page that shows a picture; empty for others."""
    if page.kind != "image" and page.reading not in _READ:
        return ""
    return _TOLD.get(page.reading, "")


def unread(page: ReviewPage) -> bool:
    """Whether a page that will be released shows nothing but a picture that nobody has read."""
    return page.kind == "image" and not page.withheld and page.reading not in _READ
