"""``entries``, ``new`` and ``add``."""

from __future__ import annotations

import pytest

from tests.builders import a_pdf

CANARY = "Canary-Wójcik-7302"


def made(work, *answers):
    said = work("new", "requests", "--set", "subject=Zoë O’Brien", "received=3/9/2026", *answers)
    assert said.code == 0, said.err
    return said.json["reference"]


def test_a_new_request_has_a_reference_and_a_due_date(work):
    said = work("new", "requests", "--set", "subject=Zoë O’Brien", "--set", "received=2026-09-03")

    assert said.code == 0
    assert said.json["reference"].startswith("SAR-")
    assert said.json["reference"].endswith("-001")
    assert said.json["due"] == "2026-10-05"


def test_entries_lists_them_with_state_and_due_date(work):
    reference = made(work, "channel=E-mail")
    found = work("entries", "requests").json["entries"]

    assert len(found) == 1
    entry = found[0]
    assert entry["reference"] == reference
    assert (entry["title"], entry["state"], entry["due"]) == ("Zoë O’Brien", "search", "2026-10-05")
    assert entry["received"] == "2026-09-03"


def test_entries_can_be_searched_and_said_in_words(work, say, tmp_path):
    made(work)
    folder = ("--workspace", tmp_path / "workspace")

    assert len(work("entries", "requests", "--search", "obrien").json["entries"]) == 1
    assert work("entries", "requests", "--search", "nobody").json == {"entries": []}
    assert "Zoë O’Brien" in say(*folder, "entries", "requests").out
    assert say(*folder, "entries", "requests", "--archived").out == "No entries.\n"


def test_a_value_may_hold_an_equals_sign(work):
    made(work, "notes=a=b")

    assert work("check").code == 0


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        (["subject=X"], "Received on"),
        (["subject=X", "received=soon"], "Received on: Write the date"),
        (["subject=X", "received=31/2/2026"], "no such day"),
        (["subject=X", "received=3/9/2996"], "check the year"),
        (
            ["subject=X", "received=3/9/2026", "shoe_size=38"],
            "There is no field called “shoe_size”",
        ),
        (["subject=X", "received=3/9/2026", "channel=pigeon"], "not one of the answers offered"),
        (["subject=X", "received=3/9/2026", "subject=Y"], "given twice"),
        (["subject=X", "received=3/9/2026", "closed=1/9/2026"], "before the day"),
    ],
)
def test_answers_that_cannot_be_are_refused_with_one_line(work, answers, told):
    said = work("new", "requests", "--set", *answers)

    assert said.code == 1
    assert told in said.complaint
    assert work("entries", "requests").json == {"entries": []}


def test_a_field_that_is_not_known_comes_with_those_that_are(work):
    said = work("new", "requests", "--set", "subject=X", "received=3/9/2026", "fubar=1")

    assert "subject_kind, received, channel" in said.complaint
    assert list(said.json["problems"]) == ["fubar"]


def test_what_was_typed_is_not_repeated_on_standard_error(work):
    said = work("new", "requests", "--set", f"subject={CANARY}", f"received={CANARY}")

    assert said.code == 1
    assert CANARY not in said.err


@pytest.mark.parametrize("answer", ["subject", "=x", CANARY])
def test_an_answer_without_its_field_is_wrong_usage(work, answer):
    said = work("new", "requests", "--set", answer)

    assert said.code == 2
    assert "FIELD=VALUE" in said.err
    assert CANARY not in said.err


def test_a_register_that_is_not_there_comes_with_those_that_are(work):
    for words in (["entries", "parrots"], ["new", "parrots", "--set", "a=b"]):
        said = work(*words)
        assert said.code == 1
        assert "no register called parrots" in said.complaint
        assert "requests, " in said.complaint


def test_a_part_of_a_request_moves_its_due_date(work):
    reference = made(work)
    said = work(
        "new", "clarifications", "--of", reference, "--set", "asked_on=7/9/2026",
        "answered_on=14/9/2026",
    )  # fmt: skip

    assert said.code == 0, said.err
    assert work("entries", "requests").json["entries"][0]["due"] == "2026-10-12"


