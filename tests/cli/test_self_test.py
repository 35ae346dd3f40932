"""``self-test``: right on a whole installation, wrong on one that lacks something."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import tempfile

import pytest
from PIL import Image

from dpdesk import resources
from dpdesk.cli import no_window, self_test, shipped
from dpdesk.errors import DpdeskError, MissingPart
from dpdesk.example import papers

REAL = resources.path()


@pytest.fixture
def installation(tmp_path, monkeypatch):
    """A copy of what comes with the program, in which something can be broken."""
    shutil.copytree(REAL, tmp_path / "resources")
    monkeypatch.setattr(resources, "path", (tmp_path / "resources").joinpath)
    return tmp_path / "resources"


def test_a_whole_installation_passes_and_leaves_nothing_behind(say, tmp_path, monkeypatch):
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    said = say("self-test", "--json")

    assert said.code == 0, said.out
    assert said.json["ok"] is True
    assert {"bundle", "icons", "scans", "help pages", "legal texts", "backup and restore"} <= {
        trial["name"] for trial in said.json["trials"]
    }
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_scan_in_which_nothing_is_read_fails(say, monkeypatch):
    empty = io.BytesIO()
    Image.new("L", (1240, 1754), 250).save(empty, "JPEG", dpi=(150, 150))
    blank = papers.ExampleFile("Scan of nothing.jpg", empty.getvalue())
    monkeypatch.setattr(papers, "scan", lambda: blank)
    said = say("self-test", "--json")

    assert said.code == 1
    assert [trial["name"] for trial in said.json["trials"] if not trial["ok"]] == ["scans"]


def test_one_trial_that_fails_fails_the_whole_and_the_others_are_still_tried(say, monkeypatch):
    def missing():
        raise DpdeskError("The icon font is missing.")

    def broken():
        raise RuntimeError("Canary")

    trials = [("icons", missing), ("fonts", broken), ("help pages", lambda: "14 pages")]
    monkeypatch.setattr(self_test._Run, "trials", lambda _run: trials)
    said = say("self-test", "--json")

    assert said.code == 1
    assert "2 of 3 trials failed, first: icons. The icon font is missing." in said.complaint
    assert [trial["ok"] for trial in said.json["trials"]] == [False, False, True]
    assert "Canary" not in said.out + said.err

    told = say("self-test", "--faults-only").out
    assert "icons" in told
    assert "help pages" not in told


def test_every_icon_named_anywhere_in_the_program_is_looked_up(monkeypatch):
    known = shipped._known_icons()
    named = {
        name.removeprefix("mdi6.")
        for name in shipped._named("dpdesk", [str(REAL.parent / "dpdesk")])
    }
    assert {"email-outline", "check-circle-outline"} <= named <= known

    monkeypatch.setattr(shipped, "_known_icons", lambda: known - {"email-outline"})
    with pytest.raises(DpdeskError, match=r"mdi6\.email-outline"):
        shipped.icons()


def test_a_legal_text_that_cannot_be_read_is_named(installation):
    (installation / "law" / "requests.toml").write_text("channels = [", encoding="utf-8")

    with pytest.raises(DpdeskError, match=r"requests\.toml cannot be read"):
        shipped.law()


def test_a_missing_help_page_is_named(installation):
    (installation / "help" / "settings.md").unlink()

    with pytest.raises(DpdeskError, match="settings"):
        shipped.help_pages()


def test_a_help_page_that_leads_nowhere_is_named(installation):
    (installation / "help" / "index.md").write_text(
        "# Help\n\nSee [this](nowhere.md#place).\n", encoding="utf-8"
    )

    with pytest.raises(DpdeskError, match="nowhere"):
        shipped.help_pages()


def test_an_empty_template_is_named(installation):
    (installation / "templates" / "response.md").write_text(" \n", encoding="utf-8")

    with pytest.raises(DpdeskError, match="response"):
        shipped.templates()


def test_where_only_faults_are_told_a_whole_installation_says_nothing_of_its_trials(
    say, monkeypatch
):
    monkeypatch.setattr(self_test._Run, "trials", lambda _run: [("icons", lambda: "all there")])
    said = say("self-test", "--faults-only")

    assert said.code == 0
    assert "icons" not in said.out
    assert "seconds" in said.out


_STARTED = """
import sys
from pathlib import Path
from dpdesk import cli, resources
resources.path = Path(sys.argv[1]).joinpath
sys.exit(cli.main(sys.argv[2:]))
"""


def test_where_the_legal_texts_lack_every_command_says_so_in_a_sentence(installation):
    shutil.rmtree(installation / "law")
    command = [sys.executable, "-c", _STARTED, str(installation)]
    for words in (["self-test", "--faults-only"], ["due", "2026-09-01"], ["--json", "self-test"]):
        done = subprocess.run(
            [*command, *words], capture_output=True, text=True, check=False, timeout=120
        )
        assert done.returncode == 1
        assert done.stderr.startswith("dpdesk: A part of dpdesk is missing: resources/law/")
        assert "Install dpdesk again." in done.stderr
        assert done.stderr.count("\n") == 1, done.stderr
        if "--json" in words:
            assert "A part of dpdesk is missing" in json.loads(done.stdout)["error"]


def test_a_window_that_lacks_a_part_says_which(capsys):
    missing = MissingPart("A part of dpdesk is missing: resources/law/a.toml.", "Install it again.")

    assert no_window.told(missing) == 1
    assert capsys.readouterr().err == (
        "dpdesk: The window cannot open. A part of dpdesk is missing: resources/law/a.toml. "
        "Install it again.\n"
    )
