"""Every name is printed as its owner writes it."""

from __future__ import annotations

import io
import unicodedata
from importlib.util import find_spec
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from dpdesk.law.accents import in_form
from dpdesk.papers import fonts, look, system_fonts
from dpdesk.papers.fonts import printable, runs, spelled, warnings_for, width
from dpdesk.papers.kit import Paper
from tests.papers.reading import TODAY, facts_of, page_texts

NAMES = (
    "Wójcik Nguyễn Çelik Şahin O’Brien Ελένη Олена Ǧ Ắ Łukasz Żółć Šimůnek Đặng Ñuñez İpek "
    "Ðórsdóttir Ăceanu Țuțea Ḥusayn ʻAlī Mā’ore Ĝirafo Øyvind Þóra Œuvre Ŵyn Ŷ Ġorġ Ħal Ķeniņš "
    "Çağla Ödön Őri Űző Ѓорѓи Їжак Ґудзь Ўладзімір Жыц Ђорђе Њего ά ΐ ώ Ẁ ẞ"
).split()
FACES = ("regular", "medium", "bold", "italic", "bold italic")


@pytest.fixture(autouse=True)
def bare_computer(monkeypatch):
    """A computer without fonts of its own, so that every test sees the same letters."""
    lend(monkeypatch, ())
    yield
    fonts._font_for.cache_clear()
    fonts.advances.cache_clear()


def lend(monkeypatch, lenders):
    monkeypatch.setattr(system_fonts, "lenders", lambda: lenders)
    fonts._font_for.cache_clear()
    fonts.advances.cache_clear()


def plain_bytes(text: str) -> bytes:
    """The file with nothing compressed."""
    paper = Paper("T", printed_on=TODAY, letter=True)
    paper.text(text)
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper.bytes())) as pdf:
        pdf.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.all, compress_streams=False)
    return out.getvalue()


def printed_text(text: str) -> str:
    paper = Paper("T", printed_on=TODAY, letter=True)
    paper.text(text)
    return page_texts(paper.bytes())[0]


def test_every_name_comes_back_as_it_went_in():
    read = printed_text(" ".join(NAMES))
    assert read.split()[: len(NAMES)] == NAMES


@pytest.mark.parametrize("face", FACES)
def test_no_name_is_ever_printed_with_the_empty_box(face):
    for name in NAMES:
        for run in runs(printable(name), face):
            font = ImageFont.truetype(str(fonts._FILES[run.font]), 40)
            box = bytes(font.getmask("\U0010fffd"))
            for char in run.text:
                assert fonts._glyphs(run.font)[ord(char)] > 0
                if char.strip():
                    assert bytes(font.getmask(char)) != box, (char, run.font)


def test_every_letter_that_lato_has_comes_back_from_a_paper():
    letters = [
        chr(code)
        for code in sorted(fonts._glyphs("Lato"))
        if unicodedata.category(chr(code)) in {"Lu", "Ll", "Lt", "Nd"}
        and in_form("NFKC", chr(code)) == chr(code)
    ]
    assert len(letters) > 900
    words = ["".join(letters[at : at + 12]) for at in range(0, len(letters), 12)]
    paper = Paper("T", printed_on=TODAY, letter=True)
    for word in words:
        paper.text(word, gap=0)
    read = "".join("".join(page_texts(paper.bytes())).split())
    missing = [word for word in words if word not in read]
    assert missing == []


def test_letters_of_another_alphabet_are_taken_from_the_second_font():
    names = {run.font for run in runs("Anil अनिल", "regular")}
    assert names == {"Lato", "NotoSans"}


def test_only_fonts_of_our_own_are_in_the_file_and_all_are_embedded():
    paper = Paper("T", printed_on=TODAY)
    paper.text("Ελένη अनिल", style=look.STRONG)
    used = facts_of(paper.bytes())["fonts"]
    assert used
    assert all("+Lato" in name or "+NotoSans" in name for name in used)


