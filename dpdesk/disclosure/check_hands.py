"""Checks pages in a worker, with the finished file and the sources as the parent lends them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, BinaryIO

import pikepdf
import pypdfium2 as pdfium
from PIL import Image

from dpdesk.disclosure.check_case import PageCase
from dpdesk.disclosure.check_file import Flaw
from dpdesk.disclosure.check_page import check_page
from dpdesk.disclosure.crew import Hands, OpenSources
from dpdesk.documents.pdf import open_pdf
from dpdesk.errors import UnreadableFile

_REOPEN = 100  # pages
_KEPT_BLOCKS = 4  # of at most 16 MB each, and as large as the pictures that were in them


class CheckingHands(Hands[PageCase]):
    """Checks pages in a worker: opens the file with two libraries, and the sources it was given."""

    def __init__(self, says: dict[int, str]) -> None:
        self._says = says
        self._lent: Callable[[], BinaryIO] | None = None
        self._pdf: Any = None
        self._drawn: Any = None
        self._done = 0
        self._shelf = OpenSources()
        self._contents: dict[str, bytes] = {}
        self._sources: dict[str, Any] = {}

    def attach(self, lent: Callable[[], BinaryIO]) -> None:
        """Takes the finished file."""
        # Pictures of the next page go where those of the last one were: a fifth of the time.
        Image.core.set_blocks_max(_KEPT_BLOCKS)  # type: ignore[attr-defined]  # not annotated
        self._lent = lent

    def accept(self, key: str, content: bytes) -> None:
        """Takes a source, and lets go of earlier ones when they grow too large together."""
        for gone in self._shelf.put(key, len(content)):
            self._close(gone)
            del self._contents[gone]
        self._contents[key] = content

    def _close(self, key: str) -> None:
        document = self._sources.pop(key, None)
        if document is not None:
            document.close()

    def _open(self) -> None:
        """Opens all files afresh now and then: the libraries keep all that they ever read."""
        assert self._lent is not None
        if self._pdf is not None:
            self._pdf.close()
            self._drawn.close()
        for key in list(self._sources):
            self._close(key)
        self._pdf = pikepdf.Pdf.open(self._lent(), attempt_recovery=False)
        self._drawn = pdfium.PdfDocument(self._lent())

    def _source(self, case: PageCase) -> Any:
        if not case.source:
            return None
        if case.source not in self._sources:
            try:
                self._sources[case.source] = open_pdf(self._contents[case.source])
            except UnreadableFile as fault:
                raise Flaw("source", case.number) from fault
        return self._sources[case.source]

    def __call__(self, case: PageCase, /) -> bytes:
        """Checks one page; answers with its objects, or with what is wrong."""
        if self._done % _REOPEN == 0:
            self._open()
        self._done += 1
        try:
            source = self._source(case)
            own = check_page(self._pdf, self._drawn, case, self._says, source)
        except Flaw as flaw:
            return json.dumps({"flaw": flaw.kind, "page": case.number}).encode("ascii")
        return json.dumps({"own": own}).encode("ascii")
