"""Settings: changed once, kept, and felt everywhere."""

from __future__ import annotations

import pytest

from dpdesk.desk import Desk
from dpdesk.errors import WrongPassphrase
from dpdesk.store.keys import Cost
from dpdesk.store.workspace import Workspace
from dpdesk.updates import installing, signed
from tests.builders import PASSPHRASE, QUICK
from tests.ui.walk import SIZE, assert_walkable, cut_off
from tests.updates.files import a_publisher
from ui.kit.look.theme import theme

NEW = "lantern gravel orbit pickle"
OF_ROOMS = ["breach_settings", "request_settings", "ico_fee"]
"""The settings that rooms have, in the order of the rooms."""
KEYS = ["school", "calendar", *OF_ROOMS, "desk", "look", "passphrase", "check", "update", "about"]


@pytest.fixture
def at(home):
    """Opens a section of the settings."""

    def open_section(key):
        home.opened.pages.open_page("settings", section=key)
        return home.here.made[key]

    return open_section


def write(section, name, text):
    """Types an answer as the user would."""
    line = section.form.rows[name].input.line
    line.setFocus()
    line.selectAll()
    line.insert(text)
    line.textEdited.emit(text)


def test_these_are_the_sections(home, at):
    at("about")
    assert list(home.here.buttons) == KEYS


def test_every_section_can_be_walked_and_has_a_button_that_shows_it(home, at):
    """In one window, as making it is what costs."""
    at("about")
    page = home.here
    page.resize(*SIZE)
    for key in KEYS:
        page.buttons[key].click()
        assert page.section == key
        assert page.made[key].isVisible()
        # Words that are wrapped find their height a moment after they are shown.
        home.until(lambda: not cut_off(page))
        assert_walkable(page)


def test_the_name_of_the_school_changes_the_window(home, at):
    school = at("school")
    write(school, "name", "Oakhurst School")
    assert school.save_button.isEnabled()

    school.save()

    assert home.window.windowTitle() == "Oakhurst School — dpdesk"
    assert home.opened.desk.school.particulars().name == "Oakhurst School"
    assert not school.save_button.isEnabled()


def test_saving_can_be_undone(home, at):
    school = at("school")
    write(school, "name", "Oakhurst School")
    school.save()

    home.opened.message_bar.undo_button.click()

    assert home.opened.desk.school.particulars().name == "Elmfield School"
    assert school.form.rows["name"].input.value() == "Elmfield School"


def test_the_idle_time_counts_from_when_it_is_saved(home, at):
    desk = at("desk")
    write(desk, "idle_minutes", "3")

    desk.save()

    assert home.window.idle.left() == 180
    assert "locks in 3 minutes" in home.opened.message_bar.right.text()


def test_an_answer_that_cannot_be_is_said_and_nothing_is_saved(home, at):
    desk = at("desk")
    write(desk, "idle_minutes", "0")

    assert not desk.save()

    assert not desk.banner.isHidden()
    assert desk.form.rows["idle_minutes"].wrong
    assert home.opened.desk.school.particulars().idle_minutes == 10


def test_both_forms_of_the_one_entry_can_be_changed(home, at):
    school, desk = at("school"), at("desk")
    write(desk, "idle_minutes", "7")
    assert desk.save()
    write(school, "name", "Oakhurst School")
    assert school.save()

    particulars = home.opened.desk.school.particulars()
    assert (particulars.idle_minutes, particulars.name) == (7, "Oakhurst School")


def test_leaving_with_something_typed_asks_once(home, at):
    school = at("school")
    write(school, "name", "Oakhurst School")
    home.noted.answers = ["", "Discard"]

    home.here.buttons["look"].click()
    assert home.here.section == "school"
    assert home.here.buttons["school"].isChecked()
    home.here.buttons["look"].click()

    assert home.here.section == "look"
    assert home.opened.desk.school.particulars().name == "Elmfield School"


def test_what_was_half_typed_is_offered_the_next_day(home, at, enter, folder):
    school = at("school")
    write(school, "name", "Oakhurst Sch")
    home.window.lock()
    home.close()

    again = enter(folder)
    again.unlock()
    again.opened.pages.open_page("settings", section="school")
    banner = again.here.made["school"].banner
    assert not banner.isHidden()
    banner.press("Use it")

    assert again.here.made["school"].form.rows["name"].input.value() == "Oakhurst Sch"
    again.here.made["school"].discard()


def test_the_look_is_chosen_at_once_and_remembered(home, at, preferences):
    look = at("look")

    look.choices[next(one for one in look.choices if one == "dark")].setChecked(True)

    assert theme().colours.dark
    assert preferences.get("appearance") == "dark"


@pytest.fixture
def quick(monkeypatch):
    """A key that is quick to derive."""
    function = Workspace.change_passphrase
    defaults = function.__defaults__ or ()
    kept = tuple(QUICK if isinstance(one, Cost) else one for one in defaults)
    monkeypatch.setattr(function, "__defaults__", kept)


@pytest.mark.usefixtures("quick")
def test_the_passphrase_is_changed(home, at):
    section = at("passphrase")
    section.present.line.setText(PASSPHRASE)
    section.new.first.line.setText(NEW)
    section.new.again.line.setText(NEW)

    section.go.click()
    home.rest()

    home.opened.desk.keeping.passphrase_opens(NEW)
    assert "has been changed" in section.banner.text.text()
    assert section.new.first.line.text() == ""


