"""A bundle is the same to the last byte whatever was removed from its pages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT

from dpdesk.disclosure.plan import BundlePlan, PlannedMark, PlannedPage
from tests.disclosure.pdfs import pages_of
from tests.disclosure.test_resetting import NAMES, told


def bundled(build, name, *, removed=None, alignment=TA_LEFT, kept=""):
    """The bytes of a bundle of one page that tells of ``name``, with the name removed.

    The file is taken to say ``removed`` in its place, and the word after it to end in ``kept``.
    """
    content = told(name, alignment=alignment)
    (page,) = pages_of(content)
    words = list(page.words)
    gone = [place for place, word in enumerate(words) if name in word.text]
    for place in gone:
        words[place] = replace(words[place], text=removed or words[place].text)
    after = words[gone[0] + 1]
    words[gone[0] + 1] = replace(after, text=after.text + kept)
    marks = [PlannedMark(n, words[place].box, "TP-16") for n, place in enumerate(gone, 1)]
    page = replace(page, words=tuple(words))
    plan = BundlePlan("SAR-2026-014", (PlannedPage("a", 0, page, tuple(marks), starts="One"),))
    out, _ = build(plan, files={"a": content})
    return out.getvalue()


@pytest.mark.parametrize("alignment", [TA_LEFT, TA_JUSTIFY])
def test_no_byte_follows_from_the_name(build, alignment):
    first, *others = (bundled(build, name, alignment=alignment) for name in NAMES[:5])
    assert all(other == first for other in others)


def test_no_letter_and_no_sign_of_the_name_leaves_a_trace_in_the_fonts(build):
    """Letters that stand nowhere else, and pictures of people, which need a code of their own."""
    names = ["Ogilvie", "Þóra-Ýr", "Ωλγα", "Ogilvie🎻", "🎺🎻🥁", "𝕺gilvie"]
    first, *others = (bundled(build, "Ogilvie", removed=name, kept="😀🥇") for name in names)
    assert all(other == first for other in others)
    assert first != bundled(build, "Ogilvie", kept="😀🎻"), "what stays is told"
