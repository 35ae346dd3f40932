"""Which questions of the log answer which question of the regulator's form."""

from __future__ import annotations

from typing import Final

FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "0": ("ico_staff",),
    "2": ("case_reference",),
    "2a": ("report_reason",),
    "2b": ("size",),
    "2c": ("first_contact",),
    "2d": ("whats_new",),
    "3": ("what",),
    "4": ("cyber",),
    "5": ("found_how",),
    "6": ("aware",),
    "7": ("occurred",),
    "8": ("data_kinds",),
    "9": ("records_certainty", "records"),
    "10": ("people_certainty", "people"),
    "10a": ("people_most",),
    "11": ("people_kinds",),
    "12": ("consequences", "harms"),
    "13": ("likelihood",),
    "13a": ("decision",),
    "14": ("cyber_affected",),
    "15": ("cyber_parts",),
    "16": ("cyber_impact",),
    "17": ("cyber_recovery",),
    "18": ("trained",),
    "18a": ("trained_on",),
    "19": ("measures",),
    "19a": ("training",),
    "20": ("delay_why",),
    "21": ("remedy", "first_steps"),
    "22": ("prevention",),
    "23": ("telling",),
    "24": ("tell_others",),
    "25": ("code_member",),
}
"""By number of the question; the first field is where the keyboard goes."""

SETTINGS: Final = "settings"
IN_SETTINGS: Final = frozenset({"26", "27", "29", "30", "31"})
"""Questions about the school and its officer, which the settings answer."""
