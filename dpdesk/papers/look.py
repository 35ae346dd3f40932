"""The look of every paper: one scale of sizes, spaces and colours, in one place.

Lengths are points (1/72 inch). Black on white does the work; the accent colour only leads
the eye, so that a paper copied in grey loses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from .fonts import Face

A4 = (595.276, 841.89)
MARGIN = 56.7  # 20 mm left and right
TOP = 68.0
BOTTOM = 62.0

INK = "#1B1F24"
MUTED = "#56606D"
ACCENT = "#14566E"
LINE = "#D9DEE5"
TINT = "#F1F5F7"

SPACE_S, SPACE_M, SPACE_L, SPACE_XL = 4.0, 8.0, 14.0, 24.0


@dataclass(frozen=True, slots=True)
class Style:
    """How a block of text is set: size and leading in points."""

    size: float
    leading: float
    face: Face = "regular"
    colour: str = INK

    def but(self, *, face: Face | None = None, colour: str | None = None) -> Style:
        """The same style in another face or colour."""
        return replace(self, face=face or self.face, colour=colour or self.colour)


BODY = Style(10, 14.5)
STRONG = Style(10, 14.5, "medium")
SMALL = Style(8.5, 12, colour=MUTED)
CELL = Style(9, 12.5)
CELL_SMALL = Style(8, 11)
CELL_HEAD = Style(8.5, 12, "medium", MUTED)
TITLE = Style(20, 25, "medium", ACCENT)
HEADINGS = {
    1: Style(13.5, 18, "medium", ACCENT),
    2: Style(11, 15, "medium", INK),
    3: Style(10, 14.5, "medium", MUTED),
}
FURNITURE = Style(8, 11, colour=MUTED)
MARKING = Style(8.5, 11, "bold", INK)
SCHOOL = Style(14, 18, "medium", ACCENT)
KEY = Style(19, 26, "medium")
