"""The whole way with documents from the wild: each is opened, marked, released and read back."""

from __future__ import annotations

import pypdfium2 as pdfium
import pytest

from tests.builders import a_request
from tests.ui.kit.around import around
from ui.disclosure import Workbench
from ui.kit.pieces.tasks import TaskRunner

WILD = (
    "pdf-samples/004-pdflatex-4-pages/pdflatex-4-pages.pdf",
    "pdf-samples/011-google-doc-document/google-doc-document.pdf",
    "scans/LinnSequencer.jpg",
)

PRESSES_A_PAGE = 8
"""Space walks down a page that is higher than the window before it counts as reviewed."""


@pytest.mark.corpus
def test_documents_from_the_wild_are_marked_released_and_read_back(desk, qtbot, corpus):
    entry = a_request(desk)
    files = [corpus / name for name in WILD if (corpus / name).is_file()]
    if not files:
        pytest.skip("none of these documents are on this machine")
    for file in files:
        desk.documents.add_file("requests", entry.id, file)
    surroundings, _ = around(TaskRunner())
    page = Workbench(desk, surroundings, entry.id)
    qtbot.addWidget(page)
    page.resize(1366, 660)
    page.show()
    try:
        pages = len(page.sitting.pages)
        for _ in range(pages * PRESSES_A_PAGE):
            if page.sitting.progress.reviewed == pages:
                break
            qtbot.waitUntil(lambda: page.viewer.ready, timeout=30_000)
            page.reviewed()
        assert page.sitting.progress.reviewed == pages
        # What was seen before is sought beside it, and may be done before or after.
        page.finder.search("the", True)
        qtbot.waitUntil(lambda: not surroundings.tasks.busy, timeout=30_000)
        page.found.mark.click()
        assert page.sitting.progress.marks
        page.open_build()
        page.build.begin()
        qtbot.waitUntil(lambda: not surroundings.tasks.busy, timeout=60_000)
        (card,) = desk.disclosure.releases.of_request(entry.id)
        bundle = pdfium.PdfDocument(desk.disclosure.releases.content(card.id))
        words = [
            word.strip(".,").lower()
            for sheet in list(bundle)[-card.pages :]
            for word in sheet.get_textpage().get_text_range().split()
        ]
        bundle.close()
        assert len(words) > 50
        assert "the" not in words
    finally:
        page.shut()
        surroundings.tasks.stop()
