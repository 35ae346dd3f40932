"""A title that somebody gives to a document names nobody who was removed, however it is written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dpdesk.disclosure import check
from dpdesk.disclosure.check_named import naming
from dpdesk.errors import ReleaseRefused
from tests.disclosure.pdfs import evidence_of, plan_of, text_pdf

FILES = {
    "a": text_pdf("On Monday Quibblethorpe met Ann", "and Mrs Zanzot-", "tera on 07700 900123")
}
SECRETS = ["quibble", "zanzot-", "tera", "07700", "900123"]


def _titled(build, title):
    plan = plan_of(FILES, SECRETS)
    plan = replace(plan, pages=(replace(plan.pages[0], starts=f"Document 1: {title}"),))
    out, report = build(plan, files=FILES)
    check.check(plan, report, out, evidence_of(plan, FILES), workers=1)


@pytest.mark.parametrize(
    "title",
    [
        "Quibblethorpe/Example", "Example-Quibblethorpe", "Quibblethorpe–Example",
        "quibblethorpe@school.example", "mail_Quibblethorpe_1", "R.Quibblethorpe",
        "the Quibblethorpes' mail", "Qu\u00edbbleth\u00f6rpe", "Qu\u0456bblethorpe",
        "Quibble thorpe", "theQuibblethorpeFamily", "Mail from Zanzottera", "07700900123",
    ],
)  # fmt: skip
def test_a_removed_name_in_a_title_stops_the_release(build, title):
    with pytest.raises(ReleaseRefused, match="a word that was removed"):
        _titled(build, title)


@pytest.mark.parametrize("title", ["Monday with Ann", "Mail of the school", "Terraces, thorpes"])
def test_a_title_with_other_words_stops_nothing(build, title):
    _titled(build, title)


def test_half_of_a_removed_double_name_is_a_name():
    texts = ["Call with Examplesmith", "Call with Beispiel", "Call"]
    assert naming(texts, ["Beispiel-Examplesmith"]) == {texts[0], texts[1]}