@pytest.mark.usefixtures("quick")
def test_the_wrong_present_passphrase_changes_nothing(home, at):
    section = at("passphrase")
    section.present.line.setText("not the passphrase")
    section.new.first.line.setText(NEW)
    section.new.again.line.setText(NEW)

    section.go.click()
    home.rest()

    assert "not the current passphrase" in section.present.error.text()
    home.opened.desk.keeping.passphrase_opens(PASSPHRASE)


def test_passphrases_leave_the_screen_when_it_locks(home, at):
    section = at("passphrase")
    section.present.line.setText(PASSPHRASE)

    home.window.lock()

    assert section.present.line.text() == ""


def test_the_check_says_in_words_that_all_is_well(home, at):
    section = at("check")

    section.go.click()
    home.rest()

    assert "is there, exactly as it was saved" in section.banner.text.text()
    assert "of history: each follows" in section.found.text()


def test_the_check_names_what_is_wrong(home, at, folder):
    from tests.builders import a_pdf, a_request

    entry = a_request(home.opened.desk)
    home.opened.desk.documents.add("requests", entry.id, "Letter.pdf", a_pdf("Words"))
    vault = [path for path in (folder / "vault").rglob("*") if path.is_file()]
    vault[0].write_bytes(b"changed from outside")
    section = at("check")

    section.go.click()
    home.rest()

    assert "not as it was saved" in section.banner.text.text()
    assert "vault" in section.found.text()


def test_backing_up_now_lists_the_backup(home, at, folder):
    section = at("desk")
    assert "no automatic backup" in section.where.text()

    section.now_button.click()
    home.rest()

    assert section.where.text().startswith("1 automatic backup in")
    assert "Backed up and verified" in home.opened.message_bar.text.text()


def test_a_backup_goes_to_a_place_of_the_users_choice(home, at, tmp_path):
    section = at("desk")
    (tmp_path / "stick").mkdir()
    home.noted.answers = [tmp_path / "stick"]

    section.to_button.click()
    home.rest()

    (made,) = (tmp_path / "stick").iterdir()
    assert made.name.startswith(f"dpdesk-{home.clock():%Y}")
    assert made.suffix == ".dpbackup"
    assert f"Backed up to {made} and verified." in section.banner.text.text()
    assert "No backup on this computer yet" in home.opened.message_bar.right.text()


def test_the_backup_folder_can_be_chosen(home, at, tmp_path):
    section = at("desk")
    home.noted.answers = [tmp_path / "elsewhere"]

    section._choose.click()
    assert section.save()

    assert home.opened.desk.keeping.backup_folder() == tmp_path / "elsewhere"


def test_a_special_day_half_written_is_not_lost_without_a_question(home, at):
    section = at("calendar")
    panel = section.panels[0]
    panel.begin()
    panel.form.rows["name"].input.line.setText("Coronation")
    panel.form.rows["name"].input.line.textEdited.emit("Coronation")
    home.noted.answers = ["", "Discard"]

    home.here.buttons["look"].click()
    assert home.here.section == "calendar"
    home.here.buttons["look"].click()

    assert home.here.section == "look"


def test_discarding_can_be_taken_back(home, at):
    school = at("school")
    write(school, "name", "Oakhurst School")

    school.discard()
    assert school.form.rows["name"].input.value() == "Elmfield School"
    home.opened.message_bar.undo_button.click()

    assert school.form.rows["name"].input.value() == "Oakhurst School"
    school.discard()


# --- a new recovery sheet


def test_a_new_sheet_is_printed_and_only_then_does_its_key_open(home, at, template, folder):
    section = at("passphrase")
    section.proof.line.setText(PASSPHRASE)

    section.print_button.click()
    home.rest()

    assert "The new recovery sheet works" in section.banner.text.text()
    assert home.printing.printed[-1][0].startswith(b"%PDF")
    home.close()
    with pytest.raises(WrongPassphrase):
        Desk.open(folder, recovery_key=template.recovery_key)


def test_stepping_back_from_the_printer_leaves_the_old_sheet_working(home, at, template, folder):
    section = at("passphrase")
    section.proof.line.setText(PASSPHRASE)
    home.printing.willing = False

    section.print_button.click()
    home.rest()
    home.close()

    Desk.open(folder, recovery_key=template.recovery_key).close()


def test_a_new_sheet_needs_the_passphrase(home, at):
    section = at("passphrase")
    section.proof.line.setText("not the passphrase")

    section.print_button.click()
    home.rest()

    assert "not the passphrase" in section.proof.error.text()
    assert home.printing.printed == []


def test_an_update_is_shown_before_it_is_installed_and_a_checkout_says_that_it_takes_none(
    home, at, tmp_path, monkeypatch
):
    section = at("update")
    assert not section.choose.isVisible()
    assert "Whoever installed it" in section.reason

    publisher = a_publisher()
    monkeypatch.setattr(signed, "publishers", lambda: (publisher.public,))
    section.look(publisher.publish(tmp_path, "99.0.0"))
    assert section.found.isVisible()
    assert "Version 99.0.0" in section.news.text()
    assert "Scans are read." in section.news.text()
    assert_walkable(section)

    section.look(publisher.publish(tmp_path, "0.0.1"))
    assert not section.found.isVisible()
    assert "older" in section.banner.text.text()


@pytest.mark.parametrize("known", [True, False])
def test_an_update_is_asked_for_only_where_one_could_be_taken(home, at, monkeypatch, known):
    """Without the key of a publisher each file would be refused once it was chosen."""
    monkeypatch.setattr(installing, "why_not", lambda _copy: "")
    monkeypatch.setattr(signed, "publishers", lambda: (b"k" * 32,) if known else ())
    section = at("update")
    assert section.choose.isVisible() == known
    assert ("knows no publisher" in section.reason) != known
