"""Several schools: a list at the start, colours apart, one passphrase each, one in a window."""

from __future__ import annotations

import pytest

from dpdesk.store.known import remember
from tests.builders import PASSPHRASE
from tests.ui.walk import assert_walkable
from ui.kit.look.palette import DARK, LIGHT, contrast
from ui.kit.look.school_colours import COLOURS


@pytest.fixture
def two(template, tmp_path, preferences):
    folders = [template.copy(tmp_path / name) for name in ("Elmfield", "Oakmere")]
    for folder in folders:
        remember(preferences, folder)
    return folders


def test_one_school_sees_no_list_and_no_band(hall):
    assert hall.page.schools.isHidden()
    hall.type(PASSPHRASE)
    hall.page.give()
    hall.until(lambda: hall.window.opened is not None)
    assert hall.window.strip.isHidden()


def test_another_school_is_chosen_at_the_start_and_its_colour_stands_over_the_window(enter, two):
    hall = enter(two[0])
    page = hall.page
    assert [line.text() for line in page.schools.lines] == ["Elmfield (chosen)", "Oakmere"]
    assert [line.isChecked() for line in page.schools.lines] == [True, False]
    assert_walkable(page)
    page.passphrase.line.setText("typed for the other one")
    page.schools.lines[1].click()
    assert str(two[1]) in page.under.text()
    assert page.passphrase.text() == ""
    page.passphrase.line.setText(PASSPHRASE)
    page.give()
    hall.until(lambda: hall.window.opened is not None)
    assert hall.opened.desk.workspace.folder == two[1]
    assert hall.window.strip.colour == 1
    assert "orange" in hall.window.strip.accessibleName()
    assert hall.window.strip.isVisible()


def test_a_school_that_is_not_there_is_named_and_can_be_taken_off(enter, two, preferences):
    from dpdesk.store.known import known

    gone = remember(preferences, two[0].parent / "Gone")
    hall = enter(two[0])
    lines = hall.page.schools.lines
    assert "cannot be found now" in lines[2].text()
    assert not lines[2].isEnabled()
    hall.page.schools.dropped.emit(gone.folder)
    assert [line.text() for line in hall.page.schools.lines] == ["Elmfield (chosen)", "Oakmere"]
    assert len(known(preferences)) == 2


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_each_colour_is_seen_on_the_ground_of_the_window(colours):
    for _name, light, dark in COLOURS:
        assert contrast(dark if colours.dark else light, colours.window) >= 3
        assert contrast(dark if colours.dark else light, colours.base) >= 3
