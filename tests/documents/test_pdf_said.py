"""What a PDF says in places that nobody opens, and what it showed before, is shown and told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from dpdesk.documents import intake
from dpdesk.walls.workers import Limits
from tests.documents import makers
from tests.inspection.makers import later

LINE = "BT /F 12 Tf 50 250 Td (Dear Ms Lee) Tj ET"
NAME = "Harry Beispiel"


def read(content: bytes) -> intake.Intake:
    return intake.read("a.pdf", content, None, Limits())


def with_change(change: Callable[[pikepdf.Pdf], object]) -> bytes:
    made = makers.plain(LINE)
    change(made)
    return makers.saved(made)


def script(words: str) -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String(f'var a = 1;\napp.alert("{words}");'))


def details(**what: str) -> Callable[[pikepdf.Pdf], object]:
    def change(made: pikepdf.Pdf) -> None:
        for key, value in what.items():
            made.docinfo[f"/{key}"] = String(value)

    return change


def newer(words: str) -> Callable[[pikepdf.Pdf], object]:
    def change(made: pikepdf.Pdf) -> None:
        with made.open_metadata(set_pikepdf_as_editor=False) as xmp:
            xmp["dc:creator"] = [words]

    return change


def root(**what: Any) -> Callable[[pikepdf.Pdf], object]:
    def change(made: pikepdf.Pdf) -> None:
        for key, value in what.items():
            made.Root[f"/{key}"] = value

    return change


def note(**what: Any) -> Callable[[pikepdf.Pdf], object]:
    def change(made: pikepdf.Pdf) -> None:
        made.pages[0].obj.Annots = Array(
            [
                made.make_indirect(
                    Dictionary(Type=Name.Annot, Rect=Array([50, 245, 150, 265]), **what)
                )
            ]
        )

    return change


def layer(name: str) -> Callable[[pikepdf.Pdf], object]:
    def change(made: pikepdf.Pdf) -> None:
        each = made.make_indirect(Dictionary(Type=Name.OCG, Name=String(name)))
        made.Root.OCProperties = Dictionary(OCGs=Array([each]), D=Dictionary(ON=Array([each])))

    return change


WAYS: dict[str, Callable[[str], Callable[[pikepdf.Pdf], object]]] = {
    "title": lambda words: details(Title=words),
    "author": lambda words: details(Author=words),
    "added detail": lambda words: details(Pupil=words),
    "newer details": newer,
    "layer": layer,
    "old place": lambda words: root(Dests=Dictionary({f"/{words.replace(' ', '_')}": Array([0])})),
    "place": lambda words: root(
        Names=Dictionary(
            Dests=Dictionary(Kids=Array([Dictionary(Names=Array([String(words), 0]))]))
        )
    ),
    "number": lambda words: root(
        PageLabels=Dictionary(Nums=Array([0, Dictionary(P=String(words))]))
    ),
    "script on opening": lambda words: root(OpenAction=script(words)),
    "script of the file": lambda words: root(
        Names=Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script(words)])))
    ),
    "script of a note": lambda words: note(Subtype=Name.Link, A=script(words)),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_name_in_a_place_that_nobody_opens_is_told_and_shown(way: str) -> None:
    taken = read(with_change(WAYS[way](NAME)))
    assert "1 bookmark, description or detail of the file" in taken.warnings[0]
    assert NAME in taken.pages[1].text().replace("_", " ")


@pytest.mark.parametrize("way", WAYS)
def test_what_names_nobody_there_is_no_alarm(way: str) -> None:
    for words in ("Microsoft Word", "Safeguarding Policy 2026", "Section 3", "Ms Lee"):
        taken = read(with_change(WAYS[way](words)))
        assert (taken.warnings, len(taken.pages)) == ((), 1), words


def test_damaged_details_leave_everything_else_to_be_told() -> None:
    def change(made: pikepdf.Pdf) -> None:
        made.Root.Metadata = made.make_stream(b"<x:xmpmeta <<&", Type=Name.Metadata)
        layer(NAME)(made)

    assert NAME in read(with_change(change)).pages[1].text()


def test_a_place_that_is_only_marked_for_redaction_is_told() -> None:
    taken = read(with_change(note(Subtype=Name.Redact, OverlayText=String(f"{NAME} removed"))))
    assert "1 place that is marked for redaction, and nothing is removed" in taken.warnings[0]
    assert f"{NAME} removed" in taken.pages[1].text()


def written(words: str) -> Callable[[pikepdf.Pdf], object]:
    def change(made: pikepdf.Pdf) -> None:
        made.pages[0].Contents = made.make_stream(f"BT /F 12 Tf 50 250 Td ({words}) Tj ET".encode())

    return change


def test_what_a_page_showed_before_it_was_changed_is_told_and_shown() -> None:
    first = makers.saved(makers.plain(LINE.replace("Ms Lee", NAME)))
    taken = read(later(first, written("Dear parents")))
    assert "what 1 page showed before the file was changed" in taken.warnings[0]
    assert taken.pages[0].text() == "Dear parents"
    assert taken.pages[1].text().endswith(f"Dear {NAME}")


def test_each_earlier_version_is_looked_at() -> None:
    first = makers.saved(makers.plain(LINE.replace("Ms Lee", NAME)))
    taken = read(later(later(first, written("Dear Robin")), written("Dear parents")))
    assert NAME in taken.pages[1].text()
    assert "Dear Robin" in taken.pages[1].text()


def test_a_version_that_only_adds_words_is_no_alarm() -> None:
    first = makers.saved(makers.plain(LINE))
    assert read(later(first, written("Dear Ms Lee and all parents"))).warnings == ()
