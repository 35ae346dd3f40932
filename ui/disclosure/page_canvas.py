"""Paints a page: the paper, marks, what is being marked, and the page as it would be released.

Paper is white in every appearance, so everything on it takes the colours of the light palette.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen

from dpdesk.documents.pages import Box
from ui.disclosure.page_tools import Tint
from ui.kit.look.palette import LIGHT
from ui.kit.look.theme import theme

_INK: Final = QColor(LIGHT.accent)
_OTHER: Final = QColor(LIGHT.warn)
_PROPOSED: Final = QColor(LIGHT.danger)
_MINE: Final = QColor(LIGHT.ok)
_GREY: Final = QColor(LIGHT.muted)
_ROUND: Final = 3.0


@dataclass
class WithheldSheet:
    """The words that stand in place of a withheld page."""

    title: str
    under: str


@dataclass(frozen=True)
class MovedStretch:
    """Part of a line that is white but for what moves there: (where it was, how far right)."""

    wiped: Box
    moved: tuple[tuple[Box, float], ...]


@dataclass(frozen=True)
class ProposedPlace:
    """A place that is proposed for removal; the ``current`` one is the one that A accepts."""

    box: Box
    label: str = ""
    current: bool = False
    doubtful: bool = False


@dataclass(frozen=True)
class SeenPlace:
    """Words that stand on an earlier page too, with a tag that says where."""

    box: Box
    label: str = ""


@dataclass
class Painted:
    """Everything that is painted on the paper, in points."""

    tints: tuple[Tint, ...] = ()
    selected: int = 0
    """Number of the mark that is selected, 0 for none."""
    hits: tuple[Box, ...] = ()
    """Places that were found and are not marked."""
    proposed: tuple[ProposedPlace, ...] = ()
    doubtful: tuple[Box, ...] = ()
    """Words read from a picture that may be misread."""
    seen: tuple[SeenPlace, ...] = ()
    named: tuple[Box, ...] = ()
    """Where the data subject is named."""
    chosen: tuple[Box, ...] = ()
    """Words that are being marked."""
    cursor: Box | None = None
    drawn: Box | None = None
    """A box that is being drawn."""
    released: bool = False
    areas: tuple[Box, ...] = field(default=())
    """What is black in the bundle."""
    stretches: tuple[MovedStretch, ...] = ()
    """What is set anew in the bundle."""
    sheet: WithheldSheet | None = None
    waiting: str = ""
    """What stands on the paper while the page is not drawn."""


class PaperPlace:
    """Where the paper lies in the window, and how many pixels a point has there."""

    def __init__(self, room: QRectF, scale: float) -> None:
        self.room = room
        self.scale = scale

    def pixels(self, box: Box) -> QRectF:
        """A box of the page in pixels of the window."""
        corner = self.room.topLeft()
        return QRectF(
            corner.x() + box.x0 * self.scale,
            corner.y() + box.y0 * self.scale,
            box.width * self.scale,
            box.height * self.scale,
        )

    def points(self, place: QPointF) -> tuple[float, float]:
        """A place in the window in points of the page."""
        away = place - self.room.topLeft()
        return away.x() / self.scale, away.y() / self.scale


def paint_paper(painter: QPainter, paper: PaperPlace, image: QImage | None, shown: Painted) -> None:
    """Paints the page and all that is on it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setPen(QPen(QColor(theme().colours.line), 1))
    painter.setBrush(QColor("white"))
    painter.drawRect(paper.room.adjusted(-0.5, -0.5, 0.5, 0.5))
    if shown.released and shown.sheet is not None:
        _paint_sheet(painter, paper, shown.sheet)
        return
    if image is not None:
        _paint_image(painter, paper.room, image)
    elif shown.waiting:
        painter.setPen(QColor(LIGHT.muted))
        room = paper.room.adjusted(0, 40, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignHCenter, shown.waiting)
    if shown.released:
        if image is not None:
            _set_anew(painter, paper, image, shown.stretches)
        _fill(painter, paper, shown.areas, QColor("black"))
    elif shown.sheet is not None:
        _paint_withheld(painter, paper)
    if not shown.released:
        _paint_seen(painter, paper, shown.seen)
        _paint_named(painter, paper, shown.named)
        _paint_doubtful(painter, paper, shown.doubtful)
        for tint in shown.tints:
            _paint_tint(painter, paper, tint, selected=tint.id == shown.selected)
        _paint_proposed(painter, paper, shown.proposed)
    _paint_hits(painter, paper, shown.hits)
    _paint_choice(painter, paper, shown)


