"""Pick lists, sources and the regulator: complete, and each with its source."""

from __future__ import annotations

import re
import tomllib

import pytest

from dpdesk import resources
from dpdesk.errors import NotFound
from dpdesk.law import clocks, sources
from dpdesk.law.pick_lists import choice, choices, matching, regulator

LISTS = sorted(tomllib.loads(resources.text("law", "requests.toml")))


@pytest.mark.parametrize("name", LISTS)
def test_each_answer_has_its_own_code_a_label_and_a_source(name):
    rows = choices(name)
    assert len({row.code for row in rows}) == len(rows)
    assert len({row.label for row in rows}) == len(rows)
    for row in rows:
        assert re.fullmatch(r"[a-z][a-z0-9_]*", row.code)
        assert row.label[0].isupper()
        assert row.source
        assert not row.note or row.note.endswith(".")


def test_the_documents_that_the_policy_names_are_offered():
    offered = {each.label for each in choices("identity_documents") if "13.2.4" in each.source}
    assert {
        "Passport",
        "Driving licence",
        "Utility bill with current address",
        "Birth certificate",
        "Marriage certificate",
        "P45 or P60",
        "Credit card statement",
        "Mortgage statement",
    } <= offered


def test_the_ways_in_which_a_request_can_arrive():
    codes = {each.code for each in choices("channels")}
    assert {"verbal", "letter", "email", "web_form", "social_media", "in_person"} <= codes


def test_what_is_not_confirmed_says_so_beside_the_answer():
    assert choice("capacity_factors", "maturity").note.endswith("check with your adviser.")
    assert "adviser" not in choice("identity_documents", "passport").note


def test_an_unknown_answer_names_the_known_ones():
    with pytest.raises(NotFound) as caught:
        choice("channels", "pigeon")
    assert "verbal" in caught.value.next_step


def test_the_regulator_has_the_valid_telephone_number_and_a_source_for_each_detail():
    found = regulator()
    assert found.short_name == "ICO"
    assert found.helpline == "0303 123 1113"
    assert found.address[-1] == "SK9 5AF"
    assert {"name", "address", "helpline", "website", "breach_email"} <= set(found.sources)
    assert found.sources["name"].advice
    assert not found.sources["helpline"].advice


def test_periods_of_the_law_are_as_enacted():
    periods = resources.toml("law", "sources.toml")["periods"]
    assert periods == {
        "access_months": 1,
        "access_extension_months": 2,
        "breach_hours": 72,
        "complaint_days": 30,
        "educational_record_school_days": 15,
        "educational_record_months": 1,
        "exam_marks_months": 5,
        "exam_marks_days": 40,
        "health_opinion_months": 6,
    }


def test_every_source_is_used_by_a_clock_and_says_something():
    rows = resources.toml("law", "sources.toml")["sources"]
    code = "".join(
        resources.path("..", "dpdesk", "law", f"{room}.py").read_text(encoding="utf-8")
        for room in ("access_clock", "rights_clock", "clocks")
    )
    unused = [key for key in rows if f'"{key}"' not in code]
    assert unused == []
    for key in rows:
        assert len(sources.source(key).text) > 10


def test_all_clocks_are_behind_one_door():
    assert {name for name in clocks.__all__ if name.endswith("_clock")} == {
        "sar_clock",
        "breach_clock",
        "complaint_clock",
        "educational_record_clock",
        "exam_marks_clock",
        "prompt_clock",
        "rights_clock",
    }


def test_a_list_that_dozens_of_fields_ask_for_is_read_once(monkeypatch):
    read = []
    text = resources.text

    def reading(*parts):
        read.append(parts)
        return text(*parts)

    monkeypatch.setattr(resources, "text", reading)
    resources.kept.cache_clear()
    choices.cache_clear()
    every = [choices(name) for name in LISTS]
    assert read == [("law", "requests.toml")]
    assert all(every)


@pytest.mark.parametrize(
    ("words", "first"),
    [("laptop", "device_lost"), ("a laptop stolen", "device_lost"),
     ("stolen laptops", "device_lost"),
     ("email", "email_wrong"), ("E-mail", "email_wrong"), ("emailed wrong", "email_wrong"),
     ("door", "premises"), ("doors unlocked", "premises"), ("usb", "device_lost"),
     ("virus", "malware"), ("shared folder", "misconfiguration"), ("overheard", "verbal"),
     ("shredder", "paper_disposal"), ("scam", "phishing"), ("bcc", "bcc"), ("hack", "unauthorised"),
     ("zebra", ""), ("laptop zebra", "")],
)  # fmt: skip
def test_a_kind_of_incident_is_found_by_the_word_that_people_use(words, first):
    found = matching(choices("incident_types", "breaches"), words)
    assert (found[0].code if found else "") == first


def test_nothing_typed_offers_everything_in_its_order():
    offered = choices("incident_types", "breaches")
    assert matching(offered, " ") == offered


@pytest.mark.parametrize("name", sorted(tomllib.loads(resources.text("law", "breaches.toml"))))
def test_every_answer_is_found_by_its_own_label(name):
    if name in {"settings", "questions", "advice"}:
        return
    offered = choices(name, "breaches")
    for each in offered:
        assert each in matching(offered, each.label)
