"""Each single thing that the check asks of a bundle's objects is asked: one change, one refusal.

Most of these changes let nothing be read by themselves; they are the loose ends with which somebody
would begin. What matters most stands in the other tests of the check.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from pikepdf import Array, Dictionary, Name, String

from dpdesk.disclosure import burn, ink
from tests.disclosure.faults import refuse
from tests.disclosure.pdfs import drawn as drawn_pdf
from tests.disclosure.pdfs import evidence_of, plan_of
from tests.disclosure.tampering import refused, retold, set_words, tampered, words_of

TEXT, PHOTO = 1, 3
"""Pages of the bundle: one in black and white, and one with a photograph."""


def on(index, path, **entries):
    """Sets entries of what a page leads to by these names; None takes one away."""

    def change(pdf):
        thing = pdf.pages[index].obj
        for name in path.split("/") if path else ():
            thing = thing[int(name)] if name.isdecimal() else thing[f"/{name}"]
        _set(thing, entries)

    return change


def root(path, **entries):
    def change(pdf):
        thing = pdf.Root
        for name in path.split("/") if path else ():
            thing = thing[int(name)] if name.isdecimal() else thing[f"/{name}"]
        _set(thing, entries)

    return change


def _set(thing, entries):
    for key, value in entries.items():
        if value is None:
            del thing[f"/{key}"]
        else:
            thing[f"/{key}"] = value


def raw(index, old, new):
    """Changes bytes of the picture of a page as it is encoded."""

    def change(pdf):
        stream = pdf.pages[index].obj.Resources.XObject.P
        kind, parms = stream.Filter, stream.get("/DecodeParms")
        content = stream.read_raw_bytes()
        assert old in content
        stream.write(content.replace(old, new, 1), filter=kind, decode_parms=parms)

    return change


def words(old, new):
    def change(pdf):
        page = pdf.pages[TEXT].obj
        content = words_of(page)
        assert old in content
        set_words(page, content.replace(old, new, 1))

    return change


def contents_of_three(pdf):
    page = pdf.pages[TEXT].obj
    page.Contents = Array([*page.Contents, pdf.make_stream(b"n")])


def one_page_twice(pdf):
    branch = pdf.Root.Pages.Kids[0]
    branch.Kids[2] = branch.Kids[1]


def bookmark_after_the_last(pdf):
    outlines = pdf.Root.Outlines
    more = pdf.make_indirect(
        Dictionary(
            Title=String("Quibblethorpe"), Parent=outlines,
            Dest=Array([pdf.pages[1].obj, Name.Fit]), Prev=outlines.Last,
        )
    )  # fmt: skip
    outlines.Last.Next = more


def bookmark_taken_away(pdf):
    first = pdf.Root.Outlines.First
    if "/Next" in first:
        del first["/Next"]


def bookmark_to_another_page(pdf):
    pdf.Root.Outlines.First.Dest = Array([pdf.pages[2].obj, Name.Fit])


def bookmark_zoomed(pdf):
    pdf.Root.Outlines.First.Dest = Array([pdf.pages[0].obj, Name.FitH, 20])


def link_to_nowhere(pdf):
    pdf.pages[0].obj.Annots[0].Dest = Array([Dictionary(Type=Name.Catalog), Name.Fit])


def a_code_said_twice(pdf):
    font = pdf.pages[TEXT].obj.Resources.Font.F
    table = font.ToUnicode.read_bytes()
    row = table[table.index(b"beginbfchar\n") + 12 :].split(b"\n")[0]
    font.ToUnicode.write(table.replace(row + b"\n", row + b"\n" + row + b"\n", 1))


FONT = "Resources/Font/F"
LETTERS = "Resources/Font/F/DescendantFonts/0"
CHANGES = {
    "viewer told to do something": root("ViewerPreferences", HideToolbar=True),
    "language": root("", Lang=String("Quibblethorpe")),
    "entry beside the pages": root("Pages", Note=String("Quibblethorpe")),
    "number of pages": root("Pages", Count=3),
    "entry beside a branch": root("Pages/Kids/0", Note=String("Quibblethorpe")),
    "entry beside the bookmarks": root("Outlines", Note=String("Quibblethorpe")),
    "entry in a bookmark": root("Outlines/First", Note=String("Quibblethorpe")),
    "title of a bookmark": root("Outlines/First", Title=String("Quibblethorpe")),
    "no bookmarks": root("", Outlines=None),
    "entry in a page of our own": on(0, "", Note=String("Quibblethorpe")),
    "kind of a page of our own": on(0, "", Type=Name.Quibble),
    "resource of a page of our own": on(0, "Resources", Properties=Dictionary()),
    "kind of a link": on(0, "Annots/0", Subtype=Name.Text),
    "entry in a font": on(TEXT, FONT, Note=String("Quibblethorpe")),
    "codes of a font": on(TEXT, FONT, Encoding=Name("/Identity-V")),
    "entry in its letters": on(TEXT, LETTERS, Note=String("Quibblethorpe")),
    "entry in its description": on(TEXT, f"{LETTERS}/FontDescriptor", Note=String("Quibble")),
    "entry in its file": on(TEXT, f"{LETTERS}/FontDescriptor/FontFile2", Length1=9),
    "resource of a burnt page": on(TEXT, "Resources", Properties=Dictionary()),
    "second drawing": contents_of_three,
    "entry in a drawing": on(TEXT, "Contents/0", Note=String("Quibblethorpe")),
    "entry in the words": on(TEXT, "Contents/1", Note=String("Quibblethorpe")),
    "size of a page": on(TEXT, "", MediaBox=Array([0, 0, 500, 500])),
    "corner of a page": on(TEXT, "", MediaBox=Array([10, 10, 605, 900])),
    "kind of a picture": on(TEXT, "Resources/XObject/P", Subtype=Name.PS),
    "size of a picture": on(TEXT, "Resources/XObject/P", Width=30_000),
    "colour of a fax": on(TEXT, "Resources/XObject/P", ColorSpace=Name.DeviceRGB),
    "depth of a fax": on(TEXT, "Resources/XObject/P", BitsPerComponent=8),
    "fax turned over": on(TEXT, "Resources/XObject/P/DecodeParms", BlackIs1=True),
    "width of a fax": on(TEXT, "Resources/XObject/P/DecodeParms", Columns=900),
    "mask of a photograph": on(PHOTO, "Resources/XObject/P", Mask=Array([0, 9])),
    "depth of a photograph": on(PHOTO, "Resources/XObject/P", BitsPerComponent=4),
    "size of a photograph": on(PHOTO, "Resources/XObject/P", Width=90),
    "start of a photograph": raw(PHOTO, b"\xff\xd8", b"\xff\xd7"),
    "head of a photograph": raw(PHOTO, b"JFIF\0", b"Quibb"),
    "mark within a photograph": raw(PHOTO, b"\xff\x00", b"\xff\xd0"),
    "a word without its space": words(b"0020> Tj", b"> Tj"),
    "an unknown code": words(b"0020> Tj", b"e7ff0020> Tj"),
    "a command after the words": words(b"ET\n", b"ET\nn\n"),
    "another command between them": words(b"> Tj\n", b"> Tj\n0 Tr\n"),
} | {
    change.__name__.replace("_", " "): change
    for change in (
        one_page_twice, bookmark_after_the_last, bookmark_taken_away, bookmark_to_another_page,
        bookmark_zoomed, link_to_nowhere, a_code_said_twice,
    )
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_one_change_to_the_objects_of_a_bundle_is_refused(made, change):
    plan, _, report = made
    content = tampered(made, change)
    refused(plan, retold(content, report), content)


# ------------------------------------------------- words that nobody sees, let through by mistake


def _below_a_bar(canvas):
    canvas.drawString(72, 700, "Skywalker")
    canvas.rect(70, 697, 80, 13, fill=1)
    canvas.drawString(72, 600, "Seen words of the page")


def _too_pale(canvas):
    canvas.setFillGray(0.93)
    canvas.drawString(72, 700, "Skywalker")
    canvas.setFillGray(0)
    canvas.drawString(72, 600, "Seen words of the page")


def _all_seen(planted):
    planted.setattr(burn, "seen_words", lambda page, words, *_, **__: list(words))
    planted.setattr(burn, "_is_pale", lambda *_: False)
    planted.setattr(ink.Cells, "seen", lambda *_: True)


@pytest.mark.parametrize("page", [_below_a_bar, _too_pale])
def test_a_word_that_nobody_sees_is_refused_though_every_reader_and_writer_let_it_through(
    build, page
):
    files = {"a": drawn_pdf(page)}
    plan = plan_of(files)
    page_of = replace(plan.pages[0].page, unseen=frozenset())
    plan = replace(plan, pages=(replace(plan.pages[0], page=page_of),))
    refuse(plan, build(plan, _all_seen, files), evidence=evidence_of(plan, files))
