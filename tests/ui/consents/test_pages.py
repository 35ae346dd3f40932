"""The pages of the consents tab, used as in a school office."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.builders import Template, make_template
from tests.consents.test_photos import a_photograph
from tests.papers.reading import text_of
from tests.ui.office import Office, open_office
from tests.ui.walk import assert_walkable
from ui.consents import CheckPage, MatrixPage, PhotosRoom, PilePage


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """A workspace with the standard uses and three pupils, each with one parent."""
    from dpdesk.desk import Desk
    from tests.builders import PASSPHRASE

    made = make_template(tmp_path_factory.mktemp("office") / "ws")
    desk = Desk.open(made.folder, PASSPHRASE)
    people = desk.people.people
    desk.consents.uses.add_usual()
    for name, form in (("Ana", "4B"), ("Ben", "4B"), ("Cara", "5C")):
        pupil = people.save(
            {"kind": "pupil", "surname": "Ward", "forename": name, "form": form}
        ).entry
        adult = people.save({"kind": "parent", "surname": "Hill", "forename": f"Jo {name}"}).entry
        tie = {"adult": adult.id, "relationship": "mother", "responsible": "yes"}
        people.relationships.save(tie, parent_id=pupil.id)
    desk.close()
    return made


def opened(template: Template, tmp_path: Path, qapp: Any, qtbot: Any, page: Any) -> Any:
    return open_office(template, tmp_path / "ws", qapp, qtbot, page)


@pytest.fixture
def matrix(template: Template, tmp_path: Path, qapp: QApplication, qtbot: Any) -> Iterator[Office]:
    with opened(template, tmp_path, qapp, qtbot, MatrixPage) as made:
        made.room.reload()
        yield made


@pytest.fixture
def check(template: Template, tmp_path: Path, qapp: QApplication, qtbot: Any) -> Iterator[Office]:
    with opened(template, tmp_path, qapp, qtbot, CheckPage) as made:
        made.room.reload()
        yield made


@pytest.fixture
def pile(template: Template, tmp_path: Path, qapp: QApplication, qtbot: Any) -> Iterator[Office]:
    with opened(template, tmp_path, qapp, qtbot, PilePage) as made:
        made.room.reload()
        yield made


@pytest.fixture
def photos(template: Template, tmp_path: Path, qapp: QApplication, qtbot: Any) -> Iterator[Office]:
    with opened(template, tmp_path, qapp, qtbot, PhotosRoom) as made:
        yield made


def test_enter_on_a_table_not_begun_yet_adds_no_uses(
    tmp_path: Path, qapp: QApplication, qtbot: Any
):
    nothing = make_template(tmp_path / "new")
    with opened(nothing, tmp_path, qapp, qtbot, MatrixPage) as office:
        office.room.show_list()
        office.room.take_focus()
        assert office.room.empty.hasFocus()
        QTest.keyClick(office.room.empty, Qt.Key.Key_Return)
        assert office.desk.consents.uses.listing().total == 0
        QTest.keyClick(office.room.empty, Qt.Key.Key_Tab)
        assert office.room.empty.action.hasFocus()


def cells(office: Office) -> list[list[str]]:
    model = office.room.model
    return [
        [model.index(r, c).data() for c in range(model.columnCount())]
        for r in range(model.rowCount())
    ]


def test_pupils_stand_down_and_uses_across_with_a_word_each(matrix):
    assert cells(matrix)[0] == ["Ward, Ana", "4B", "Not asked", "Not asked", "Not asked"]
    assert not matrix.room.model.index(0, 2).data(Qt.ItemDataRole.DecorationRole).isNull()
    assert "No answer is on record" in matrix.room.model.index(0, 2).data(
        Qt.ItemDataRole.ToolTipRole
    )
    assert_walkable(matrix.room)


def test_many_are_set_at_once_and_taken_back(matrix):
    room = matrix.room
    room.classes.setCurrentIndex(room.classes.findData("4B"))
    room.classes.chosen.emit()
    assert [row[0] for row in cells(matrix)] == ["Ward, Ana", "Ward, Ben"]
    room.table.selectAll()
    matrix.press("Record", room.many)
    matrix.finish()
    matrix.until(lambda: cells(matrix)[0][2] == "Given")
    assert [row[2] for row in cells(matrix)] == ["Given", "Given"]
    assert "Recorded for 2 pupils" in matrix.said()
    matrix.noted.undo()
    assert [row[2] for row in cells(matrix)] == ["Not asked", "Not asked"]


def test_the_keyboard_stays_with_its_pupil_when_the_table_is_read_again(matrix):
    table = matrix.room.table
    table.selectRow(1)
    chosen = table.current_id()
    matrix.room.read()
    assert table.current_id() == chosen
    assert table.chosen_ids() == (chosen,)


def test_a_pupil_is_found_by_typing_in_the_table(matrix):
    QTest.keyClick(matrix.room.table, Qt.Key.Key_B)
    matrix.until(lambda: len(cells(matrix)) == 1)
    assert cells(matrix)[0][0] == "Ward, Ben"


def test_forms_print_for_those_chosen_and_the_sheet_for_those_shown(matrix):
    room = matrix.room
    room.table.selectRow(1)
    for words, pages in (("Forms", ("Ben Ward",)), ("Class sheet", ("Ana Ward", "Cara Ward"))):
        matrix.noted.answers = ["Print"]
        matrix.press(words)
        said = text_of(matrix.printing.printed[-1][0])
        assert all(name in said for name in pages)
    assert "Ana Ward" not in text_of(matrix.printing.printed[0][0])


def test_those_who_need_a_word_can_be_shown_alone(matrix):
    room, desk = matrix.room, matrix.desk
    ana = room.roll.pupils[0]
    by = desk.consents.consents.first_deciders([ana.id])
    every = {use.id: "refused" for use in room.roll.uses}
    desk.consents.consents.answer_many([ana.id], every, by_whom=by)
    room.reload()
    for said, names in (
        ("An answer is missing", ["Ward, Ben", "Ward, Cara"]),
        ("Refused or withdrawn", ["Ward, Ana"]),
        ("Parents do not agree", []),
        ("Everybody", ["Ward, Ana", "Ward, Ben", "Ward, Cara"]),
    ):
        room.only.setCurrentText(said)
        room.only.activated.emit(room.only.currentIndex())
        assert [row[0] for row in cells(matrix)] == names, said


def enter(pile: Office, name: str, keys: str) -> None:
    """Types one form as fast as fingers can: name, Enter, a key for each box, Enter."""
    room = pile.room
    QTest.keyClicks(room.finder, name)
    QTest.keyClick(room.finder, Qt.Key.Key_Return)
    QTest.keyClicks(room.uses, keys)
    QTest.keyClick(room.uses, Qt.Key.Key_Return)


def test_a_pile_of_forms_is_entered_by_keyboard_alone(pile):
    enter(pile, "ana", "yny")
    enter(pile, "ben", "y n")
    roll = pile.desk.consents.consents.roll()
    said = [[str(roll.of(p.id, u.id).stands) for u in roll.uses] for p in roll.pupils]
    assert said[:2] == [["given", "refused", "given"], ["given", "not asked", "refused"]]
    assert "Given by Jo Ana Hill" in roll.why(roll.pupils[0].id, roll.uses[0].id)
    assert pile.room.pupil is None
    assert_walkable(pile.room)


def test_the_pupils_wish_is_one_key_among_the_boxes(pile):
    enter(pile, "ana", "yyyh")
    enter(pile, "ben", "ydyy")
    consents = pile.desk.consents.consents
    wishes = {
        each.values["pupil"]: each.values["wish"]
        for each in (consents.load(number) for number in (1, 4))
    }
    assert list(wishes.values()) == ["yes", "no"]
    assert pile.room.wish.wish is None, "and the next form begins with none"


def test_backspace_goes_back_and_an_empty_form_is_not_recorded(pile):
    room = pile.room
    QTest.keyClicks(room.finder, "ana")
    QTest.keyClick(room.finder, Qt.Key.Key_Return)
    QTest.keyClicks(room.uses, "y")
    QTest.keyClick(room.uses, Qt.Key.Key_Backspace)
    QTest.keyClick(room.uses, Qt.Key.Key_Return)
    assert "No box is answered" in pile.said()
    assert pile.desk.consents.consents.counts()["all"] == 0


def test_the_code_of_a_form_finds_the_pupil_and_the_words_that_were_on_it(pile):
    desk = pile.desk
    roll = desk.consents.consents.roll()
    cara = next(each for each in roll.pupils if each.name == "Cara Ward")
    codes = desk.consents.codes.fresh([cara.id])
    desk.consents.codes.keep(codes, roll.uses)
    code = codes[cara.id]
    use = desk.consents.uses.load(roll.uses[0].id)
    desk.consents.uses.save({"words": "Something else."}, use.id, use.version)
    enter(pile, code.lower(), "y")
    answer = desk.consents.consents.load(1)
    assert (answer.values["pupil"], answer.values["wording"]) == (cara.id, 1)


def test_a_pupil_without_anybody_who_may_decide_leads_to_their_page(pile):
    lone = pile.desk.people.people.save(
        {"kind": "pupil", "surname": "Lone", "forename": "Max"}
    ).entry
    pile.room.reload()
    enter(pile, "lone", "yyy")
    assert pile.desk.consents.consents.counts()["all"] == 0
    pile.press("Open the pupil’s page")
    assert ("open", "people", lone.id) in pile.noted.asked


def test_a_list_of_names_is_answered_while_it_is_pasted(check):
    room = check.room
    desk, roll = check.desk, check.room.roll
    ana = roll.pupils[0]
    by = desk.consents.consents.first_deciders([ana.id])
    desk.consents.consents.answer_many([ana.id], {roll.uses[0].id: "given"}, by_whom=by)
    room.reload()
    assert "no answer" in room.verdict.text.text()
    room.names.setPlainText("Ana Ward")
    check.until(lambda: room.verdict.text.text().startswith("Yes"))
    room.names.setPlainText("Ana Ward\nNobody Else")
    check.until(lambda: room.verdict.text.text().startswith("No"))
    assert "Nobody Else: Unknown" in room.list.item(0).text()
    room.names.setPlainText("Ward Ana")
    check.until(lambda: room.verdict.text.text().startswith("Yes. The one person"))
    assert "Ward Ana, that is Ana Ward (4B)" in room.list.item(0).text()
    room.names.setPlainText("Ana Ward")
    room.pupils.item(1).setCheckState(Qt.CheckState.Checked)
    check.until(lambda: "Ben Ward (4B): Not asked" in room.list.item(0).text())
    assert_walkable(room)


def test_several_pictures_are_added_and_one_is_taken_down_and_deleted(photos, tmp_path):
    files = []
    for number in range(2):
        files.append(tmp_path / f"{number}.jpg")
        files[-1].write_bytes(a_photograph(side=200 + number))
    files.append(tmp_path / "notes.jpg")
    files[-1].write_bytes(b"no picture")
    photos.noted.answers = [tuple(files)]
    photos.press("Add several")
    photos.finish()
    assert "1 file not added" in photos.said()
    room, desk = photos.room, photos.desk
    assert desk.consents.photos.counts()["all"] == 2
    room.open_entry(1)
    assert "Save a copy" in photos.offered(room.picture)
    assert "Add the file" not in photos.offered(room.picture)
    use = desk.consents.uses.every()[0]
    desk.consents.photos.places.save({"use": use.id, "where": "Hall"}, parent_id=1)
    room.open_entry(1)
    photos.press("It was taken down everywhere", room.picture)
    photos.noted.answers = [True]
    photos.press("Delete the picture", room.picture)
    assert desk.consents.photos.load(1).state == "deleted"
    assert desk.consents.photo_files.small(1) is None
    room.open_entry(1)
    assert photos.offered(room.picture) == []


def test_a_folder_that_is_dropped_is_taken_in_and_undone(photos, tmp_path):
    folder = tmp_path / "sports day"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.jpg").write_bytes(a_photograph(side=200 + number))
    (folder / "broken.jpg").write_bytes(b"no picture")
    photos.room.take_in([folder])
    photos.finish()
    assert photos.desk.consents.photos.counts()["all"] == 3
    assert photos.said().startswith("3 pictures added.")
    assert "1 file not added." in photos.said()
    photos.noted.undo()
    photos.finish()
    assert photos.desk.consents.photos.counts()["all"] == 0


def test_adding_pictures_can_be_stopped_and_what_is_there_stays(photos, tmp_path, monkeypatch):
    for number in range(4):
        (tmp_path / f"{number}.jpg").write_bytes(a_photograph(side=200 + number))
    add = photos.desk.consents.add_picture

    def added(path):
        photos.around.tasks.tasks[0].cancel()
        return add(path)

    monkeypatch.setattr(photos.desk.consents, "add_picture", added)
    photos.room.take_in([tmp_path])
    photos.finish()
    assert photos.said() == "Stopped: 1 of 4 pictures added."
    assert photos.desk.consents.photos.counts()["all"] == 1
    # The same folder once more goes on where it was stopped.
    monkeypatch.setattr(photos.desk.consents, "add_picture", add)
    photos.room.take_in([tmp_path])
    photos.finish()
    assert photos.said() == (
        "3 pictures added. Say of each who is in it. 1 file here already, and not added again."
    )
    assert photos.desk.consents.photos.counts()["all"] == 4


@pytest.mark.parametrize("page", ["matrix", "pile", "check"])
def test_the_pages_fit_a_small_screen(request, page):
    """1366 × 768 at 150 % leaves 911 pixels."""
    office = request.getfixturevalue(page)
    assert office.room.minimumSizeHint().width() <= 880
