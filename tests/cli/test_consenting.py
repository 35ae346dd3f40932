"""Consents on the command line."""

from __future__ import annotations

from tests.builders import a_pdf
from tests.papers.reading import text_of


def a_pupil(work, name="Ana"):
    """A pupil with a mother, both made by commands."""
    pupil = work("new", "people", "--set", "kind=pupil", "surname=Ward", f"forename={name}").json
    adult = work(
        "new", "people", "--set", "kind=parent", "surname=Hill", f"forename=Jo {name}"
    ).json
    tie = ("new", "relationships", "--of", pupil["reference"], "--set")
    assert not work(*tie, f"adult={adult['reference']}", "responsible=yes").code
    return pupil["reference"], adult["reference"]


def consent(work, pupil, adult, answer="given"):
    return work(
        *("new", "consents", "--set", f"pupil={pupil}", "use=Website", f"answer={answer}"),
        *(f"by_whom={adult}", "asked_on=2026-09-03", "how=paper"),
    )


def test_a_picture_is_checked_in_the_shape_that_programs_read(work):
    work("new", "photo_uses", "--set", "name=Website", "words=Online.")
    pupil, adult = a_pupil(work)
    assert consent(work, pupil, adult).json["state"] == "given"
    found = work("photo-check", "--use", "Website", "Ana Ward")
    assert found.code == 0
    assert found.json == {
        "allowed": True,
        "only_if": "",
        "people": [{"name": "Ana Ward", "answer": "given", "why": found.json["people"][0]["why"]}],
    }
    a_pupil(work, "Ben")
    found = work("photo-check", "--use", "website", "Ana Ward", "Ben Ward", "Nobody Else").json
    assert found["allowed"] is False
    assert [each["answer"] for each in found["people"]] == ["given", "not asked", "unknown"]
    assert all(sorted(each) == ["answer", "name", "why"] for each in found["people"])


def test_an_unknown_use_fails_in_one_line(work):
    found = work("photo-check", "--use", "Website", "Ana Ward")
    assert found.code == 1
    assert "No use of pictures is set up yet" in found.complaint


def test_whoever_may_not_decide_is_refused(work):
    work("new", "photo_uses", "--set", "name=Website", "words=Online.")
    pupil, _ = a_pupil(work)
    _, other = a_pupil(work, "Ben")
    found = consent(work, pupil, other)
    assert found.code == 1
    assert list(found.json["problems"]) == ["by_whom"]


def test_forms_and_the_sheet_of_a_class_are_written(work, tmp_path):
    work("new", "photo_uses", "--set", "name=Website", "words=Online.")
    pupil, adult = a_pupil(work)
    consent(work, pupil, adult)
    for command in ("class-sheet", "consent-forms"):
        assert work(command, "4B", "--to", tmp_path / "none.pdf").code == 1
    work("new", "people", "--set", "kind=pupil", "surname=Quill", "forename=Ida", "form=4B")
    for command, words in (("class-sheet", "Ida Quill"), ("consent-forms", "For: Ida Quill")):
        target = tmp_path / f"{command}.pdf"
        assert work(command, "4b", "--to", target).json["pages"] == 1
        assert words in text_of(target.read_bytes())


def test_returned_forms_are_read_and_nothing_is_recorded(work, say, tmp_path):
    work("new", "photo_uses", "--set", "name=Website", "words=Online.")
    pupil, _adult = a_pupil(work)
    work("new", "people", "--set", "kind=pupil", "surname=Hill", "forename=Ben", "form=4B")
    assert work("consent-forms", "4B", "--to", tmp_path / "forms.pdf").code == 0
    (tmp_path / "letter.pdf").write_bytes(a_pdf("Dear Mrs Pryce"))
    found = work("read-forms", tmp_path / "forms.pdf", tmp_path / "letter.pdf").json
    (form,) = found["forms"]
    assert (form["pupil"], form["answers"]) == ("Ben Hill", {"Website": "empty"})
    assert (form["signed"], form["wish"], form["wish_unclear"]) == (False, None, False)
    plain = say("--workspace", tmp_path / "workspace", "read-forms", tmp_path / "forms.pdf")
    assert plain.out.rstrip().endswith("Website: empty, not signed")
    assert [each["file"] for each in found["unread"]] == ["letter.pdf"]
    assert work("entries", "consents").json["entries"] == []
    missing = work("read-forms", tmp_path / "none.pdf")
    assert missing.code == 1
    assert pupil


def test_an_import_names_who_is_here_and_not_in_the_list(work, say, tmp_path):
    for name in ("Ben", "Ida"):
        work("new", "people", "--set", "kind=pupil", "surname=Hill", f"forename={name}", "form=4B")
    roll = tmp_path / "roll.csv"
    roll.write_text("Surname,Forename,Class\nHill,Ida,4B\n", "utf-8")

    assert [each["name"] for each in work("import", "people", roll).json["gone"]] == ["Ben Hill"]
    shown = say("--workspace", tmp_path / "workspace", "import", "people", roll).out

    assert "1 person here now, but not in the list:\n  Ben Hill (PE-" in shown
    assert "Ida" not in shown