def _paint_image(painter: QPainter, room: QRectF, image: QImage) -> None:
    """Draws the page pixel by pixel where it was drawn for this very size; that is quicker."""
    sharp = abs(room.width() * painter.device().devicePixelRatio() - image.width()) <= 1.0
    if sharp:
        room = QRectF(room.topLeft(), image.size() / painter.device().devicePixelRatio())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not sharp)
    painter.drawImage(room, image)


def _set_anew(
    painter: QPainter, paper: PaperPlace, image: QImage, stretches: Sequence[MovedStretch]
) -> None:
    """Wipes lines and puts what stays on them to its new place, pixel by pixel."""
    _fill(painter, paper, [stretch.wiped for stretch in stretches], QColor("white"))
    ratio = image.width() / paper.room.width()
    corner = paper.room.topLeft()
    for box, right in (moved for stretch in stretches for moved in stretch.moved):
        place = paper.pixels(box)
        part = place.translated(-corner)
        source = QRectF(part.topLeft() * ratio, part.size() * ratio).toAlignedRect()
        left = round((place.left() + right * paper.scale - corner.x()) * ratio) / ratio
        shift = QPointF(left - part.left(), 0) + corner
        target = QRectF(QPointF(source.topLeft()) / ratio + shift, QSizeF(source.size()) / ratio)
        painter.drawImage(target, image, QRectF(source))


def _fill(painter: QPainter, paper: PaperPlace, boxes: Iterable[Box], colour: QColor) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for box in boxes:
        # Outwards to whole pixels: half a pixel of a letter must not show here either.
        painter.fillRect(paper.pixels(box).toAlignedRect(), colour)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _clear(colour: QColor, share: float) -> QColor:
    made = QColor(colour)
    made.setAlphaF(share)
    return made


def _paint_tint(painter: QPainter, paper: PaperPlace, tint: Tint, *, selected: bool) -> None:
    room = paper.pixels(tint.box).adjusted(-1.5, -0.5, 1.5, 0.5)
    painter.setPen(QPen(_INK, 3.0 if selected else 1.6))
    painter.setBrush(_clear(_INK, 0.40 if selected else 0.24))
    painter.drawRoundedRect(room, _ROUND, _ROUND)
    _paint_tag(painter, room, f"{tint.number} {tint.code}" if tint.number else tint.code)


def _paint_tag(painter: QPainter, room: QRectF, text: str, colour: QColor = _INK) -> None:
    """Number and code, on the upper edge, as small as can be read."""
    font = QFont(painter.font())
    font.setPixelSize(9)
    font.setWeight(QFont.Weight.DemiBold)
    painter.save()
    painter.setFont(font)
    measures = painter.fontMetrics()
    width, height = measures.horizontalAdvance(text) + 6.0, float(measures.height() - 1)
    tag = QRectF(room.left(), room.top() - height + 2, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(tag, 2, 2)
    painter.setPen(QColor("white"))
    painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def _paint_hits(painter: QPainter, paper: PaperPlace, hits: Sequence[Box]) -> None:
    painter.setPen(QPen(_OTHER, 1.6, Qt.PenStyle.DashLine))
    painter.setBrush(_clear(_OTHER, 0.16))
    for box in hits:
        painter.drawRoundedRect(paper.pixels(box).adjusted(-1.5, -0.5, 1.5, 0.5), _ROUND, _ROUND)


def _paint_proposed(painter: QPainter, paper: PaperPlace, places: Sequence[ProposedPlace]) -> None:
    """An outline without a fill: nothing is marked there yet. What is doubtful has dots only."""
    for place in places:
        room = paper.pixels(place.box).adjusted(-2, -1, 2, 1)
        style = Qt.PenStyle.DotLine if place.doubtful else Qt.PenStyle.DashDotLine
        pen = (
            QPen(_PROPOSED, 2.6, Qt.PenStyle.SolidLine)
            if place.current
            else QPen(_PROPOSED, 1.6, style)
        )
        painter.setPen(pen)
        painter.setBrush(_clear(_PROPOSED, 0.14 if place.current else 0.05))
        painter.drawRoundedRect(room, _ROUND, _ROUND)
        if place.current and place.label:
            _paint_tag(painter, room, place.label, _PROPOSED)


def _paint_seen(painter: QPainter, paper: PaperPlace, places: Sequence[SeenPlace]) -> None:
    """A white veil, so that the words turn grey and can still be read; a bar at their left."""
    veil = _clear(QColor("white"), 0.62)
    left = min((paper.pixels(place.box).left() for place in places), default=0.0) - 6
    for place in places:
        room = paper.pixels(place.box).adjusted(-2, -1.5, 2, 1.5)
        painter.fillRect(room, veil)
        painter.fillRect(QRectF(left, room.top(), 2, room.height()), _GREY)
    for place in places:
        if place.label:
            _paint_beside(painter, paper, QPointF(left - 3, paper.pixels(place.box).top()), place)


def _paint_beside(painter: QPainter, paper: PaperPlace, corner: QPointF, place: SeenPlace) -> None:
    """A tag in the margin, its upper right corner there: it must cover no words."""
    font = QFont(painter.font())
    font.setPixelSize(min(12, max(7, round(8 * paper.scale))))
    font.setWeight(QFont.Weight.DemiBold)
    painter.save()
    painter.setFont(font)
    measures = painter.fontMetrics()
    lines = place.label.split("\n")
    width = max(measures.horizontalAdvance(line) for line in lines) + 6.0
    tag = QRectF(corner.x() - width, corner.y(), width, len(lines) * measures.height() + 2.0)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_GREY)
    painter.drawRoundedRect(tag, 3, 3)
    painter.setPen(QColor("white"))
    painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, place.label)
    painter.restore()


