"""A chart as a picture, for Word documents, which cannot be drawn into."""

from __future__ import annotations

import io
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from .charts import BarChart
from .fonts import file_of

_WIDE: Final = 1600
_LABEL: Final = 620
_BAR: Final = 34
_GAP: Final = 22
_TYPE: Final = 28
_INK: Final = "#1b1f24"
_SERIES: Final = ("#14566e", "#9fc3d0", "#d9dee5")


def chart_picture(chart: BarChart) -> bytes:
    """Level bars, each with its number, as a PNG."""
    series = max(len(chart.series), 1)
    group = series * _BAR + _GAP
    head = 60 if chart.series else 10
    picture = Image.new("RGB", (_WIDE, head + group * len(chart.bars) + 10), "white")
    draw = ImageDraw.Draw(picture)
    font = ImageFont.truetype(file_of("regular"), _TYPE)
    left = _LABEL
    for place, name in enumerate(chart.series):
        draw.rectangle((left, 14, left + 28, 42), _SERIES[place], _INK)
        draw.text((left + 40, 12), name, _INK, font)
        left += 60 + int(font.getlength(name)) + 40
    room = _WIDE - _LABEL - 160
    for number, bar in enumerate(chart.bars):
        top = head + number * group
        draw.text((0, top + (series * _BAR - _TYPE) // 2 - 4), bar.label, _INK, font)
        for place, value in enumerate(bar.values):
            upper = top + place * _BAR
            wide = int(room * value / chart.most)
            outline = (_LABEL, upper, _LABEL + max(wide, 2), upper + _BAR - 6)
            draw.rectangle(outline, _SERIES[place], _INK)
            draw.text((_LABEL + wide + 14, upper - 4), f"{value:,}", _INK, font)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
