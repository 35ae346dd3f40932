"""``evidence``, ``ask``, ``calendar export``, ``report``, ``update``: whole, or refused."""

from __future__ import annotations

import hashlib
import json

import pytest

from dpdesk.updates import installing, signed
from tests.updates.files import INSTALLER, NEWS, a_publisher
from tests.updates.test_installing import HERE, a_version


def test_the_pack_of_evidence_is_whole_and_proves_itself(work, tmp_path):
    folder = tmp_path / "pack"
    made = work("evidence", "--to", folder, "--since", "2026-01-01")
    assert made.code == 0, made.err
    manifest = (folder / "MANIFEST.sha256").read_bytes()
    assert hashlib.sha256(manifest).hexdigest() == made.json["manifest_sha256"]
    for line in manifest.decode().splitlines():
        told, name = line.split("  ", 1)
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == told
    assert sorted(made.json["files"]) == sorted(
        each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()
    )
    clauses = {each["clause"]: each for each in made.json["clauses"]}
    assert set(made.json["gaps"]) <= set(clauses)
    assert all(each["asks"] for each in clauses.values())
    assert work("evidence", "--to", folder).code != 0, "over a pack that is there"


def test_the_list_of_who_is_who_stays_outside_the_pack(work, tmp_path):
    folder, who = tmp_path / "pack", tmp_path / "who.pdf"
    assert "only with --pseudonyms" in work("evidence", "--to", folder, "--who", who).complaint
    inside = work("evidence", "--to", folder, "--pseudonyms", "--who", folder / "who.pdf")
    assert "in the pack itself" in inside.complaint
    assert not folder.exists()
    made = work("evidence", "--to", folder, "--pseudonyms", "--who", who)
    assert made.code == 0, made.err
    assert who.read_bytes().startswith(b"%PDF")
    named = work("evidence", "--to", tmp_path / "named", "--with-personal", "--only", "requests")
    assert named.code == 0, named.err


def test_a_question_is_answered_without_a_workspace(say):
    told = say("ask", "subject", "access", "request")
    assert told.code == 0
    found = json.loads(say("--json", "ask", "subject", "access", "request").out)
    first = found["cards"][0]
    assert told.out.startswith(first["question"])
    for words in (*first["steps"], first["source"]):
        assert words in told.out
    for each in first["questions"]:
        assert each["ask"] in told.out
        assert all(one["then"] in told.out for one in each["answers"])
    assert "There is no card for that" in say("ask", "xyzzy").out


def test_a_card_that_asks_back_says_every_answer(say):
    found = json.loads(say("--json", "ask", "may", "we", "share", "a", "photograph").out)
    assert found["as_at"]
    assert found["cards"]


def test_json_for_another_program_is_plain_ascii_on_windows(say, monkeypatch):
    """Older shells there take accents for letters of long ago."""
    question = ("--json", "ask", "fee")
    with monkeypatch.context() as windows:
        windows.setattr("dpdesk.cli.sys.platform", "win32")
        plain = say(*question).out
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr("dpdesk.cli.sys.platform", "linux")
        found = say(*question).out
    assert plain.isascii()
    assert not found.isascii(), "this question is to be answered with a curly apostrophe"
    assert json.loads(plain) == json.loads(found)


def test_what_is_due_is_written_for_other_calendars(work, tmp_path):
    file = tmp_path / "due.ics"
    made = work("calendar", "export", file)
    assert made.code == 0, made.err
    assert file.read_bytes().count(b"BEGIN:VEVENT") == made.json["due"]


def test_a_report_is_refused_before_anything_is_written(work, tmp_path):
    out = tmp_path / "report.pdf"
    period = ("--from", "2026-12-18", "--to", "2026-09-01")
    backwards = work("report", "governance", *period, "--out", out)
    assert "ends before it begins" in backwards.complaint
    period = ("--from", "2026-09-01", "--to", "2026-12-18")
    odd = work("report", "governance", *period, "--out", out.with_suffix(".txt"))
    assert ".pdf, .docx, .html" in odd.complaint
    assert list(tmp_path.glob("report*")) == []
    kept = work("report", "governance", *period, "--out", out.with_suffix(".html"), "--keep")
    assert kept.json["kept"] == 1


def test_figures_side_by_side_are_told_in_plain_lines(work, say, tmp_path):
    period = ("--from", "2026-09-01", "--to", "2026-12-18")
    assert work("report", "governance", *period, "--out", tmp_path / "a.pdf", "--figures").code == 0
    figures = tmp_path / "a.figures.json"
    other = tmp_path / "b.figures.json"
    content = figures.read_text("utf-8").replace("2026-09-01", "2026-08-01")
    other.write_text(content, "utf-8")
    told = say("beside", figures, other)
    assert told.code == 0, told.err
    assert told.out.startswith("1. ")
    assert " | " in told.out
    paper = tmp_path / "both.html"
    assert str(paper) in say("beside", figures, other, "--out", paper).out
    assert paper.exists()


# --- a newer version


@pytest.fixture
def publisher(monkeypatch):
    made = a_publisher()
    monkeypatch.setattr(signed, "publishers", lambda: (made.public,))
    return made


def test_an_update_says_what_it_holds_and_changes_nothing(work, say, publisher, tmp_path):
    file = publisher.publish(tmp_path, "99.0.0")
    seen = work("update", file, "--look")
    assert seen.json == {"version": "99.0.0", "news": list(NEWS), "installed": False}
    assert NEWS[0] in say("update", file, "--look").out
    assert "not updated from here" in work("update", file).complaint
    assert work("update", publisher.publish(tmp_path, "0.0.1"), "--look").code == 1


def test_an_update_is_installed_after_a_backup(work, publisher, tmp_path, monkeypatch):
    top = tmp_path / "Programs" / "dpdesk"
    app = a_version(top, HERE)
    (top / "current.txt").write_text(HERE + "\r\n", encoding="ascii")
    (top / "installed.txt").write_text("setup\r\n", encoding="ascii")
    copy = installing.copy(app)
    started = []
    install = installing.install

    def run(words):
        started.append(words[0])
        (top / "current.txt").write_text("app-99.0.0-dddddddd\r\n", encoding="ascii")
        return 0

    monkeypatch.setattr(installing, "copy", lambda: copy)
    monkeypatch.setattr(
        installing, "install", lambda offer, step: install(offer, copy, step, run=run)
    )
    made = work("update", publisher.publish(tmp_path, "99.0.0", INSTALLER))
    assert made.code == 0, made.err
    assert made.json["installed"] is True
    assert len(started) == 1
    assert len(list((tmp_path / "workspace").rglob("*.dpbackup"))) == 1
