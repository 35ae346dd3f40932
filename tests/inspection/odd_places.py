"""Two more places in a PDF where a name can lie: a misfitting layer, and an odd name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Dictionary

from tests.inspection.makers import LINES, drawing


def kept_drawing_called(name: str) -> Callable[[pikepdf.Pdf], None]:
    """A drawing that no page shows, under a name that means something else elsewhere."""

    def change(opened: pikepdf.Pdf) -> None:
        opened.pages[0].Resources.XObject = Dictionary({f"/{name}": drawing(opened)})

    return change


def layer_beside(*names: str) -> Callable[[Any], None]:
    """A layer of text that lies where its scan is blank."""

    def draw(canvas: Any) -> None:
        for place, words in enumerate((*names, *LINES[2:])):
            text = canvas.beginText(60, 120 - 14 * place)
            text.setTextRenderMode(3)
            text.setFont("Helvetica", 11)
            text.textOut(words)
            canvas.drawText(text)

    return draw
