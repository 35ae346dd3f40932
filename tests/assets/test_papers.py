"""The register on paper."""

from __future__ import annotations

import datetime as dt

from tests.papers.reading import text_of


def words(content):
    """All words of a paper, on one line."""
    return " ".join(text_of(content).split())


def test_the_whole_register_is_printed_with_all_that_belongs_to_it(desk, full):
    desk.breaches.breaches.save(
        {
            "summary": "Lost letter",
            "aware": dt.datetime(2026, 11, 19, 9, tzinfo=dt.UTC),
            "asset_links": (full.reference,),
        }
    )
    printed = desk.assets.prints.register()
    said = words(printed.content)
    for text in (
        "Elmfield School",
        "Dana Pryce",
        "AS-2026-001 Pupil files",
        "The map: whose data it is, where it is kept and who it is shared with",
        "P04 Pupil file",
        "School database",
        "Recognised legitimate interest",
        "Safeguarding of children",
        "So that we know.",
        "Rights that people have",
        "Looked through it.",
        "BR-2026-001",
        "SY-2026-001",
        "Outside the UK: Ireland, France",
        "The archive is full.",
        "What the rights mean",
        "=1+1",
    ):
        assert text in said, text
    assert "adviser" not in said, "what to ask an adviser is nothing for the regulator"
    assert printed.warnings == ()


def test_an_empty_register_prints_too(desk):
    said = words(desk.assets.prints.register().content)
    assert "0 assets" in said
    assert "The map" not in said


def test_the_map_is_printed_alone(desk, full):
    said = words(desk.assets.prints.map().content)
    assert "Who What Where Shared with" in said
    assert "Pupils, Parents and carers" in said
    assert "Keys" not in said, "no personal data"


def test_the_map_of_a_large_register_goes_on_over_the_page(desk, whole):
    for number in range(40):
        whole(name=f"Files {number:02}")
    printed = desk.assets.prints.map()
    said = words(printed.content)
    assert printed.pages > 1
    assert all(f"Files {number:02}" in said for number in range(40))
    assert said.count("Shared with") == printed.pages, "its head is on each page"


def test_very_long_answers_fit_on_the_page(desk, whole):
    whole(people_other="kind of people, " * 300, name="A name " * 60)
    assert desk.assets.prints.map().pages == 1
