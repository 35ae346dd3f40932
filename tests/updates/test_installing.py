"""How an update takes its place, and what stays where it fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from dpdesk.errors import Cancelled
from dpdesk.updates import installing, signed
from dpdesk.updates.signed import Update, UpdateRefused
from tests.updates.files import INSTALLER, a_publisher

HERE = "app-0.2.0-aaaaaaaa"


def a_version(top: Path, name: str) -> Path:
    """A version of the program in its folder, with its list."""
    app = top / name
    (app / "lib" / "deep").mkdir(parents=True)
    (app / "main.pyc").write_bytes(b"")
    (app / "lib" / "deep" / "a.dll").write_bytes(b"")
    lines = ["0" * 64 + " main.pyc", "1" * 64 + " lib\\deep\\a.dll"]
    lines += ["-" * 64 + " lib\\deep", "-" * 64 + " lib"]
    (app / "files.txt").write_text("\r\n".join(lines), encoding="ascii")
    return app


@pytest.fixture
def found(tmp_path: Path) -> installing.Copy:
    """An installed copy."""
    top = tmp_path / "Programs" / "dpdesk"
    app = a_version(top, HERE)
    (top / "current.txt").write_text(HERE + "\r\n", encoding="ascii")
    (top / "installed.txt").write_text("setup\r\n", encoding="ascii")
    copy = installing.copy(app)
    assert copy is not None
    return copy


@pytest.fixture
def offer(tmp_path: Path) -> Update:
    publisher = a_publisher()
    return signed.look(publisher.publish(tmp_path), "0.2.0", [publisher.public])


def test_a_checkout_is_not_updated_from_a_file():
    assert installing.copy() is None
    assert installing.why_not(None)


def test_a_copy_knows_who_installed_it(found: installing.Copy):
    assert found.kind == "setup"
    assert not installing.why_not(found)

    (found.top / "installed.txt").write_text("msi\r\n", encoding="ascii")
    assert "administrator" in installing.why_not(installing.copy(found.app))

    (found.top / "portable.txt").write_text("", encoding="ascii")
    portable = installing.copy(found.app)
    assert portable is not None
    assert portable.kind == "portable"


def new_version_starts(found: installing.Copy) -> None:
    """What an installer does last."""
    (found.top / "current.txt").write_text("app-0.3.0-dddddddd\r\n", encoding="ascii")


def test_the_installer_is_started_for_the_same_folder_and_cleared_away(
    found: installing.Copy, offer: Update
):
    started: list[list[str]] = []

    def run(words: list[str]) -> int:
        started.append(words)
        assert Path(words[0]).read_bytes() == INSTALLER
        new_version_starts(found)
        return 0

    installing.install(offer, found, run=run)

    assert started[0][1:] == ["/S", f"/D={found.top}"]
    assert not (found.top / "updates").exists()


def test_an_update_that_left_the_old_version_in_place_is_not_called_installed(
    found: installing.Copy, offer: Update
):
    with pytest.raises(UpdateRefused, match=r"0\.3\.0 was not put in place"):
        installing.install(offer, found, run=lambda _words: 0)


def test_an_update_is_stopped_before_its_installer_starts_or_not_at_all(
    found: installing.Copy, offer: Update
):
    before = sorted(found.top.rglob("*"))

    def stop(_text: str) -> None:
        raise Cancelled

    def run(_words: list[str]) -> int:
        raise AssertionError("the installer was started")

    with pytest.raises(Cancelled):
        installing.install(offer, found, last_step=stop, run=run)

    assert sorted(found.top.rglob("*")) == before


@pytest.mark.parametrize(
    ("code", "words"), [(3, "self-test"), (2, "Free some space"), (1, "stopped")]
)
def test_an_update_that_fails_says_why_and_leaves_all_as_it_was(
    found: installing.Copy, offer: Update, code: int, words: str
):
    before = sorted(found.top.rglob("*"))

    with pytest.raises(UpdateRefused) as refused:
        installing.install(offer, found, run=lambda _words: code)

    assert words in str(refused.value)
    assert sorted(found.top.rglob("*")) == before


def test_an_update_that_was_changed_on_the_way_leaves_nothing_behind(
    found: installing.Copy, offer: Update
):
    before = sorted(found.top.rglob("*"))
    with offer.path.open("r+b") as file:
        file.seek(offer.at)
        file.write(b"XX")

    with pytest.raises(UpdateRefused, match="damaged"):
        installing.install(offer, found, run=lambda _words: 0)

    assert sorted(found.top.rglob("*")) == before


def test_the_version_before_goes_once_the_new_one_has_opened_the_records(found: installing.Copy):
    old = a_version(found.top, "app-0.1.0-bbbbbbbb")

    assert installing.tidy(found) == [old.name]
    assert sorted(each.name for each in found.top.iterdir()) == [
        HERE,
        "current.txt",
        "installed.txt",
    ]


def test_what_is_not_in_its_list_stays(found: installing.Copy):
    old = a_version(found.top, "app-0.1.0-bbbbbbbb")
    (old / "letter.docx").write_bytes(b"mine")
    outside = found.top / "kept.txt"
    outside.write_bytes(b"")
    with (old / "files.txt").open("a", encoding="ascii") as file:
        file.write("\r\n" + "0" * 64 + " ../kept.txt")

    installing.tidy(found)

    assert [each.name for each in found.top.rglob("letter.docx")] == ["letter.docx"]
    assert outside.exists()


def test_a_version_that_no_longer_starts_removes_nothing(found: installing.Copy):
    a_version(found.top, "app-0.3.0-cccccccc")
    (found.top / "current.txt").write_text("app-0.3.0-cccccccc", encoding="ascii")

    assert installing.tidy(found) == []
    assert (found.app / "main.pyc").exists()


def test_a_file_that_is_held_is_removed_another_day(found: installing.Copy):
    old = a_version(found.top, "app-0.1.0-bbbbbbbb")
    held = old.with_name(f"{old.name}.gone") / "main.pyc"
    (old / "main.pyc").unlink()
    (old / "main.pyc" / "held").mkdir(parents=True)  # nor can this be deleted as a file

    assert installing.tidy(found) == []
    assert not (held.parent / "lib").exists()

    (held / "held").rmdir()
    held.rmdir()
    held.write_bytes(b"")
    installing.tidy(found)

    assert [each.name for each in found.top.glob("app-*")] == [HERE]


def test_a_removal_that_was_cut_short_is_finished_another_day(found: installing.Copy):
    begun = a_version(found.top, "app-0.1.0-bbbbbbbb.gone")
    (begun / "main.pyc").unlink()
    empty = found.top / "app-0.1.0-cccccccc.gone"
    empty.mkdir()
    somebodys = found.top / "app-letters"
    somebodys.mkdir()

    installing.tidy(found)

    left = [each.name for each in found.top.glob("app-*")]
    assert sorted(left) == [HERE, somebodys.name]