def test_a_special_day_moves_the_due_dates_of_all(work):
    made(work)
    said = work("new", "special_days", "--set", "day=5/10/2026", "kind=Extra bank holiday")

    assert said.code == 0, said.err
    assert work("entries", "requests").json["entries"][0]["due"] == "2026-10-06"


def test_parts_are_only_made_where_they_belong(work):
    reference = made(work)
    alone = work("new", "clarifications", "--set", "asked_on=7/9/2026")
    wrong = work("new", "requests", "--of", reference, "--set", "subject=X", "received=3/9/2026")

    assert (alone.code, wrong.code) == (1, 1)
    assert "--of" in alone.complaint
    assert "not part of another" in wrong.complaint


# ------------------------------------------------------------------------------ documents


def test_documents_are_added_and_the_request_moves_to_review(work, tmp_path):
    reference = made(work)
    (tmp_path / "two.pdf").write_bytes(a_pdf("One", "Two"))
    (tmp_path / "note.txt").write_text("Zoë Nguyễn", encoding="utf-8")

    said = work("add", reference.lower(), tmp_path / "two.pdf", tmp_path / "note.txt")

    assert said.code == 0, said.err
    assert said.json["files"] == [
        {"name": "two.pdf", "pages": 2, "warnings": []},
        {"name": "note.txt", "pages": 1, "warnings": []},
    ]
    assert work("entries", "requests").json["entries"][0]["state"] == "review"


def test_what_cannot_be_read_is_named_and_the_rest_is_added(work, tmp_path):
    reference = made(work)
    good, damaged = tmp_path / "good.pdf", tmp_path / f"{CANARY}.pdf"
    good.write_bytes(a_pdf("One"))
    damaged.write_bytes(b"%PDF-1.7\nnothing of the kind")

    said = work("add", reference, damaged, tmp_path / "missing.pdf", good, good)

    files = said.json["files"]
    assert said.code == 1
    assert said.complaint == "dpdesk: 3 of 4 files could not be added."
    assert [file["name"] for file in files] == [damaged.name, "missing.pdf", "good.pdf", "good.pdf"]
    assert files[2]["pages"] == 1
    assert all(files[place]["error"].endswith(".") for place in (0, 1, 3))
    assert "cannot be opened" in files[1]["error"]
    assert "already been added" in files[3]["error"]


def test_a_single_file_that_cannot_be_read_says_why_on_one_line(work, tmp_path):
    reference = made(work)
    (tmp_path / "empty.pdf").touch()
    said = work("add", reference, tmp_path / "empty.pdf")

    assert said.code == 1
    assert "empty" in said.complaint


def test_a_locked_document_wants_its_password(work, tmp_path):
    import pikepdf

    reference = made(work)
    locked = tmp_path / "locked.pdf"
    with pikepdf.open(_stream(a_pdf("Secret"))) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="o", user="pässword"))
    (tmp_path / "pw").write_text("pässword\n", encoding="utf-8")

    without = work("add", reference, locked)
    given = work("add", reference, locked, "--password-file", tmp_path / "pw")

    assert without.code == 1
    assert "password" in without.complaint
    assert given.code == 0, given.err
    assert given.json["files"][0]["pages"] == 1


def _stream(content):
    import io

    return io.BytesIO(content)


def test_documents_need_an_entry_that_exists(work, tmp_path):
    said = work("add", "SAR-1999-001", tmp_path / "x.pdf")

    assert said.code == 1
    assert "no entry SAR-1999-001" in said.complaint


@pytest.mark.corpus
def test_of_a_mailbox_only_what_is_wanted_is_added(work, tmp_path, corpus):
    reference = made(work)
    box = corpus / "outlook" / "testPST.pst"

    asked = work("add", reference, box)
    none = work("add", reference, box, "--words", "zebra")
    some = work("add", reference, box, "--from", "jira", "--since", "26 Feb 2014")

    assert "Say which of its messages are wanted" in asked.complaint
    assert "None of the 7 messages in this mailbox match" in none.complaint
    assert some.code == 0, some.err
    assert [file["name"].rpartition("/")[2][:16] for file in some.json["files"]] == [
        "[jira] [Resolved", "[jira] [Commente",
    ]  # fmt: skip
