"""Links to other entries, and files, are found, added and taken away."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtTest import QTest

from dpdesk.registers.fields import Field, Kind
from ui.kit.register.inputs_links import LinkInput

# The screen of the tests cannot grab the keyboard for a popup; nothing is lost.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def leave(made: Any) -> None:
    made.page.away.setFocus()


def test_a_link_is_found_by_a_part_of_its_title(put):
    made: LinkInput = put(Field(Kind.LINK, "Like", "a", target="invented_umbrella"))
    QTest.keyClicks(made.line, "folding")
    assert made.value() is None
    assert made.problem()
    made.line.offer()
    offered = made.line.completer().model()
    assert [offered.index(i, 0).data() for i in range(offered.rowCount())] == [
        "UM-2026-003 Blue, folding"
    ]
    leave(made)
    assert made.value() == 3, "the only match is what was meant"
    assert made.line.text() == "UM-2026-003 Blue, folding"


def test_a_link_that_is_typed_over_is_no_longer_that_link(put):
    made: LinkInput = put(Field(Kind.LINK, "Shelf", "a", target="invented_shelf"))
    made.set_value(1)
    made.line.selectAll()
    QTest.keyClicks(made.line, "zzz")
    assert made.value() is None
    leave(made)
    assert made.line.text() == "zzz"
    assert made.problem()


def test_links_are_added_and_taken_away(put):
    made = put(Field(Kind.LINKS, "Like", "a", target="invented_umbrella"))
    made.set_value(("UM-2026-001",))
    QTest.keyClicks(made.line, "folding")
    leave(made)
    assert made.value() == ("UM-2026-001", "UM-2026-003")
    tag = next(
        made.tags.layout().itemAt(i).widget()
        for i in range(made.tags.layout().count())
        if "001" in made.tags.layout().itemAt(i).widget().text()
    )
    tag.click()
    assert made.value() == ("UM-2026-003",)


def test_linked_entries_are_shown_by_their_names_and_unknown_ones_by_their_references(put):
    made = put(Field(Kind.LINKS, "Like", "a", target="invented_umbrella"))
    made.set_value(("UM-2026-003", "UM-2019-999"))
    places = range(made.tags.layout().count())
    known, unknown = (made.tags.layout().itemAt(place).widget().text() for place in places)
    assert known.startswith("UM-2026-003 ")
    assert len(known) > len("UM-2026-003 ")
    assert unknown == "UM-2019-999"


@pytest.mark.parametrize("kind", [Kind.LINK, Kind.LINKS])
def test_who_types_a_name_that_is_not_there_is_told_where_to_add_it(put, kind):
    made = put(Field(kind, "Like", "a", target="invented_umbrella"))
    QTest.keyClicks(made.line, "zzz")
    leave(made)
    assert "No umbrella under Umbrella log is called “zzz”" in made.problem()
    assert "first" in made.problem()
    made.line.setText("UM-2026")
    assert "Choose an entry" in made.problem(), "there are several of that name"
