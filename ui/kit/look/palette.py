"""The colours of the program, each with a name; nothing else in ``ui`` writes a colour.

Pairs that carry text keep 4.5 : 1 at least, body text 7 : 1, and the edges of inputs 3 : 1
(WCAG 2.2, 1.4.3 and 1.4.11); ``tests/ui/kit/look/test_palette.py`` computes them all.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from PySide6.QtGui import QColor, QPalette

TONES: Final = ("quiet", "ok", "info", "warn", "danger")
"""Tones a state, badge or banner may have. The word and the icon stand beside the colour."""


class Colours(NamedTuple):
    """Named colours of one appearance, as "#RRGGBB"."""

    dark: bool
    window: str
    base: str
    text: str
    muted: str
    faint: str
    """Placeholders and disabled text."""
    line: str
    edge: str
    """Edges of inputs and check boxes, which must be seen to be found."""
    accent: str
    accent_over: str
    """The accent under the pointer."""
    on_accent: str
    selected: str
    hover: str
    ok: str
    ok_bg: str
    info: str
    info_bg: str
    warn: str
    warn_bg: str
    danger: str
    danger_bg: str
    quiet: str
    quiet_bg: str

    @property
    def strong(self) -> bool:
        """Is what is chosen filled with the accent, as under a system palette of high contrast?"""
        return self.selected == self.accent

    @property
    def chip(self) -> str:
        """Ink of what is chosen, in the accent where the ground is only a tint."""
        return self.on_accent if self.strong else self.accent

    @property
    def ink(self) -> str:
        """Ink of a chosen row."""
        return self.on_accent if self.strong else self.text

    def tone(self, tone: str) -> tuple[str, str]:
        """Text and ground of a tone; a tone that is not known is quiet."""
        name = tone if tone in TONES else "quiet"
        return getattr(self, name), getattr(self, f"{name}_bg")


LIGHT: Final = Colours(
    dark=False,
    window="#F6F7F9",
    base="#FFFFFF",
    text="#1B1F24",
    muted="#56606D",
    faint="#68727E",
    line="#D9DEE5",
    edge="#858F9B",
    accent="#14566E",
    accent_over="#0F4558",
    on_accent="#FFFFFF",
    selected="#E1EDF2",
    hover="#EEF2F5",
    ok="#1E6B3A",
    ok_bg="#E8F5EC",
    info="#1B5E8C",
    info_bg="#E7F1F8",
    warn="#7A4F00",
    warn_bg="#FFF4DF",
    danger="#A3211A",
    danger_bg="#FCEDEC",
    quiet="#4A5460",
    quiet_bg="#ECEFF2",
)

DARK: Final = Colours(
    dark=True,
    window="#16191D",
    base="#1E2227",
    text="#E9ECEF",
    muted="#A3ADB8",
    faint="#959FAA",
    line="#343A42",
    edge="#727C88",
    accent="#7CC4DD",
    accent_over="#97D2E6",
    on_accent="#0E1A1F",
    selected="#20343C",
    hover="#272C32",
    ok="#8FD6A6",
    ok_bg="#1C2F23",
    info="#93C7EE",
    info_bg="#1B2C3A",
    warn="#F2C36B",
    warn_bg="#362B16",
    danger="#F49B94",
    danger_bg="#3A2120",
    quiet="#B4BDC7",
    quiet_bg="#2A3037",
)


def of_system(palette: QPalette) -> Colours:
    """The colours that a user of high contrast has chosen for the whole computer.

    They are obeyed as they are: tones lose their colour and keep icon and word.
    """
    window = palette.color(QPalette.ColorRole.Window)
    text = palette.color(QPalette.ColorRole.WindowText).name()
    base = palette.color(QPalette.ColorRole.Base).name()
    highlight = palette.color(QPalette.ColorRole.Highlight).name()
    on_highlight = palette.color(QPalette.ColorRole.HighlightedText).name()
    ground = window.name()
    plain = (DARK if window.lightnessF() < 0.5 else LIGHT)._replace(
        window=ground,
        base=base,
        text=text,
        muted=text,
        faint=text,
        line=text,
        edge=text,
        accent=highlight,
        accent_over=highlight,
        on_accent=on_highlight,
        selected=highlight,
        hover=base,
    )
    return plain._replace(
        ok=text,
        ok_bg=base,
        info=text,
        info_bg=base,
        warn=text,
        warn_bg=base,
        danger=text,
        danger_bg=base,
        quiet=text,
        quiet_bg=base,
    )


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    ink = QColor(colour)
    parts = (ink.redF(), ink.greenF(), ink.blueF())
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21, as WCAG 2.2 defines it."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def qt_palette(colours: Colours) -> QPalette:
    """The colours in the roles that Qt's own widgets ask for."""
    roles = QPalette.ColorRole
    palette = QPalette()
    chosen = {
        roles.Window: colours.window,
        roles.WindowText: colours.text,
        roles.Base: colours.base,
        roles.AlternateBase: colours.hover,
        roles.Text: colours.text,
        roles.Button: colours.base,
        roles.ButtonText: colours.text,
        roles.BrightText: colours.on_accent,
        roles.ToolTipBase: colours.base,
        roles.ToolTipText: colours.text,
        roles.PlaceholderText: colours.faint,
        roles.Highlight: colours.accent,
        roles.HighlightedText: colours.on_accent,
        roles.Accent: colours.accent,
        roles.Link: colours.accent,
        roles.LinkVisited: colours.accent,
        roles.Light: colours.base,
        roles.Midlight: colours.hover,
        roles.Mid: colours.line,
        roles.Dark: colours.edge,
        roles.Shadow: colours.edge,
    }
    for role, colour in chosen.items():
        palette.setColor(role, QColor(colour))
    off = QPalette.ColorGroup.Disabled
    for role in (roles.WindowText, roles.Text, roles.ButtonText, roles.HighlightedText):
        palette.setColor(off, role, QColor(colours.faint))
    palette.setColor(off, roles.Highlight, QColor(colours.line))
    palette.setColor(off, roles.Accent, QColor(colours.line))
    return palette
