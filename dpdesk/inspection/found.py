"""What can still be read in a file that was redacted elsewhere: the kinds, and one finding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from dpdesk.documents.pages import Box

Kind = Literal[
    "under-bar",
    "unseen",
    "under-picture-bar",
    "made-unclear",
    "shimmering",
    "scan-layer",
    "other-letters",
    "mark-not-applied",
    "hidden-layer",
    "cropped",
    "earlier-version",
    "leftover",
    "form",
    "note",
    "attachment",
    "metadata",
    "description",
    "bookmark",
    "link",
    "elsewhere",
    "thumbnail",
    "picture-data",
    "deleted-text",
    "inserted-text",
    "hidden-text",
    "black-on-black",
    "drawn-bar",
    "damaged",
]


@dataclass(frozen=True, slots=True)
class KindWords:
    """What a kind of finding is called, and what it means."""

    title: str
    meaning: str


KINDS: Final[dict[Kind, KindWords]] = {
    "under-bar": KindWords(
        "Words under a bar",
        "They are covered and not removed: whoever copies the text of the page, or takes the bar "
        "off, reads them.",
    ),
    "unseen": KindWords(
        "Words that are not seen",
        "They are on the page, in the colour of the paper or under something, and can be copied.",
    ),
    "under-picture-bar": KindWords(
        "Picture under a bar",
        "A bar is drawn over a picture, and the picture under it is whole: the bar can be taken "
        "off.",
    ),
    "made-unclear": KindWords(
        "Only made unclear",
        "A mosaic or a blur can often be undone, so look at it: whoever tries names in the same "
        "letters finds the one that fits. Only a bar of one colour takes words away.",
    ),
    "shimmering": KindWords(
        "Words shimmer through a bar",
        "A bar within a picture looks as if it covered all and is not wholly of one colour: "
        "whoever raises the contrast reads what is under it.",
    ),
    "scan-layer": KindWords(
        "Text layer of a scan",
        "The picture of the scan no longer shows these words, but the text laid over it does.",
    ),
    "other-letters": KindWords(
        "Other words than are seen",
        "The letters drawn are not those that the file holds: whoever copies, searches or listens "
        "to the page gets other words than whoever looks at it.",
    ),
    "mark-not-applied": KindWords(
        "Redaction marked and not applied",
        "A program marked this place for redaction, and nobody told it to remove what is there.",
    ),
    "hidden-layer": KindWords(
        "Hidden layer", "The file has a layer that is switched off; anybody can switch it on."
    ),
    "cropped": KindWords(
        "Outside the edge of the page",
        "The page or a picture was cropped, which only hides what is outside; or something lies "
        "beside it.",
    ),
    "earlier-version": KindWords(
        "Earlier version of the file",
        "The file still holds how it was before it was changed, and some programs show that.",
    ),
    "leftover": KindWords(
        "Left-over parts", "Parts that no page uses any more are still in the file."
    ),
    "form": KindWords("Answer of a form", "A field holds an answer that the page does not show."),
    "note": KindWords("Note", "The file carries a note that is not part of the page."),
    "attachment": KindWords("Attached file", "Another file is inside this one."),
    "metadata": KindWords(
        "Details of the file", "What the file says of itself, without being on any page."
    ),
    "description": KindWords(
        "Text for screen readers",
        "The file spells out words, for those who have pages read aloud, that no page shows.",
    ),
    "bookmark": KindWords("Bookmark", "The contents of the file name words that no page shows."),
    "link": KindWords("Link", "A link holds an address that the page does not show."),
    "elsewhere": KindWords(
        "Words beside the pages",
        "The file holds them where no page shows them; other programs find them.",
    ),
    "thumbnail": KindWords(
        "Small picture of the page", "It may show the page as it was before it was redacted."
    ),
    "picture-data": KindWords(
        "Details of a picture", "A picture says where or with what it was taken, or holds a copy."
    ),
    "deleted-text": KindWords(
        "Deleted text that is kept", "Changes were tracked: what was deleted can be brought back."
    ),
    "inserted-text": KindWords("Tracked changes", "The file says who wrote what, and when."),
    "hidden-text": KindWords("Hidden text", "It is not shown or printed, and can be shown."),
    "black-on-black": KindWords(
        "Words under black", "They only have a dark background or the colour of the paper."
    ),
    "drawn-bar": KindWords(
        "Drawn bar", "A dark shape is drawn over the page; the words under it are still there."
    ),
    "damaged": KindWords(
        "Could not be checked", "This part of the file could not be read, so look yourself."
    ),
}


@dataclass(frozen=True, slots=True)
class Leak:
    """One thing that can still be read.

    ``page`` from 1, 0 where it is on no page; ``what`` is a sentence; ``text`` what can be read,
    shortened; ``boxes`` where on the page as seen.
    """

    kind: Kind
    page: int
    what: str
    text: str = ""
    boxes: tuple[Box, ...] = ()

    @property
    def title(self) -> str:
        """What its kind is called."""
        return KINDS[self.kind].title
