"""Several workspaces on one computer: remembered by folder, each with a colour of its own."""

from __future__ import annotations

from dpdesk.store.known import COLOURS, forget, known, last, remember
from dpdesk.store.preferences import Preferences


def test_each_workspace_keeps_a_colour_that_no_other_has_while_there_are_enough(tmp_path):
    preferences = Preferences(tmp_path / "p.json")
    made = [remember(preferences, tmp_path / f"school {n}") for n in range(COLOURS)]
    assert {each.colour for each in made} == set(range(COLOURS))
    assert remember(preferences, tmp_path / "school 3") == made[3]
    again = Preferences(tmp_path / "p.json")
    assert known(again) == tuple(made)
    forget(again, made[2].folder)
    assert remember(again, tmp_path / "new").colour == made[2].colour


def test_a_list_that_somebody_spoilt_is_read_as_far_as_it_goes(tmp_path):
    preferences = Preferences(tmp_path / "p.json")
    preferences.set("workspaces", [["/a", 1], "x", ["", 2], [3, 4], ["/b", 99], None])
    assert [each.folder.name for each in known(preferences)] == ["a", "b"]
    preferences.set("workspaces", "nonsense")
    assert known(preferences) == ()


def test_a_stick_knows_its_workspaces_under_another_letter_and_folders_elsewhere_as_well(
    tmp_path, monkeypatch
):
    there, here = tmp_path / "E" / "records", tmp_path / "F" / "records"
    monkeypatch.setenv("DPDESK_HOME", str(there))
    preferences = Preferences(tmp_path / "p.json")
    remember(preferences, tmp_path / "on the disk")
    remember(preferences, there / "workspace")

    monkeypatch.setenv("DPDESK_HOME", str(here))
    assert last(preferences) == here / "workspace"
    assert [each.folder for each in known(preferences)] == [
        tmp_path / "on the disk",
        here / "workspace",
    ]
    remember(preferences, here / "workspace")
    assert len(known(preferences)) == 2


def test_nobody_is_led_to_a_workspace_where_none_was_opened(tmp_path):
    assert last(Preferences(tmp_path / "p.json")) is None


def test_preferences_that_cannot_be_written_stop_no_workspace_from_being_opened(tmp_path):
    (tmp_path / "in the way").write_text("a file where a folder is wanted", encoding="utf-8")
    preferences = Preferences(tmp_path / "in the way" / "preferences.json")

    made = remember(preferences, tmp_path / "school")

    assert last(preferences) == made.folder == tmp_path / "school"
