"""Every pair of colours can be read, in both palettes."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPalette

from ui.kit.look.palette import DARK, LIGHT, TONES, Colours, contrast, of_system, qt_palette

BOTH = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])


def test_contrast_is_reckoned_as_wcag_says():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#FFFFFF", "#777777") == contrast("#777777", "#FFFFFF")


@BOTH
@pytest.mark.parametrize("ground", ["window", "base", "hover", "selected"])
def test_body_text_is_easy_to_read(colours: Colours, ground: str):
    assert contrast(colours.text, getattr(colours, ground)) >= 7


@BOTH
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("muted", "window"),
        ("muted", "base"),
        ("muted", "hover"),
        ("faint", "base"),
        ("faint", "window"),
        ("accent", "window"),
        ("accent", "base"),
        ("accent", "hover"),
        ("accent", "selected"),
        ("on_accent", "accent"),
        ("on_accent", "accent_over"),
        ("danger", "base"),
        ("danger", "window"),
        *((tone, f"{tone}_bg") for tone in TONES),
        *((tone, "base") for tone in TONES),
    ],
)
def test_every_pair_of_words_and_ground_can_be_read(colours: Colours, ink: str, ground: str):
    assert contrast(getattr(colours, ink), getattr(colours, ground)) >= 4.5


@BOTH
@pytest.mark.parametrize("ground", ["window", "base"])
@pytest.mark.parametrize("edge", ["edge", "accent", "danger"])
def test_edges_of_inputs_and_the_focus_can_be_found(colours: Colours, edge: str, ground: str):
    assert contrast(getattr(colours, edge), getattr(colours, ground)) >= 3


@BOTH
def test_qt_never_shows_a_pair_that_cannot_be_read(colours: Colours):
    palette = qt_palette(colours)
    roles = QPalette.ColorRole
    pairs = (
        (roles.WindowText, roles.Window),
        (roles.Text, roles.Base),
        (roles.Text, roles.AlternateBase),
        (roles.ButtonText, roles.Button),
        (roles.PlaceholderText, roles.Base),
        (roles.HighlightedText, roles.Highlight),
        (roles.ToolTipText, roles.ToolTipBase),
        (roles.Link, roles.Base),
    )
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
        for ink, ground in pairs:
            found = contrast(palette.color(group, ink).name(), palette.color(group, ground).name())
            assert found >= 4.5, (ink, ground)
    off = QPalette.ColorGroup.Disabled
    assert contrast(palette.color(off, roles.Text).name(), colours.base) >= 4.5


def test_colours_chosen_for_high_contrast_are_obeyed():
    system = QPalette()
    roles = QPalette.ColorRole
    system.setColor(roles.Window, QColor("#000000"))
    system.setColor(roles.WindowText, QColor("#FFFF00"))
    system.setColor(roles.Base, QColor("#000000"))
    system.setColor(roles.Highlight, QColor("#00FF00"))
    system.setColor(roles.HighlightedText, QColor("#000000"))
    colours = of_system(system)
    assert colours.dark
    assert colours.tone("danger") == ("#ffff00", "#000000")
    assert colours.accent == "#00ff00"
    assert colours.muted == colours.text == "#ffff00"


def test_an_unknown_tone_is_quiet():
    assert LIGHT.tone("loud") == LIGHT.tone("quiet")


@pytest.mark.parametrize(
    ("ground", "text", "chosen", "on_chosen"),
    [
        ("#202020", "#FFFFFF", "#8EE3F0", "#263B50"),
        ("#FFFAEF", "#3D3D3D", "#903909", "#FFF5E3"),
        ("#2D3236", "#FFFFFF", "#A1BFDE", "#212D3B"),
        ("#000000", "#FFFFFF", "#D6B4FD", "#2B2B2B"),
    ],
    ids=["aquatic", "desert", "dusk", "night sky"],
)
def test_what_is_chosen_can_be_read_in_every_contrast_theme_of_windows(
    ground, text, chosen, on_chosen
):
    system = QPalette()
    roles = QPalette.ColorRole
    for role, colour in (
        (roles.Window, ground),
        (roles.Base, ground),
        (roles.WindowText, text),
        (roles.Highlight, chosen),
        (roles.HighlightedText, on_chosen),
    ):
        system.setColor(role, QColor(colour))
    colours = of_system(system)
    for ink in (colours.ink, colours.chip):
        assert contrast(ink, colours.selected) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_what_is_chosen_can_be_read_and_the_row_with_the_keyboard_be_told(colours):
    assert contrast(colours.ink, colours.selected) >= 4.5
    assert contrast(colours.chip, colours.selected) >= 4.5
    # Its lines, against the rows beside it and against its own tint.
    assert contrast(colours.accent, colours.base) >= 3
    assert contrast(colours.accent, colours.selected) >= 3
