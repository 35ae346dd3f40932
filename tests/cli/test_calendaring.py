"""``calendar import``: term dates out of a file."""

from __future__ import annotations

from tests.school.test_calendar_file import ics


def test_a_calendar_is_previewed_and_taken_over(work, tmp_path):
    file = tmp_path / "terms.ics"
    file.write_bytes(
        ics(
            ("Autumn Term", "DTSTART;VALUE=DATE:20260902", "DTEND;VALUE=DATE:20261217"),
            ("Concert", "DTSTART;VALUE=DATE:20261201"),
        )
    )
    seen = work("calendar", "import", file, "--preview").json
    assert (seen["new"], seen["left_out"]) == (1, 1)
    assert seen["days"] == [
        {
            "kind": "term",
            "name": "Autumn Term",
            "first": "2026-09-02",
            "last": "2026-12-16",
            "fate": "new",
        }
    ]
    assert work("calendar", "import", file).json["new"] == 1
    again = work("calendar", "import", file).json
    assert (again["new"], again["here"], again["moved"]) == (0, 1, [])


def test_another_file_fails_with_one_line(work, tmp_path):
    file = tmp_path / "terms.ics"
    file.write_bytes(b"hello")
    failed = work("calendar", "import", file)
    assert failed.code == 1
    assert "not an iCalendar file" in failed.err
