"""What was told about documents when they were added, told once more before they are released.

Hidden words, words in patterns and fields, scans whose text has shifted: whoever builds a bundle
may not be the one who added the files, or may have done that weeks ago.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from dpdesk.disclosure.looking import ReviewPage
from dpdesk.documents.service import DocumentCard
from dpdesk.law.words import page_list

_PAGE = re.compile(r"\bpages? (\d+)")


@dataclass(frozen=True, slots=True)
class Caution:
    """A sentence about a document, which is counted as in the contents of the bundle, from 1.

    ``page`` is the first page that it means, counted over all documents; ``looked_at`` says that
    all pages of the document were reviewed or are withheld.
    """

    document: int
    sentence: str
    page: int
    looked_at: bool

    @property
    def text(self) -> str:
        """The sentence, with the document that it is about."""
        return f"Document {self.document}: {self.sentence}"


def cautions(documents: Iterable[DocumentCard], pages: Sequence[ReviewPage]) -> tuple[Caution, ...]:
    """What to know about documents before they are released, in their order."""
    of = {key: list(some) for key, some in groupby(pages, key=lambda page: page.document_id)}
    found = []
    for place, card in enumerate(documents, 1):
        own = of.get(card.id, [])
        if all(page.withheld for page in own):
            continue
        looked_at = all(page.reviewed or page.withheld for page in own)
        for sentence in (*card.warnings, *_about_reading(own)):
            named = _PAGE.search(sentence)
            first = int(named[1]) - 1 if named else 0
            # The page that is meant may be set aside: then the next one that is in.
            near = next((page for page in own if page.page >= first), own[-1])
            found.append(Caution(place, sentence, near.number, looked_at))
    return tuple(found)


def _about_reading(own: Iterable[ReviewPage]) -> Iterator[str]:
    """What of the pictures on pages that go out nobody has read."""
    partly = [page.page + 1 for page in own if page.reading == "partly" and not page.withheld]
    if partly:
        yield (
            f"Not all that is written on {page_list(partly)} could be read from the picture. Names "
            "may stand there that no search finds: look there yourself."
        )
