"""Where things lie on this computer, and folders that are no good place for a workspace."""

from __future__ import annotations

from pathlib import Path

import pytest

from dpdesk.store import paths, places

MOUNTS = """\
/dev/sda2 / ext4 rw,relatime 0 0
//server/office /mnt/office cifs rw 0 0
server:/srv /srv nfs4 rw 0 0
/dev/sdb1 /srv/pat/stick vfat rw 0 0
//server/two /mnt/two\\040words smb3 rw 0 0
"""


def test_one_variable_brings_all_that_belongs_to_the_computer_into_one_folder(
    monkeypatch, tmp_path
):
    monkeypatch.setenv(paths.HOME, str(tmp_path))
    for place in (
        paths.default_workspace(),
        paths.default_example(),
        paths.preferences_file(),
        paths.marks_folder(),
        paths.crash_file(),
    ):
        assert place.is_relative_to(tmp_path)


def test_without_it_the_system_says_where(monkeypatch, tmp_path):
    monkeypatch.delenv(paths.HOME)
    assert not paths.default_workspace().is_relative_to(tmp_path)
    assert paths.APP in str(paths.default_workspace())


@pytest.mark.parametrize(
    "folder",
    [
        "/srv/pat/OneDrive/dpdesk",
        "/srv/pat/OneDrive - Elmfield School/Documents/dpdesk",
        "/srv/pat/Library/Mobile Documents/com~apple~CloudDocs/dpdesk",
        "/srv/pat/Library/CloudStorage/GoogleDrive-pat@elmfield.example/My Drive/dpdesk",
        "/srv/pat/dropbox/dpdesk",
        "/srv/pat/Nextcloud/dpdesk",
    ],
)
def test_a_cloud_drive_is_known_by_its_name(folder):
    assert "cloud drive" in places.doubts(Path(folder))


def test_documents_that_windows_keeps_in_the_cloud_are_known_by_its_variable(monkeypatch):
    monkeypatch.setenv("OneDrive", "/srv/pat/Elmfield")
    assert "cloud drive" in places.doubts(Path("/srv/pat/elmfield/Documents/dpdesk"))


@pytest.mark.parametrize("name", ["Boxes", "clouds", "One drive to rule them", "dropboxes"])
def test_other_names_are_no_cloud_drive(tmp_path, name):
    assert not places.in_cloud(tmp_path / name / "dpdesk")
    assert places.doubts(tmp_path / name / "dpdesk") == ""


@pytest.mark.parametrize(
    ("folder", "far"),
    [
        ("/mnt/office/dpdesk", True),
        ("/mnt/office", True),
        ("/mnt/offices/dpdesk", False),
        ("/srv/pat/dpdesk", True),
        ("/srv/pat/stick/dpdesk", False),
        ("/mnt/two words/dpdesk", True),
        ("/var/dpdesk", False),
    ],
)
def test_a_disk_of_another_computer_is_known(monkeypatch, tmp_path, folder, far):
    assert places.is_mounted(folder, MOUNTS) is far


def test_a_folder_is_called_as_its_owner_is_also_before_it_is_there(tmp_path: Path):
    """Windows hands out ``UKASZ~1`` for Łukasz, and knows the name of what is there only."""
    (tmp_path / "UKASZ~1" / "Local").mkdir(parents=True)

    def whole(path: str) -> str:
        assert Path(path).is_dir()
        return path.replace("UKASZ~1", "Łukasz Ó")

    meant = tmp_path / "Łukasz Ó" / "Local" / "dpdesk"
    assert paths.as_called(tmp_path / "UKASZ~1" / "Local" / "dpdesk", whole) == meant
    (tmp_path / "UKASZ~1" / "Local" / "dpdesk").mkdir()
    assert paths.as_called(tmp_path / "UKASZ~1" / "Local" / "dpdesk", whole) == meant