def test_an_accent_typed_as_a_sign_of_its_own_is_composed():
    decomposed = in_form("NFD", "Nguyễn Wójcik")
    assert printable(decomposed) == "Nguyễn Wójcik"


def test_an_accent_that_cannot_be_composed_stays_with_its_letter():
    assert len(runs(printable("M\u0300bo"), "regular")) == 1


def test_letters_that_no_font_has_are_spelled_out_and_reported():
    paper = Paper("Name", printed_on=TODAY)
    paper.text("Written 김민 and 王 and \U000f0000.")
    read = " ".join(page_texts(paper.bytes())[0].split())
    assert "[Hangul gim, min]" in read
    assert "[Chinese character U+738B]" in read
    assert "[character U+F0000]" in read
    assert any("square brackets" in warning for warning in paper.warnings)


def test_a_paper_with_plain_names_has_no_warning():
    paper = Paper("Name", printed_on=TODAY)
    paper.text("Ελένη Wójcik")
    assert paper.warnings == ()


def test_letters_that_ought_to_join_are_reported():
    assert any("not joined" in warning for warning in warnings_for("अनिल"))


def test_neighbours_of_one_script_are_spelled_together():
    assert spelled("김민") == "[Hangul gim, min]"


def test_signs_that_turn_the_reading_direction_are_dropped():
    assert printable("abc\u202edef\u2066g\u200b\u0000\ud800") == "abcdefg"


@given(st.text())
def test_whatever_is_typed_can_be_printed_with_letters_from_the_fonts(text):
    shown = printable(text)
    assert printable(shown) == shown
    for line in shown.split("\n"):
        found = runs(line, "bold italic")
        assert "".join(run.text for run in found) == line
        assert all(fonts._glyphs(run.font).get(ord(c)) for run in found for c in run.text)


@given(st.text(st.characters(categories=["Lu", "Ll", "Lo", "Zs"]), min_size=1))
def test_no_letter_is_lost_between_what_is_typed_and_what_is_printed(text):
    shown = printable(text)
    for char in in_form("NFC", text):
        if not char.isspace() and fonts._font_for("regular", char):
            assert char in shown
    assert width(shown.replace("\n", ""), "regular", 10) >= 0


SIGN = "\uea61"  # a sign that only a font of icons has


def test_a_letter_that_only_the_computer_has_is_lent_by_it(monkeypatch, tmp_path):
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"no font")
    found = find_spec("qtawesome")
    assert found
    assert found.origin
    has_it = next((Path(found.origin).parent / "fonts").glob("codicon-*.ttf"))
    lend(monkeypatch, (tmp_path / "gone.ttf", broken, has_it))
    assert "U+EA61" in printable(f"a {SIGN}")
    monkeypatch.setattr(system_fonts, "may_be_lent", lambda char: char == SIGN)
    fonts._font_for.cache_clear()
    assert printable(f"a {SIGN}") == f"a {SIGN}"
    assert f"a {SIGN}" in printed_text(f"a {SIGN}")
    assert str(has_it.parent).encode() not in plain_bytes(f"a {SIGN}")


def test_a_letter_that_could_not_be_copied_from_the_paper_is_spelled_out():
    assert all(max(fonts._glyphs(name)) <= 0xFFFF for name in fonts._FILES)
    assert printable("\U00020bb7") == "[Chinese character U+20BB7]"


def test_letters_that_join_or_run_leftwards_are_never_lent():
    assert all(map(system_fonts.may_be_lent, "王김あアՀԱաგሰ"))
    assert not any(map(system_fonts.may_be_lent, "محמ\u0e17क\u1100"))


def test_only_fonts_that_are_there_are_named(tmp_path, monkeypatch):
    (tmp_path / "Fonts").mkdir()
    (tmp_path / "Fonts" / "malgun.ttf").touch()
    monkeypatch.setenv("WINDIR", str(tmp_path))
    assert tmp_path / "Fonts" / "malgun.ttf" in system_fonts._found()
    assert tmp_path / "Fonts" / "msyh.ttc" not in system_fonts._found()
