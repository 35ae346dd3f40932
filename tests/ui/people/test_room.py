"""The people tab: lists come in from the window, and both ends of a relationship show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QPushButton

from dpdesk.people.matching import Fate
from tests.builders import Template, a_request, make_template
from tests.people import exports
from tests.people.test_told_once import ONCE
from tests.ui.office import Office, open_office
from tests.ui.walk import assert_walkable, sideways
from ui.people import PeopleRoom
from ui.people.import_dialog import PeopleImportDialog
from ui.people.move_dialog import MoveDialog


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return make_template(tmp_path_factory.mktemp("office") / "ws")


@pytest.fixture
def office(template: Template, tmp_path: Path, qapp: QApplication, qtbot: Any) -> Iterator[Office]:
    with open_office(template, tmp_path / "ws", qapp, qtbot, PeopleRoom) as made:
        yield made


def choose(office: Office, tmp_path: Path, text: str, accept: Any) -> None:
    """Imports a file as the user would, with ``accept`` looking at the dialog."""
    file = tmp_path / "list.csv"
    file.write_text(text, "utf-8")
    office.noted.answers.append([file])

    def look(listing: Any, name: str, again: Any) -> Any:
        dialog = PeopleImportDialog(office.room.importing, listing, name, office.room, again=again)
        office.qtbot.addWidget(dialog)
        accept(dialog)
        return dialog.wanted()

    office.room.look = look
    office.room.bring_in()
    office.finish()


def test_a_list_comes_in_and_goes_out_again_by_undo(office, tmp_path):
    seen: list[str] = []
    choose(
        office, tmp_path, exports.CONTACTS, lambda dialog: seen.append(dialog.banner.text.text())
    )
    assert "5 new, 0 changed" in seen[0]
    people = office.desk.people.people
    assert len(people.known()) == 5
    assert office.said() == "5 new, 0 changed."
    tom = next(each for each in people.known() if each.name == "Tom Ward")
    office.room.page.open(tom.id)
    mother = next(each for each in people.known() if each.name == "Joanne Hill")
    office.room.page.open(mother.id)
    panel = office.room.children_panel
    shown = [each.text() for each in panel.findChildren(QPushButton) if not each.isHidden()]
    assert shown == ["Ward, Ana", "Ward, Tom"]
    office.noted.undo()
    office.finish()
    assert people.known() == ()


def test_tab_leads_to_what_a_list_would_do_before_the_way_out(office, tmp_path):
    passed: list[Any] = []

    def walk(dialog: PeopleImportDialog) -> None:
        dialog.show()
        dialog.look()  # what is decided anew must not go to the end
        at: Any = dialog.panel
        for _ in range(200):
            at = at.nextInFocusChain()
            if at.focusPolicy() & Qt.FocusPolicy.TabFocus and at.isVisible():
                passed.append(at)
        places = [passed.index(each) for each in (
            *dialog._combos.values(), dialog.tree, dialog.cancel_button, dialog.accept_button
        )]  # fmt: skip
        assert places == sorted(places)
        QApplication.sendEvent(dialog.tree, QFocusEvent(QFocusEvent.Type.FocusIn))
        assert dialog.tree.currentItem() is dialog.tree.topLevelItem(0)

    choose(office, tmp_path, exports.CONTACTS, walk)
    assert passed


def test_who_belongs_to_somebody_new_is_shown_before_it_is_accepted(office, tmp_path):
    seen: list[list[str]] = []

    def look(dialog: PeopleImportDialog) -> None:
        top = dialog.tree.topLevelItem(0)
        assert top is not None
        line = top.child(0)
        assert line is not None
        below = [line.child(n) for n in range(line.childCount())]
        for each in filter(None, (line, *below)):
            seen.append([each.text(0), each.text(1), each.text(3)])

    head = "Forename,Surname,DOB,Form,Parent 1 Name,Parent 1 PR,Father Name,Father PR\n"
    choose(office, tmp_path, f"{head}Ana,Ward,2/3/2015,7A,Jo Hill,Yes,Dan Ward,No\n", look)
    assert seen == [
        ["Ana Ward", "Pupil", "2 March 2015, 7A"],
        ["Jo Hill", "Contact", "Parental responsibility"],
        ["Dan Ward", "Father", "No parental responsibility"],
    ]


def test_what_changes_is_seen_without_opening_anything(office, tmp_path):
    head = "Admission No,Surname,Forename,DOB\n"
    choose(office, tmp_path, f"{head}0101,Sampleton,Ben,04/07/2015\n", lambda dialog: None)
    seen: list[list[str]] = []

    def look(dialog):
        tree = dialog.tree
        line = tree.topLevelItem(0).child(0)
        assert line.isExpanded()
        seen.extend([line.child(n).text(c) for c in (0, 2, 3)] for n in range(line.childCount()))

    choose(office, tmp_path, f"{head}0101,Newname,Ben,04/07/2015\n", look)
    assert seen == [["Surname", "Sampleton", "Newname"], ["Other names", "–", "Sampleton"]]


def test_a_doubt_is_decided_side_by_side(office, tmp_path):
    people = office.desk.people.people
    here = people.save({"kind": "pupil", "surname": "Ward", "forename": "Tom"}).entry
    text = exports.SHORT.replace("H801200001001", "")

    def decide(dialog: PeopleImportDialog) -> None:
        assert dialog._plan is not None
        (doubt,) = dialog._plan.of(Fate.DOUBTFUL)
        combo = dialog._deciding(doubt)
        combo.setCurrentIndex(combo.findData(here.id))
        combo.activated.emit(combo.currentIndex())
        assert not dialog._plan.of(Fate.DOUBTFUL)
        assert_walkable(dialog)

    choose(office, tmp_path, text, decide)
    assert people.load(here.id).values["form"] == "7A"


def test_columns_are_explained_in_the_dialog_and_remembered(office, tmp_path):
    def explain(dialog: PeopleImportDialog) -> None:
        assert not dialog.accept_button.isEnabled()
        for heading, meaning in (("Kid", "name"), ("Grown-up", "adult 1.name")):
            combo = dialog._combos[heading]
            combo.setCurrentIndex(combo.findData(meaning))
            combo.activated.emit(combo.currentIndex())
        assert dialog.accept_button.isEnabled()

    choose(office, tmp_path, "Kid,Grown-up\nAna Ward,Joanne Hill\n", explain)
    people = office.desk.people.people
    assert {each.name for each in people.known()} == {"Ana Ward", "Joanne Hill"}
    choose(
        office,
        tmp_path,
        "Kid,Grown-up\nBen Sample,Sue Sample\n",
        lambda dialog: None if dialog.accept_button.isEnabled() else pytest.fail("forgotten"),
    )
    assert len(people.known()) == 4


def test_the_page_can_be_walked(office):
    assert_walkable(office.room)


SAYS = "No use of the behaviour log before the appeal is decided"


def test_a_restriction_stands_on_the_page_and_in_the_list(office):
    values = {"kind": "pupil", "surname": "Example", "forename": "Robin"}
    pupil = office.desk.people.people.save(values).entry
    office.room.open_entry(pupil.id)
    assert office.room.flags.isHidden()
    entry = a_request(
        office.desk,
        kind="restriction",
        subject_person=pupil.id,
        flag_from=dt.date(2026, 11, 10),
        flag_says=SAYS,
    )
    office.room.open_entry(pupil.id)
    assert office.room.flags.isVisibleTo(office.room)
    assert f"{SAYS}: the restriction {entry.reference}." in office.room.flags.text.text()
    office.room.flags.press(f"Open {entry.reference}")
    assert ("open", "requests", entry.id) in [each[:3] for each in office.noted.asked]
    office.room.show_chip("flagged")
    model = office.room.list.model
    assert model.badge(0, 2).text == "Not to be used"
    assert entry.reference in model.badge(0, 2).hint


def test_everybody_moves_up_from_the_window_and_back_by_undo(office):
    people = office.desk.people.people
    old = people.save({"kind": "pupil", "surname": "Elder", "forename": "Eve", "year_group": "8"})
    ana = people.save({"kind": "pupil", "surname": "Ward", "forename": "Ana", "year_group": "7"})
    said: list[str] = []

    def look(plan: Any) -> Any:
        dialog = MoveDialog(plan, office.room.around.now, office.room)
        office.qtbot.addWidget(dialog)
        said.append(dialog.banner.text.text())
        assert_walkable(dialog)
        return dialog.wanted()

    office.room.ask = look
    office.room.new_year.click()
    office.finish()
    (banner,) = said
    assert banner == (
        "1 pupil will move up, 1 will leave. It is Friday 20 November 2026, in the middle of a "
        "school year."
    )
    assert office.said() == "1 pupil moved up, 1 left on Monday 31 August 2026."
    assert people.load(ana.entry.id).values["year_group"] == "8"
    assert people.load(old.entry.id).values["left_on"] is not None
    office.noted.undo()
    office.finish()
    assert people.load(ana.entry.id).values["year_group"] == "7"
    assert people.load(old.entry.id).values.get("left_on") is None


def test_a_year_says_where_it_goes_and_how_many_of_it_leave(office):
    people = office.desk.people.people
    for surname, year in (("Ward", "7"), ("Hill", "7"), ("Elder", "8")):
        people.save({"kind": "pupil", "surname": surname, "forename": "Bo", "year_group": year})
    office.clock.on(dt.date(2027, 7, 20))
    dialog = MoveDialog(office.desk.people.moving.plan(), office.room.around.now, office.room)
    office.qtbot.addWidget(dialog)
    younger, older = (dialog.tree.topLevelItem(place) for place in (0, 1))
    assert younger is not None
    assert older is not None
    assert (younger.text(0), older.text(0)) == (
        "Year 7 to Year 8: 2 pupils", "Year 8: 1 pupil, leaving",
    )  # fmt: skip
    assert "middle of a school year" not in dialog.banner.text.text()
    line = younger.child(0)
    assert line is not None
    line.setCheckState(0, Qt.CheckState.Checked)
    assert younger.text(0) == "Year 7 to Year 8: 2 pupils, 1 leaving"


def test_the_columns_of_people_fit_the_usual_screen(office):
    people = office.desk.people.people
    people.save({"kind": "pupil", "surname": "Ward", "forename": "Ana", "year_group": "R"})
    office.room.show_chip("all")
    table = office.room.list.table
    office.until(lambda: table.model().rowCount() == 1)
    assert table.horizontalHeader().length() <= table.viewport().width()


def test_nobody_stays_where_there_is_no_year_above(office):
    people = office.desk.people.people
    people.save({"kind": "pupil", "surname": "Elder", "forename": "Eve", "year_group": "13"})
    dialog = MoveDialog(office.desk.people.moving.plan(), office.room.around.now, office.room)
    office.qtbot.addWidget(dialog)
    assert dialog.accept_button.isEnabled()
    top = dialog.tree.topLevelItem(0)
    assert top is not None
    line = top.child(0)
    assert line is not None
    line.setCheckState(0, Qt.CheckState.Unchecked)
    assert not dialog.accept_button.isEnabled()
    assert "no year above for Eve Elder" in dialog.banner.text.text()


def test_doubts_stay_in_their_place_while_they_are_decided_and_all_plain_ones_go_at_once(
    office, tmp_path
):
    people = office.desk.people.people
    names = [f"Sample{letter}" for letter in "abcdefghijklmnopqrst"]
    for name in names:
        people.save({"kind": "pupil", "surname": name, "forename": "Robin"})
    twin = people.save({"kind": "pupil", "surname": "Samplea", "forename": "Robin"}).entry

    def decide(dialog: PeopleImportDialog) -> None:
        dialog.show()
        bar = dialog.tree.verticalScrollBar()
        bar.setValue(bar.maximum() // 2)
        before, top = bar.value(), dialog.tree.topLevelItem(0)
        assert before
        assert top is not None
        assert "19" in dialog.same_button.text()
        key = next(key for key in dialog._deciders if "Samplea" in key)
        combo = dialog._deciders[key]
        combo.setCurrentIndex(combo.findData(twin.id))
        combo.activated.emit(combo.currentIndex())
        assert dialog.tree.topLevelItem(0) is top
        assert bar.value() == before
        assert combo.currentData() == twin.id
        dialog.same_button.click()
        assert dialog.same_button.isHidden()
        assert all(each.currentData() > 0 for each in dialog._deciders.values())
        assert top.text(0) == "Already here? All are decided"

    rows = "".join(f"Robin,{name},7A\n" for name in names)
    choose(office, tmp_path, f"Forename,Surname,Form\n{rows}", decide)
    assert len(people.known()) == len(names) + 1
    assert people.load(twin.id).values["form"] == "7A"


def test_what_is_known_here_stands_beside_what_the_list_says(office, tmp_path):
    people = office.desk.people.people
    born = dt.date(2015, 3, 2)
    people.save({"kind": "pupil", "surname": "Ward", "forename": "Tom", "born": born})
    seen: list[list[str]] = []

    def look(dialog: PeopleImportDialog) -> None:
        top = dialog.tree.topLevelItem(0)
        pair = top.child(0) if top is not None else None
        assert pair is not None
        for line in filter(None, (pair.child(n) for n in range(pair.childCount()))):
            seen.append([line.text(0), line.text(2), line.text(3)])

    choose(office, tmp_path, "Forename,Surname,Form\nTom,Ward,7A\n", look)
    assert ["Born", "2 March 2015", "–"] in seen
    assert any(line[0] == "Class" and line[2] == "7A" for line in seen)


def test_every_remark_on_a_list_can_be_read(office, tmp_path):
    seen: list[str] = []

    def look(dialog: PeopleImportDialog) -> None:
        assert "more remarks" in dialog.banner.text.text()
        for place in range(dialog.tree.topLevelItemCount()):
            top = dialog.tree.topLevelItem(place)
            assert top is not None
            lines = (top.child(n) for n in range(top.childCount()))
            seen.extend(line.text(0) for line in filter(None, lines))

    rows = "".join(f"Robin,Sample{letter},40/13/2015\n" for letter in "abcdefgh")
    choose(office, tmp_path, f"Forename,Surname,DOB\n{rows}", look)
    assert sum(said.startswith("Row ") for said in seen) == 8


@pytest.mark.parametrize("size", [(1280, 720), (1100, 700), (911, 472)])
def test_every_column_of_what_an_import_does_is_seen_in_the_window(office, tmp_path, size):
    choose(office, tmp_path, exports.TWO_PARENTS, lambda dialog: None)
    changed = exports.TWO_PARENTS.replace("4 Mill Lane", "The Old Mill, 4 Mill Lane, Near Wenham")
    more = '"Exampleton-Underwood, Wilhelmina",01/01/15,7A,Mrs,Philippa,Exampleton,,,,,,,,\n'

    def look(dialog: PeopleImportDialog) -> None:
        dialog.resize(*size)
        dialog.show()
        office.qtbot.waitExposed(dialog)
        office.until(lambda: dialog.tree.columnWidth(3) > 60)
        assert dialog.height() == size[1]
        assert sideways(dialog) == []
        tree = dialog.tree
        parent = tree.model().index(0, 0)
        words = [tree.model().index(row, 3, parent) for row in range(2)]
        assert all(tree.visualRect(cell).right() <= tree.viewport().width() for cell in words)
        born = next(cell for cell in words if "2015" in str(cell.data()))
        assert tree.sizeHintForIndex(born).width() <= tree.columnWidth(3)
        office.until(lambda: tree.viewport().height() > 4 * tree.visualRect(born).height())
        dialog.close()

    choose(office, tmp_path, changed + more, look)


def test_a_class_that_stands_once_is_read_below_by_one_tick(office, tmp_path):
    def look(dialog: PeopleImportDialog) -> None:
        assert "come in without a class" in dialog.banner.text.text()
        assert not dialog.down_box.isHidden()
        assert not dialog.down_box.isChecked()
        dialog.down_box.setFocus()
        dialog.down_box.click()
        assert "it is read for 3 rows below" in dialog.banner.text.text()
        assert_walkable(dialog)

    choose(office, tmp_path, ONCE, look)
    known = office.desk.people.people.known()
    assert sorted(str(each.form) for each in known) == ["7A", "7A", "7A", "7B", "7B"]
    seen: list[bool] = []
    choose(office, tmp_path, exports.SHORT, lambda dialog: seen.append(dialog.down_box.isHidden()))
    assert seen == [True]


def test_whom_the_boxes_are_about_is_named_and_what_was_done_is_said(office, tmp_path):
    people = office.desk.people.people
    choose(office, tmp_path, exports.CONTACTS, lambda dialog: None)
    known = {each.name: each.id for each in people.known()}
    people.save({"kind": "pupil", "surname": "Elsewhere", "forename": "Bo", "form": "5C"})
    tie = next(
        each for each in people.relationships.parts(known["Tom Ward"])
        if each.values["adult"] == known["Rose Ward"]
    )  # fmt: skip
    people.relationships.save(
        {"ended_on": people.today()}, tie.id, tie.version, parent_id=known["Tom Ward"]
    )
    ana = people.load(known["Ana Ward"])
    people.save({"left_on": people.today() - dt.timedelta(days=3)}, ana.id, ana.version)

    def tick(dialog: PeopleImportDialog) -> None:
        told = {}
        for place in range(dialog.tree.topLevelItemCount()):
            top = dialog.tree.topLevelItem(place)
            assert top is not None
            lines = filter(None, (top.child(n) for n in range(top.childCount())))
            told[top.text(0)] = [[line.text(n) for n in range(3)] for line in lines]
        assert told["On record, but not in this list: 1"] == [["Bo Elsewhere", "Pupil", "5C"]]
        assert told["In this list, but left before: 1"] == [
            ["Ana Ward", "Pupil", "Left on 17 Nov 2026"]
        ]
        assert told["In this list, but removed as a contact before: 1"] == [
            ["Rose Ward", "Contact of Tom Ward", "Removed"]
        ]
        assert dialog.back_box.text() == (
            "Rose Ward was removed as a contact of Tom Ward before: bring back"
        )
        for box in (dialog.leave_box, dialog.returned_box, dialog.back_box):
            box.setChecked(True)
        assert_walkable(dialog)

    choose(office, tmp_path, exports.CONTACTS, tick)
    assert office.said() == ("0 new, 1 changed, 1 left, 1 back again and 1 contact brought back.")
    office.noted.undo()
    office.finish()
    assert people.load(ana.id).state == "left"


@pytest.mark.parametrize(
    ("chip", "kind"),
    [("pupils", "pupil"), ("parents", "parent"), ("staff", "staff"), ("all", None)],
)
def test_whoever_is_added_to_a_list_of_pupils_is_a_pupil(office, chip, kind):
    office.room.list.choose_chip(chip)
    office.room.new_entry()
    assert office.room.page.form.values().get("kind") == kind
