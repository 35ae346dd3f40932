"""``check``, ``backup``, ``restore``, and how a workspace is opened at all."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dpdesk import cli
from dpdesk.cli import opening
from dpdesk.desk import Desk
from dpdesk.example import making
from dpdesk.example.cases import CASES
from dpdesk.front_door import Preferences, crash_file
from tests.builders import PASSPHRASE, a_request

TOP = Path(__file__).resolve().parents[2]
CANARY = "Canary-Wójcik-7301"


def test_a_sound_workspace_checks_well(work):
    said = work("check")

    assert said.code == 0
    assert said.json["ok"] is True
    assert said.json["problems"] == []


def test_a_damaged_vault_file_fails_the_check_with_one_line(say, template, tmp_path):
    folder = template.copy(tmp_path / "workspace")
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear school, please send me everything.")
    words = ("--workspace", folder, "--json")
    reference = say(*words, "new", "requests", "--set", "subject=Zoë", "received=3/9/2026").json
    say(*words, "add", reference["reference"], letter)
    victim = next(path for path in (folder / "vault").rglob("*") if path.is_file())
    victim.chmod(0o600)
    content = victim.read_bytes()
    victim.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))

    said = say(*words, "check")

    assert said.code == 1
    assert said.json["ok"] is False
    assert len(said.json["problems"]) == 1
    assert "missing or damaged" in said.complaint


def test_a_backup_comes_back_with_the_passphrase_and_with_the_recovery_key(
    work, say, template, tmp_path, monkeypatch
):
    reference = work("new", "requests", "--set", "subject=Zoë", "received=3/9/2026").json
    archive = tmp_path / "kept.dpbackup"

    assert work("backup", "--to", archive).json["backup"] == str(archive)
    assert say("restore", archive, "--to", tmp_path / "one").code == 0
    monkeypatch.delenv("DPDESK_PASSPHRASE")
    with_key = say(
        "restore", archive, "--to", tmp_path / "two", "--recovery-key", template.recovery_key
    )
    assert with_key.code == 0
    monkeypatch.setenv("DPDESK_PASSPHRASE", PASSPHRASE)
    for name in ("one", "two"):
        found = say("--workspace", tmp_path / name, "--json", "entries", "requests").json
        assert [entry["reference"] for entry in found["entries"]] == [reference["reference"]]


def test_restoring_refuses_what_is_not_a_backup_a_full_folder_and_a_wrong_key(
    work, say, template, tmp_path, monkeypatch
):
    archive = tmp_path / "kept.dpbackup"
    work("backup", "--to", archive)
    shutil.copy(archive, tmp_path / "cut.dpbackup")
    with (tmp_path / "cut.dpbackup").open("r+b") as file:
        file.truncate(2000)

    cut = say("restore", tmp_path / "cut.dpbackup", "--to", tmp_path / "a")
    missing = say("restore", tmp_path / "none", "--to", tmp_path / "a")
    full = say("restore", archive, "--to", tmp_path / "workspace")
    key = say("restore", archive, "--to", tmp_path / "a", "--recovery-key", "AAAA")
    monkeypatch.setenv("DPDESK_PASSPHRASE", "wrong")
    wrong = say("restore", archive, "--to", tmp_path / "a")

    assert [said.code for said in (cut, missing, full, key, wrong)] == [1] * 5
    assert "not a dpdesk backup" in cut.complaint
    assert "no file" in missing.complaint
    assert "not empty" in full.complaint
    assert "32 letters" in key.complaint
    assert "does not open" in wrong.complaint
    assert not (tmp_path / "a").exists()


def test_a_backup_that_lacks_files_of_the_vault_says_so(work, tmp_path):
    reference = work("new", "requests", "--set", "subject=Zoë", "received=3/9/2026").json
    (tmp_path / "letter.txt").write_text("Dear school, please send me everything.")
    work("add", reference["reference"], tmp_path / "letter.txt")
    shutil.rmtree(tmp_path / "workspace" / "vault")

    said = work("backup", "--to", tmp_path / "kept.dpbackup")

    assert said.code == 1
    assert "missing from the vault" in said.complaint
    assert said.json["missing"] == 2
    assert (tmp_path / "kept.dpbackup").is_file()


def test_a_backup_needs_a_place_that_exists(work, tmp_path):
    assert "does not exist" in work("backup", "--to", tmp_path / "no" / "x.dpbackup").complaint
    assert "is a folder" in work("backup", "--to", tmp_path).complaint


def test_a_wrong_passphrase_fails_with_one_line_and_opens_nothing(work, monkeypatch):
    monkeypatch.setenv("DPDESK_PASSPHRASE", CANARY)
    said = work("check")

    assert said.code == 1
    assert "does not open this workspace" in said.complaint
    assert said.json["error"] in said.complaint
    assert CANARY not in said.err + said.out


def test_a_busy_workspace_names_who_holds_it(work, tmp_path, template, say):
    folder = template.copy(tmp_path / "busy")
    desk = Desk.open(folder, PASSPHRASE)
    try:
        said = say("--workspace", folder, "check")
    finally:
        desk.close()

    assert said.code == 1
    assert "is open already on the computer" in said.complaint
    assert say("--workspace", folder, "check").code == 0


def test_a_folder_without_workspace_is_told_before_any_passphrase_is_asked(
    say, tmp_path, monkeypatch
):
    monkeypatch.delenv("DPDESK_PASSPHRASE")
    monkeypatch.setattr(opening, "passphrase", pytest.fail)
    said = say("--workspace", tmp_path, "check")

    assert said.code == 1
    assert "no workspace" in said.complaint


def test_without_a_folder_the_last_one_is_opened(say, template, tmp_path):
    folder = template.copy(tmp_path / "last")
    Preferences().set("last_workspace", str(folder))
    try:
        assert say("check").code == 0
    finally:
        Preferences().set("last_workspace", "")


def test_json_and_workspace_may_stand_before_and_after_the_command(say, template, tmp_path):
    folder = template.copy(tmp_path / "workspace")

    for words in (
        ("--json", "--workspace", folder, "check"),
        ("check", "--json", "--workspace", folder),
        ("--json", "check", "--workspace", folder),
        ("--workspace", folder, "check", "--json"),
    ):
        assert say(*words).json["ok"] is True


@pytest.mark.parametrize("words", [[], ["--json"], ["frobnicate"], ["check", "more"], ["backup"]])
def test_wrong_usage_is_exit_code_two(say, words):
    said = say(*words)

    assert said.code == 2
    assert said.out == ""


def test_a_fault_of_the_program_is_one_line_without_anything_personal(work, monkeypatch):
    def broken(*_arguments):
        raise RuntimeError(CANARY)

    monkeypatch.setattr(Desk, "check", broken)
    said = work("check")
    log = crash_file().read_text(encoding="utf-8")

    assert said.code == 1
    assert "RuntimeError" in said.complaint
    assert "error" in said.json
    assert "keeping.py" in log
    assert CANARY not in said.err + said.out + log


def test_stopping_by_the_keyboard_is_clean_and_lets_go_of_the_workspace(work, monkeypatch):
    def stopped(*_arguments):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Desk, "check", stopped)
        said = work("check")

    assert said.code == 1
    assert "Stopped" in said.complaint
    assert work("check").code == 0


def run(*words: object, **more) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(TOP / "main.py"), *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=100,
        **more,
    )


def test_the_program_itself_takes_a_piped_passphrase_and_speaks_utf8(template, tmp_path):
    folder = template.copy(tmp_path / "workspace")
    desk = Desk.open(folder, PASSPHRASE)
    a_request(desk, subject="Zoë Nguyễn")
    desk.close()
    alone = {key: value for key, value in os.environ.items() if key != "DPDESK_PASSPHRASE"}
    # As a console of Windows would have it.
    alone |= {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}

    found = run(
        "--workspace", folder, "--json", "entries", "requests", env=alone, input=f"{PASSPHRASE}\n"
    )
    nothing = run("--workspace", folder, "check", env=alone, input="")

    assert found.returncode == 0, found.stderr
    assert json.loads(found.stdout)["entries"][0]["title"] == "Zoë Nguyễn"
    assert found.stderr == ""
    assert (nothing.returncode, nothing.stdout) == (1, "")
    assert "No passphrase was given" in nothing.stderr


def test_every_command_is_documented(capsys):
    assert cli.main(["--help"]) == 0
    out = capsys.readouterr().out

    for command in (
        "example", "check", "backup", "restore", "due", "entries", "new", "add", "mark", "bundle",
        "self-test",
    ):  # fmt: skip
        assert f"\n    {command} " in out
        assert cli.main([command, "--help"]) == 0


def test_the_example_school_tells_its_passphrase(say, tmp_path, monkeypatch):
    monkeypatch.setattr(making, "CASES", CASES[:3])
    said = say("example", tmp_path / "school", "--json")

    assert said.code == 0, said.err
    assert list(said.json) == ["passphrase"]
    monkeypatch.setenv("DPDESK_PASSPHRASE", said.json["passphrase"])
    found = say("--workspace", tmp_path / "school", "entries", "requests", "--json").json
    assert len(found["entries"]) == 3
    again = say("example", tmp_path / "school")
    assert again.code == 1
    assert "not empty" in again.complaint
