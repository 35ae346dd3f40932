"""The plan of a bundle follows the review, whatever was done in it and in whatever order."""

from __future__ import annotations

import random

import pytest

from dpdesk.desk import Desk
from dpdesk.disclosure import planning
from dpdesk.disclosure.review import Done
from dpdesk.documents.pages import Box
from dpdesk.documents.records import Document
from dpdesk.law.exemptions import reason, reasons
from tests.builders import a_pdf, a_request

CODES = [each.code for each in reasons() if each.redacts]


def _work_at_random(
    desk: Desk, dice: random.Random, documents: list[int], done: list[Done]
) -> None:
    document, page = dice.choice(documents), dice.randrange(3)
    code = dice.choice(CODES)
    work = dice.choice(["box", "box", "words", "withhold", "let go", "undo", "remove", "move"])
    if work == "box":
        x, y = dice.uniform(0, 500), dice.uniform(0, 800)
        done.append(
            desk.disclosure.review.mark_box(document, page, Box(x, y, x + 40, y + 12), code)
        )
    elif work == "words":
        done.append(desk.disclosure.review.mark_words(document, page, [dice.randrange(2)], code))
    elif work == "withhold":
        done.append(desk.disclosure.review.withhold([(document, page)], code))
    elif work == "let go":
        done.append(desk.disclosure.review.withhold([(document, page)], ""))
    elif work == "undo" and done:
        done.append(desk.disclosure.review.undo(done.pop()))
    elif work == "remove":
        marks = [mark.id for mark in desk.disclosure.review.marks(document, page)]
        done.append(desk.disclosure.review.remove(marks[:1]))
    elif work == "move":
        desk.documents.move(document, dice.randrange(3))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_screen_and_schedule_agree_after_any_work(desk, seed):
    dice = random.Random(seed)
    entry = a_request(desk)
    documents = []
    for name in ("one", "two", "three"):
        content = a_pdf(*[f"{name} {number}" for number in range(3)])
        documents.append(desk.documents.add("requests", entry.id, f"{name}.pdf", content).id)
    done: list[Done] = []
    for _ in range(40):
        _work_at_random(desk, dice, documents, done)
    planned = planning.plan(desk.workspace.database, "requests", entry.id)
    pages = desk.disclosure.review.pages("requests", entry.id)
    assert [each.number for each in planned.removed] == list(range(1, len(planned.removed) + 1))
    assert len(planned.pages) == len(pages) == 9
    by_page: dict[int, list[int]] = {}
    for each in planned.removed:
        by_page.setdefault(each.page, []).append(each.number)
    for page, bundled in zip(pages, planned.pages, strict=True):
        assert (bundled.index, bool(bundled.withheld)) == (page.page, bool(page.withheld))
        if page.withheld:
            assert bundled.withheld == reason(page.withheld).public_code
            assert bundled.marks == ()
            assert len(by_page[page.number]) == 1
            continue
        shown = desk.disclosure.review.marks(page.document_id, page.page)
        numbers = [mark.number for mark in shown]
        assert numbers == [mark.number for mark in bundled.marks] == by_page.get(page.number, [])
        assert [mark.box for mark in shown] == [mark.box for mark in bundled.marks]
        codes = {mark.code for mark in bundled.marks}
        assert codes == {reason(mark.code).public_code for mark in shown}
    progress = desk.disclosure.review.progress("requests", entry.id)
    assert progress.withheld == planned.withheld
    assert desk.check().problems == ()


def test_a_document_taken_off_leaves_no_hole_in_the_numbers(desk):
    entry = a_request(desk)
    first, second = (
        desk.documents.add("requests", entry.id, f"{name}.pdf", a_pdf(name)).id
        for name in ("one", "two")
    )
    for document in (first, second):
        desk.disclosure.review.mark_words(document, 0, [0], CODES[0])
    desk.documents.remove(first)
    planned = planning.plan(desk.workspace.database, "requests", entry.id)
    assert [(each.number, each.page, each.document) for each in planned.removed] == [(1, 1, second)]
    assert [(each.title, each.first, each.pages) for each in planned.documents] == [
        ("Document 1", 0, 1)
    ]
    desk.documents.restore(first)
    planned = planning.plan(desk.workspace.database, "requests", entry.id)
    assert [each.number for each in planned.removed] == [1, 2]


def test_the_words_of_a_withheld_page_stand_in_the_sealed_schedule_with_who_and_when(desk):
    entry = a_request(desk)
    document = desk.documents.add("requests", entry.id, "a.pdf", a_pdf("all of this goes")).id
    desk.disclosure.review.withhold([(document, 0)], CODES[0])
    (removed,) = planning.plan(desk.workspace.database, "requests", entry.id).removed
    assert (removed.words, removed.who, removed.whole_page) == (
        "all of this goes", "Dana Pryce", True,
    )  # fmt: skip
    assert removed.at.endswith("Z")


def test_the_contents_name_days_and_kinds_but_no_day_of_which_a_word_was_removed(desk):
    entry = a_request(desk)
    ids = [
        desk.documents.add("requests", entry.id, f"{name}.pdf", a_pdf(f"{name} on 12 Oct")).id
        for name in ("one", "two")
    ]
    with desk.workspace.database.changing() as change:
        for number, day in zip(ids, ("2026-10-12T09:00:00+00:00", "2026-10-13"), strict=True):
            row = change.session.get(Document, number)
            row.dated = day
            row.message_id = "<1@school.example>"
    database = desk.workspace.database
    found = planning.plan(database, "requests", entry.id).documents
    assert [(each.kind, each.dated) for each in found] == [
        ("E-mail", "12 Oct 2026"),
        ("E-mail", "13 Oct 2026"),
    ]
    desk.disclosure.review.mark_words(ids[0], 0, [3], CODES[0])
    found = planning.plan(database, "requests", entry.id).documents
    assert [each.dated for each in found] == ["", ""], "one missing day would tell"