def _paint_named(painter: QPainter, paper: PaperPlace, boxes: Sequence[Box]) -> None:
    """A green line below the name of the person whose data it is."""
    painter.setPen(QPen(_MINE, 2.0))
    for box in boxes:
        room = paper.pixels(box).adjusted(0, 0, 0, 1.5)
        painter.drawLine(room.bottomLeft(), room.bottomRight())


def _paint_doubtful(painter: QPainter, paper: PaperPlace, boxes: Sequence[Box]) -> None:
    """A line of dots below each word: there all the time, so it must not be loud."""
    painter.setPen(QPen(_OTHER, 2.0, Qt.PenStyle.DotLine))
    for box in boxes:
        room = paper.pixels(box)
        painter.drawLine(room.bottomLeft(), room.bottomRight())


def _paint_choice(painter: QPainter, paper: PaperPlace, shown: Painted) -> None:
    _fill(painter, paper, shown.chosen, _clear(_INK, 0.30))
    if shown.cursor is not None:
        painter.setPen(QPen(_INK, 2.0, Qt.PenStyle.DotLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(paper.pixels(shown.cursor).adjusted(-2, -1, 2, 1))
    if shown.drawn is not None:
        painter.setPen(QPen(_INK, 1.6, Qt.PenStyle.DashLine))
        painter.setBrush(_clear(_INK, 0.20))
        painter.drawRect(paper.pixels(shown.drawn))


def _paint_withheld(painter: QPainter, paper: PaperPlace) -> None:
    """A veil over a page that will be left out: it can still be read here."""
    painter.fillRect(paper.room, _clear(_INK, 0.16))
    painter.setPen(QPen(_INK, 4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(paper.room.adjusted(2, 2, -2, -2))


def _paint_sheet(painter: QPainter, paper: PaperPlace, sheet: WithheldSheet) -> None:
    font = QFont(painter.font())
    font.setPixelSize(max(8, round(16 * paper.scale)))
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(QColor(LIGHT.text))
    middle = paper.room.center().y()
    side = 60 * paper.scale
    room = paper.room.adjusted(side, 0, -side, 0)
    room.setBottom(middle)
    flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(room, flags | Qt.AlignmentFlag.AlignBottom, sheet.title)
    font.setPixelSize(max(7, round(11 * paper.scale)))
    font.setWeight(QFont.Weight.Normal)
    painter.setFont(font)
    room.setTop(middle + 8 * paper.scale)
    room.setBottom(paper.room.bottom())
    painter.drawText(room, flags | Qt.AlignmentFlag.AlignTop, sheet.under)
