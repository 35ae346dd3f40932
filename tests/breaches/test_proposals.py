"""What the answers of the log point to, for incidents as schools have them."""

from __future__ import annotations

from typing import Any

import pytest

from dpdesk.breaches import rules

BASE = {"outcome": "breach", "living": "yes", "ongoing": "no", "encrypted": "none"}
UNLIKELY = {"likelihood": "unlikely", "severity": "minor"}
SAFE = {"encrypted": "all", "key_safe": "yes"}

# Regulator's case studies and the guidelines on breach notification; "open": nobody has judged
# likelihood or severity.
SCENARIOS: dict[str, tuple[dict[str, Any], str]] = {
    "report about needs to another parent, deleted": (
        {"incident_type": "email_wrong", "data_kinds": ("send",), "recovered": "trusted",
         **UNLIKELY},
        "not_reportable",
    ),
    "encrypted laptop stolen, backup there": (
        {"incident_type": "device_lost", "data_kinds": ("send", "contact"), **SAFE},
        "not_reportable",
    ),
    "encrypted laptop stolen, the only copy": (
        {"incident_type": "device_lost", "data_kinds": ("send",), "harms": ("no_access",), **SAFE},
        "report",
    ),
    "ransomware, good backup, nothing taken": (
        {"incident_type": "ransomware", "data_kinds": ("payroll",), **UNLIKELY},
        "not_reportable",
    ),
    "ransomware, records of needs gone for weeks, open": (
        {"incident_type": "ransomware", "data_kinds": ("send",), "harms": ("no_access",),
         "cyber_parts": ("availability",)},
        "report",
    ),
    "ransomware, payroll and safeguarding taken, open": (
        {"incident_type": "ransomware", "data_kinds": ("payroll", "safeguarding"),
         "cyber_parts": ("confidentiality", "availability"), "ongoing": "yes"},
        "report_and_tell",
    ),
    "photograph with the name of a child who must not be found, open": (
        {"incident_type": "portal", "data_kinds": ("pictures",), "people_kinds": ("pupils",),
         "harms": ("safety",)},
        "report_and_tell",
    ),
    "payroll bureau hacked, open": (
        {"incident_type": "unauthorised", "data_kinds": ("payroll",), "people_kinds": ("staff",)},
        "report_and_tell",
    ),
    "safeguarding file to the person it accuses, open": (
        {"incident_type": "email_wrong", "data_kinds": ("safeguarding",), "harms": ("safety",),
         "recovered": "no"},
        "report_and_tell",
    ),
    "office mailbox phished, fees and medical notes, open": (
        {"incident_type": "phishing", "data_kinds": ("fees", "medical"), "recovered": "no"},
        "report_and_tell",
    ),
    "address of adoptive parents to the birth parents, open": (
        {"incident_type": "post_wrong", "data_kinds": ("contact",), "harms": ("safety",)},
        "report_and_tell",
    ),
    "e-mail addresses of 180 parents shown to all": (
        {"incident_type": "bcc", "data_kinds": ("contact",), "people": 180,
         "people_kinds": ("parents",), **UNLIKELY},
        "not_reportable",
    ),
    "guessed password, register of telephone numbers, judged unlikely": (
        {"incident_type": "brute_force", "data_kinds": ("contact",), **UNLIKELY},
        "not_reportable",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SCENARIOS)
def test_incidents_are_judged_as_the_regulator_judges_them(name):
    values, expected = SCENARIOS[name]
    assert rules.proposal({**BASE, **values}).level.code == expected


@pytest.mark.parametrize(
    "values",
    [
        {"incident_type": "device_lost", "data_kinds": ("send", "medical")},
        {"incident_type": "ransomware", "data_kinds": ("payroll",)},
        {"incident_type": "email_wrong", "data_kinds": ("recruitment",)},
    ],
)
def test_where_it_is_not_plain_the_decision_on_telling_is_asked_for_at_once(values):
    proposal = rules.proposal({**BASE, **values, "recovered": "no"})
    assert proposal.level.code == "report"
    assert "must be decided now" in proposal.reasons[0].text
