"""What an attacker, or a careless document, tried to keep from being found or removed."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from dpdesk.disclosure import bundle, check, pdf_writer, textlayer
from dpdesk.disclosure.finding import find
from dpdesk.disclosure.plan import BundleReport
from dpdesk.documents.pages import Box, Page, Word
from dpdesk.errors import ReleaseRefused
from tests.disclosure.pdfs import evidence_of, pages_of, plan_of, text_pdf


def _page(line: str) -> Page:
    words = [
        Word(text, Box(20 + 60 * place, 20, 70 + 60 * place, 32))
        for place, text in enumerate(line.split())
    ]
    return Page(595, 842, tuple(words), "text")


def _found(line: str, sought: str, *, whole_word: bool = False) -> list[str]:
    return [finding.text for finding in find(_page(line), sought, whole_word=whole_word)]


@pytest.mark.parametrize(
    ("line", "sought", "found"),
    [
        ("write to robin_example99@mail.example now", "Robin Example",
         ["robin_example99@mail.example"]),
        ("write to robinexample2@mail.example now", "Robin Example",
         ["robinexample2@mail.example"]),
        ("the Robin Examples mum came", "Robin Example", ["Robin Examples"]),
        ("Robin Examplethorpe came", "Robin Example", ["Robin Examplethorpe"]),
        ("R\u043ebin and \u0405mith and Sm\u0456th", "Smith", ["\u0405mith", "Sm\u0456th"]),
        ("\u0415\u043b\u0435\u043d\u0430 came", "\u0415\u043b\u0435\u043d\u0430",
         ["\u0415\u043b\u0435\u043d\u0430"]),
        ("\u0645\u062d\u0645\u0640\u062f came", "\u0645\u062d\u0645\u062f",
         ["\u0645\u062d\u0645\u0640\u062f"]),
        ("call +44 1632 960123 now", "01632 960 123", ["+44 1632 960123"]),
        ("call +441632960123 now", "01632 960 123", ["+441632960123"]),
        ("call 01632 960123 now", "+44 1632 960123", ["01632 960123"]),
        ("call 01632 960123 now", "+44 (0)1632 960123", ["01632 960123"]),
    ],
)  # fmt: skip
def test_names_and_numbers_in_disguise_are_found(line, sought, found):
    assert _found(line, sought) == found


@pytest.mark.parametrize(
    ("line", "sought"),
    [
        ("he art of the matter", "heart of them"),
        ("Maria Smith came", "A Smith"),
        ("room 440 on the way", "040"),
    ],
)
def test_what_only_looks_a_little_like_it_is_left_alone(line, sought):
    assert _found(line, sought) == []


def test_whole_words_are_still_whole():
    assert _found("the Robin Examples mum", "Robin Example", whole_word=True) == []
    assert _found("class 4B and 4 C", "B", whole_word=True) == []
    assert _found("in 20261 and 2026", "2026", whole_word=True) == ["2026"]


def test_the_number_of_a_footnote_does_not_hide_a_whole_word():
    assert _found("said Example1 to Example\u00b2", "Example", whole_word=True) == [
        "Example1",
        "Example\u00b2",
    ]
    assert _found("robin_example99", "Robin Example", whole_word=True) == ["robin_example99"]


def test_words_that_a_link_draws_by_itself_are_found():
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(text_pdf("nothing to see"))) as pdf:
        page = pdf.pages[0]
        drawing = pdf.make_stream(
            b"BT /F1 12 Tf 2 5 Td (Quibblethorpe) Tj ET",
            Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 120, 20], Resources=page.Resources,
        )  # fmt: skip
        link = Dictionary(
            Type=Name.Annot, Subtype=Name.Link, Rect=[100, 300, 220, 320], F=4,
            AP=Dictionary(N=drawing),
        )  # fmt: skip
        page.Annots = Array([pdf.make_indirect(link)])
        pdf.save(out)
    (read,) = pages_of(out.getvalue())
    (found,) = find(read, "Quibblethorpe")
    box = read.words[found.indexes[0]].box
    assert 95 < box.x0 < 110
    assert 520 < box.y0 < box.y1 < 545


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"endcmap\n", b"% Quibblethorpe\nendcmap\n"),
        (b"/CMapName /Unseen", b"/Note (Quibblethorpe) def\n/CMapName /Unseen"),
    ],
)
def test_a_note_in_the_table_of_letters_is_refused(monkeypatch, old, new):
    files = {"a": text_pdf("seen Quibblethorpe today")}
    plan = plan_of(files, ["Quibblethorpe"])
    honest = textlayer.to_unicode

    def build() -> tuple[io.BytesIO, BundleReport]:
        out = io.BytesIO()
        return out, bundle.build(plan, files.__getitem__, out, dpi=100, workers=1)

    out, report = build()
    check.check(plan, report, out, evidence_of(plan, files), workers=1)
    monkeypatch.setattr(pdf_writer, "to_unicode", lambda used: honest(used).replace(old, new))
    out, report = build()
    with pytest.raises(ReleaseRefused):
        check.check(plan, report, out, evidence_of(plan, files), workers=1)
