"""How a report reaches the regulator: by telephone or online, as the settings say."""

from __future__ import annotations

from tests.breaches.conftest import WHOLE
from tests.papers.reading import text_of


def ways(reporting, entry):
    """How the report can be sent, a line for each way."""
    (last,) = [each for each in reporting.answers(entry) if each.question.number == "32"]
    return last.text.splitlines()


def test_a_report_goes_by_telephone_or_online_form_and_cyber_incidents_online(reporting, incident):
    plain = ways(reporting, incident(**WHOLE))
    assert plain[0].startswith("By telephone: 0303 123 1113")
    assert plain[1].startswith("With the online form: https://ico.org.uk/for-organisations/")
    assert [line for line in plain[2:] if "check" not in line] == [], "the others are not sure"
    cyber = ways(reporting, incident(**WHOLE | {"cyber": None, "incident_type": "ransomware"}))
    assert "asks for the online form" in cyber[0]
    assert cyber[1].startswith("With the online form")
    assert "If your systems do not work: by telephone" in cyber[2]


def test_where_a_report_goes_follows_the_settings(desk, reporting, incident):
    school = desk.school.entry()
    moved = {
        "regulator_name": "Information Commission",
        "regulator_address": "3 Sample Square\nManchester",
        "regulator_telephone": "01632 960 777",
        "regulator_report_page": "https://ic.example/report",
        "regulator_report_email": "reports@ic.example",
    }
    desk.school.save(moved, school.id, school.version)
    entry = incident(**WHOLE)
    told = "\n".join(ways(reporting, entry))
    for words in (
        "3 Sample Square, Manchester",
        "960 777",
        "https://ic.example/report",
        "reports@ic",
    ):
        assert words in told
    printed = text_of(reporting.report(entry).content)
    assert "To the Information Commission, due" in printed
    for old in ("Wycliffe", "ico.org.uk", "0303"):
        assert old not in told, old
        assert old not in printed, old
