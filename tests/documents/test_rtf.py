"""Rich Text: every word in its order, in the alphabet that it was written in."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from dpdesk.documents import pdf, rtf_pages, words
from dpdesk.documents.hidden import place
from dpdesk.documents.normal import Normal
from dpdesk.walls.workers import Limits
from tests.documents.makers import encoded

pytestmark = pytest.mark.usefixtures("qapp")


def read(inside: str | bytes) -> tuple[str, str, Normal]:
    """The words of the pages, those of the marked pages after them, and what else became of it."""
    content = inside if isinstance(inside, bytes) else inside.encode("latin-1")
    made = rtf_pages.rtf(rb"{\rtf1\ansi " + content + b"}", None, Limits())
    document = pdf.open_pdf(made.made or b"")
    text = " ".join(words.read_page(document, n).text() for n in range(len(document)))
    document.close()
    shown, _mark, unseen = " ".join(text.split()).partition("Hidden in this file")
    return shown.strip(), unseen, made


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        (r"Dear {\b Ada},\par thank you.", "Dear Ada, thank you."),
        (r"Zo\'eb and O\rquote Brien", "Zoë and O’Brien"),
        (r"\uc1 \u321?ukasz \u-3913?", "Łukasz •"),
        (r"{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}}\f0 a \f1\'cf\'e8", "a Пи"),
        (r"{\fonttbl{\f1\fcharset128 B;}}\f1\'93\'fa.", "日."),
        (r"one\line two\tab three\~four\_five", "one two three four-five"),
        ('{\\field{\\*\\fldinst HYPERLINK "https://a.org/x"}{\\fldrslt here}} end',
         "here (https://a.org/x) end"),
        (r"\trowd\intbl left\cell right\cell\row\pard after", "left right after"),
        (r"{\stylesheet{\s1 Heading;}}{\*\generator Word;}{\*\unknown gone}text", "text"),
        (r"{\*\shppict{\pict\pngblip 00}}{\nonshppict{\pict\wmetafile8 00}}text",
         "[Picture: PNG]text"),
        (r"{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt in the box\par}}}after", "in the box after"),
        (r"{\mmath{\*\moMath{\mr a}{\mr +b}}}{\mmathPr\mbrkBin0 gone}after", "a+bafter"),
    ],
)  # fmt: skip
def test_words_are_read_as_they_are_shown(source: str, seen: str) -> None:
    assert read(source)[0] == seen


def test_heads_feet_and_notes_are_there() -> None:
    source = r"{\header Oak School\par}{\footer Private\par}Text{\footnote See the log.} goes on."
    shown = read(source)[0]
    assert "Text[1] goes on." in shown
    assert shown.index("Oak School") < shown.index("Text") < shown.index("See the log.")
    assert shown.index("See the log.") < shown.index("Private")


def test_what_is_hidden_stands_after_the_pages() -> None:
    source = (
        r"{\*\revtbl{Unknown;}{A. Example;}}{\colortbl;\red255\green255\blue255;}"
        r"Ada {\deleted\revauthdel1 gone} {\v secret} {\cf1 white} "
        r"{\*\atnid A}{\*\atnauthor B. Head}\chatn{\*\annotation Do not tell.} end"
    )
    shown, unseen, made = read(source)
    assert shown == "Ada white [comment 1] end"
    assert "1 deleted passage gone by A. Example" in unseen
    assert "1 passage of hidden text secret" in unseen
    assert "1 passage that nobody can see white" in unseen
    assert "Comment 1 B. Head Do not tell." in unseen
    assert made.warnings[1].startswith("Hidden in this file: ")


def test_what_the_file_says_of_itself_is_told() -> None:
    source = r"{\info{\author A. Example}{\title Concern}{\revtim\yr2026\mo5\dy3\hr9\min5}}text"
    said = read(source)[2].said
    assert (said.sender, said.title, said.dated) == ("A. Example", "Concern", "2026-05-03T09:05")


@pytest.mark.parametrize(
    "source",
    [
        "{" * 20_000 + "deep" + "}" * 20_000,
        "deep" + "}" * 50,
        r"\bin99999999999 deep"[:12] + r" deep",
        r"deep{\pict\pngblip zz}",
        r"deep\u99999999999 \'zz\uc9 ",
        r"{\*\revtbl;;;}{\deleted\revauthdel-7 x}deep",
    ],
)
def test_a_file_made_to_break_its_reader_is_read_all_the_same(source: str) -> None:
    assert "deep" in read(source)[0]


@pytest.mark.parametrize(
    ("begun", "quoted"),
    [
        (
            "The pupil met Quibblethorpe and everybody else at noon",
            "The pupil met Quibblethorpe and",
        ),
        (
            "The pupil came at noon with a certain Quibblethorpe",
            "The pupil came at noon with a certain",
        ),
        ("The pupil came at noon with one Robin Quibblethorpe", "The pupil came at noon with one"),
        ("The pupil met Quib", "The pupil met"),
        ("Quib", ""),
        ("Total ", "Total"),
        ("", ""),
    ],
)
def test_where_a_hidden_passage_stands_is_told_without_a_part_of_a_name(begun, quoted):
    """Whoever removes a name everywhere would not find half of it."""
    assert place(begun) == (f"in “{quoted}…”" if quoted else "")


def test_what_a_field_holds_back_is_told() -> None:
    source = (
        r'{\field{\*\fldinst IF a = 1 "passed" "was excluded"}{\fldrslt passed}} {\field{\*\fldinst'
        r" DATE}{\fldrslt May}}"
    )
    shown, unseen, _made = read(source)
    assert shown == "passed May"
    assert "1 passage of hidden text was excluded in a field" in unseen


def test_properties_and_entries_for_an_index_are_told() -> None:
    source = (
        r"{\info{\title Concern}{\author A. Head}{\creatim\yr2026\mo5\dy3\hr9\min5}{\revtim\yr0}}"
        r"{\*\userprops{\propname Pupil}\proptype30{\staticval Ada Example}}{\xe Ben Example}text"
    )
    shown, unseen, made = read(source)
    assert "Written by: A. Head" in shown
    assert (made.said.title, made.said.dated) == ("Concern", "2026-05-03T09:05")
    assert "1 property that somebody added Pupil Ada Example" in unseen
    assert "1 entry for an index Ben Example" in unseen


def test_pictures_without_the_head_of_a_file_are_shown() -> None:
    small = Image.new("RGB", (20, 20), "red").quantize(4)
    out = io.BytesIO()
    small.save(out, "BMP")
    bare = out.getvalue()[14:]
    source = rb"a{\pict\dibitmap0\picwgoal400\pichgoal400 " + bare.hex().encode() + rb"}b"
    _shown, _unseen, made = read(source)
    assert not any("cannot be shown" in line for line in made.warnings)
    document = pdf.open_pdf(made.made or b"")
    drawn = pdf.draw(document, 0, 1.0)
    assert b"\x00\x00\xff" in drawn.content
    document.close()
    as_it_is = rb"a{\pict\pngblip\bin%d " % len(PNG) + PNG + rb"}b"
    assert not any("cannot be shown" in line for line in read(as_it_is)[2].warnings)


PNG = encoded(Image.new("RGB", (9, 9), "red"), "PNG")


def test_what_lies_beside_the_lines_is_told() -> None:
    shape = r"{\shp{\*\shpinst{\sp{\sn wzDescription}{\sv Noah at work}}{\sp{\sn gtextUNICODE}"
    shown, unseen, _made = read(
        r"{\*\revtbl{Unknown;}{Isla Hale;}}{\*\bkmkstart _GoBack}{\*\bkmkstart Emily_W}"
        r"{\field{\*\fldinst FORMTEXT {\*\formfield{\fftype0{\*\ffname Text1}{\*\ffdeftext Oscar}"
        r"{\*\ffhelptext Ask Theo}}}}{\fldrslt x}}{\*\docvar {pupil}{Sophia W}}"
        + shape
        + r"{\sv LOUD}}}}{\*\mailmerge{\mmquery of Lucas}}text"
    )
    for told in ("Emily_W", "Oscar", "Ask Theo", "pupil Sophia W", "Noah at work", "Isla Hale",
                  "of Lucas"):  # fmt: skip
        assert told in unseen, told
    assert "LOUD" in shown
    assert "GoBack" not in unseen + shown
    assert "Text1" not in unseen + shown


def test_a_document_whose_end_is_missing_says_so() -> None:
    def told(content: bytes) -> bool:
        made = rtf_pages.rtf(content, None, Limits())
        return any("end of this document is missing" in each for each in made.warnings)

    assert told(rb"{\rtf1 Ada {\b Ben")
    assert not told(rb"{\rtf1 Ada {\b Ben}}")
    assert not told(rb"{\rtf1 Ada {\b Ben}" + b"\n")
