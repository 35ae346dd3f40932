"""Forms that come back: boxes to tick, answers to write, and a code in the corner of each page.

Where these stand is noted while a form is drawn, so that its scan can be read. A form may be made
to be filled in on a computer too: then each box and each answer is a field of the PDF with a name,
a sentence that is read aloud, and its place in the order of the keys.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final

from . import look, squares
from .flow import Printed
from .form_layout import FormLayout
from .kit import Paper
from .lines import break_lines
from .look import Style
from .pen import Pen
from .strips import Strip

BOX: Final = 17.0
_TICK: Final = 14.0
_CODE: Final = 66.0
_SMALL_CODE: Final = 46.0
_LINE: Final = 15.0
CODE_FIELD: Final = "form_code"
"""The name of the field that carries the code."""
LONGEST: Final = 8_000
"""Letters that an answer may have."""


class FormPaper(Paper):
    """A form with boxes to tick and a code in the corner of each page.

    Where these stand is noted in ``layout`` while it is drawn, so that its scan can be read.
    """

    code = ""
    layout = FormLayout()
    fillable = False
    """Whether it can be filled in on a computer; said before anything is asked."""
    _page = 0

    def coded(self, lines: Sequence[str], code: str, layout: FormLayout) -> None:
        """Lines on the left and the code on the right; they stay together."""
        self.code, self.layout = code, layout
        layout.size = self.size
        style = Style(12, 18, "medium")
        draws = [d for t in lines for d in self._draws(t, style, self.left, self.room - _CODE - 12)]
        small = look.FURNITURE

        def draw(pen: Pen, y: float) -> None:
            squares.draw(pen, code, self.right - _CODE, y, _CODE)
            layout.codes.append((self._page, *squares.inner(code, self.right - _CODE, y, _CODE)))
            pen.words(code, self.right - _CODE + 8, y + _CODE - 4, small)
            if self.fillable:
                pen.code_field(CODE_FIELD, code)
            for place, each in enumerate(draws):
                each(pen, y + place * style.leading)

        self._add([Strip(max(_CODE + 8, len(draws) * style.leading), draw, look.SPACE_M)])

    def _head(self, pen: Pen, number: int) -> None:
        super()._head(pen, number)
        self._page = number
        if number:
            text = f"{self.code}{number + 1}"
            x, y = self.right - _SMALL_CODE, 12.0
            squares.draw(pen, text, x, y, _SMALL_CODE)
            self.layout.codes.append((number, *squares.inner(text, x, y, _SMALL_CODE)))

    def box(self, key: str, name: str, words: str = "") -> None:
        """An empty box with a name and perhaps words; never parted, never ticked."""
        inset = BOX + 12.0
        strong = look.STRONG if words else look.BODY
        head = self._draws(name, strong, self.left + inset, self.room - inset)
        rest = self._draws(words, look.BODY, self.left + inset, self.room - inset) if words else []
        lines = [*head, *rest]
        room = self.room - inset
        told = [line.width for line in break_lines(name, strong, room)]
        told += [line.width for line in break_lines(words, look.BODY, room)]

        def draw(pen: Pen, y: float) -> None:
            pen.frame(self.left + 1, y + 2, BOX, BOX, "#000000")
            self.layout.boxes[key] = (self._page, self.left + 1, y + 2, BOX, BOX)
            self.layout.words[key] = [
                (self._page, self.left + inset, y + at * strong.leading, wide, strong.leading)
                for at, wide in enumerate(told)
            ]
            for place, each in enumerate(lines):
                each(pen, y + place * strong.leading)

        high = max(BOX + 4, len(lines) * strong.leading)
        self._add([Strip(high, draw, look.SPACE_M if words else 5.0, stay=not words)])

    def boxes(self, title: str, boxes: Sequence[tuple[str, str]]) -> None:
        """Boxes with their words (key and label), in two columns under a title."""
        if title:
            self.text(title, style=look.STRONG, stay=True)
        half = self.room / 2
        for start in range(0, len(boxes), 2):
            pair = boxes[start : start + 2]

            def draw(pen: Pen, y: float, pair: Sequence[tuple[str, str]] = pair) -> None:
                for place, (key, label) in enumerate(pair):
                    x = self.left + place * half + 1
                    pen.frame(x, y + 1, _TICK, _TICK, "#000000")
                    self.layout.boxes[key] = (self._page, x, y + 1, _TICK, _TICK)
                    if self.fillable:
                        said = f"{title} {label}".strip()
                        pen.tick_field(key, said, (x + 1, y + 2, _TICK - 2, _TICK - 2))
                    pen.words(label, x + _TICK + 7, y + 1, look.BODY)

            self._add([Strip(_TICK + 4, draw, 4.0, stay=True)])

    def answer(self, key: str, label: str, *, lines: int = 1) -> None:
        """A frame to write into, under its words."""
        self.text(label, style=look.SMALL.but(colour=look.INK), gap=6.0, stay=True)
        high = lines * _LINE + 5.0

        def draw(pen: Pen, y: float) -> None:
            spot = (self.left, y, self.room, high)
            pen.frame(*spot, "#000000")
            self.layout.fields[key] = (self._page, *spot)
            if self.fillable:
                inner = (spot[0] + 1, spot[1] + 1, spot[2] - 2, spot[3] - 2)
                pen.text_field(key, label, inner, longest=LONGEST, several=lines > 1)

        self._add([Strip(high, draw, 2.0)])

    def signed(self) -> None:
        """Lines to sign on; the first is noted."""

        def note(_pen: Pen, y: float) -> None:
            self.layout.signed = (
                self._page,
                self.left + 84.0,
                y + 4.0,
                self.room * 0.62 - 84.0,
                28.0,
            )

        self._add([Strip(0.01, note, 0.0, stay=True)])
        self.signature(("Signed", "Name", "Date"))


def in_order(printed: Printed) -> bytes:
    """The same PDF whose keyboard goes through its fields in the order in which they are read."""
    import pikepdf

    with pikepdf.open(io.BytesIO(printed.content)) as pdf:
        for page in pdf.pages:
            page.obj["/Tabs"] = pikepdf.Name("/R")
        form = pdf.Root.get("/AcroForm")
        if form is not None:
            # Letters that the built-in typeface lacks are drawn by whoever shows the form.
            form["/NeedAppearances"] = True
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()
