"""Systems, their contracts, and the accounts that somebody looks through."""

from __future__ import annotations

import pytest

from tests.assets.conftest import TODAY
from tests.assets.test_findings import ORDER, SYSTEM_CASES
from tests.ui.walk import assert_walkable


@pytest.fixture
def system(systems):
    """Saves a system about which nothing is missing, but for what the keywords change."""

    def save(look=None, **values):
        service = systems.desk.assets.systems
        answers = {"name": "Cloud drive", "processor": "no", **ORDER, **values}
        entry = service.save({**service.blank().values, **answers}).entry
        if look:
            service.access_reviews.save(look, parent_id=entry.id)
        return service.load(entry.id)

    return save


@pytest.mark.parametrize("key", SYSTEM_CASES)
def test_every_gap_of_a_system_leads_to_what_mends_it(systems, system, key):
    values, look, mended, mended_look = SYSTEM_CASES[key]
    systems.room.open_entry(system(look, **values).id)
    assert [found.key for found in systems.room.gaps.found] == [key]
    systems.press(systems.room.gaps.found[0].gap.label, systems.room.gaps)
    looks = systems.room.part("access_reviews")
    if mended:
        (name,) = mended
        row = systems.room.page.form.rows[name]
        systems.until(lambda: row.isAncestorOf(systems.room.focusWidget()))
        form = systems.room.page.form
        form.set_values({**form.values(), **mended}, clean=False)
        assert systems.room.page.save()
    else:
        assert looks.form.values()["day"] == TODAY
        looks.form.set_values({**looks.form.values(), **mended_look}, clean=False)
        looks.editor.keep.click()
    assert systems.room.gaps.found == ()


def test_a_system_in_order_offers_the_next_look(systems, system):
    look = {"day": TODAY, "by_whom": "Bursar", "leavers": "yes", "idle": 0}
    systems.room.open_entry(system(look).id)
    assert "Thursday 20 May 2027" in systems.room.step.says.text()
    systems.press("Record an access review")
    assert systems.room.part("access_reviews").part is not None


def test_the_duty_to_look_through_accounts_leads_to_where_that_is_noted(systems, system):
    systems.room.open_entry(system().id, "access")
    systems.until(systems.room.part("access_reviews").add_button.hasFocus)


def test_the_assets_in_a_system_are_linked_from_it(systems, system):
    entry = system()
    asset = systems.desk.assets.assets.save(
        {"name": "Pupil files", "systems": (entry.reference,)}
    ).entry
    systems.room.open_entry(entry.id)
    systems.press(asset.reference, systems.room.links)
    assert systems.noted.asked[-1] == ("open", "assets", asset.id)


def test_pages_can_be_walked_by_keyboard_and_nothing_is_cut_off(systems, system):
    assert_walkable(systems.room)
    entry = system(processor="yes", stored="elsewhere")
    systems.room.show_list()
    assert_walkable(systems.room)
    systems.room.open_entry(entry.id)
    assert_walkable(systems.room)
    systems.room.new_entry()
    assert_walkable(systems.room)
