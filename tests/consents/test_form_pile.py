"""A pile of returned forms: whose each page is, and what is ticked, however it was scanned."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from dpdesk.documents import form_task, pdf
from tests.builders import a_pdf, grain
from tests.documents.makers import lato

DOTS = 200


class Pile:
    """Printed forms, drawn to pixels, filled in by hand."""

    def __init__(self, content: bytes, layouts) -> None:
        self._document = pdf.open_pdf(content)
        self._layouts = layouts

    def sheet(self, number: int) -> Image.Image:
        drawn = pdf.draw(self._document, number, DOTS / 72, gray=True)
        size = (drawn.width, drawn.height)
        return Image.frombytes("L", size, drawn.content, "raw", "L", drawn.stride, 1)

    def filled(
        self, number: int, *ticked: str, signed: bool = True, cross: str = ""
    ) -> Image.Image:
        """A form with ticks in some boxes (by key), perhaps one crossed out, and a signature."""
        sheet = self.sheet(number)
        pen = ImageDraw.Draw(sheet)
        layout = self._layouts[number]
        scale = DOTS / 72
        for key in ticked:
            _page, x, y, wide, high = layout.boxes[key]
            points = [(x + 3, y + 9), (x + 7, y + high - 3), (x + wide + 3, y - 3)]
            pen.line([(a * scale, b * scale) for a, b in points], fill=40, width=5, joint="curve")
        if cross:
            _page, x, y, wide, high = layout.boxes[cross]
            for step in range(0, round(high), 2):
                at = (y + step) * scale
                pen.line([(x * scale, at), ((x + wide) * scale, at + 4)], fill=30, width=6)
        if signed and layout.signed:
            _page, x, y, _wide, high = layout.signed
            pen.text((x * scale + 20, (y + high - 26) * scale), "R. Ward", 50, font=lato(44))
        return sheet


@pytest.fixture
def printed(room, family, website, monkeypatch):
    """The forms of two pupils with two uses, and the pupils."""
    room.uses.save({"name": "In school", "place": "school", "words": "On the walls of our school."})
    families = [family("Ward"), family("Quill")]
    kept = {}
    keep = room.codes.keep

    def noted(codes, uses, layouts=None):
        kept.update(layouts)
        keep(codes, uses, layouts)

    monkeypatch.setattr(room.codes, "keep", noted)
    content = room.prints.forms("4B").content
    roll = room.consents.roll()
    order = [pupil.id for pupil in roll.of_class("4B")]
    return Pile(content, [kept[number] for number in order]), families, order


def _saved(tmp_path: Path, *sheets: Image.Image, name: str = "pile.pdf") -> Path:
    path = tmp_path / name
    first, *more = [sheet.convert("L") for sheet in sheets]
    first.save(path, save_all=True, append_images=more, resolution=DOTS)
    return path


def _uses(room) -> dict[str, int]:
    return {use.name: use.id for use in room.consents.roll().uses}


def _worn(sheet: Image.Image) -> Image.Image:
    """As a tired office scanner gives it: specks, grey paper, soft edges."""
    dice = random.Random(7)
    worn = sheet.point([min(238, level) for level in range(256)])
    pen = ImageDraw.Draw(worn)
    for _ in range(400):
        x, y = dice.randrange(worn.width), dice.randrange(worn.height)
        pen.point((x, y), fill=60)
    return ImageChops.add(worn, grain(worn.size, 18), offset=-128)


def test_a_pile_is_read_in_any_order_and_whichever_way_its_pages_lie(room, printed, tmp_path):
    pile, _families, order = printed
    uses = _uses(room)
    web, school = f"use {uses['Website']}", f"use {uses['In school']}"
    path = _saved(
        tmp_path,
        pile.filled(1, web, "wish happy").rotate(180),
        pile.filled(0, school).rotate(-3, Image.Resampling.BICUBIC, expand=True, fillcolor=255),
    )
    second, first = room.forms.read(path)
    assert (second.pupil, first.pupil) == (order[1], order[0])
    assert second.uses == {uses["Website"]: "ticked", uses["In school"]: "empty"}
    assert first.uses == {uses["Website"]: "empty", uses["In school"]: "ticked"}
    assert (second.wish, first.wish) == ("yes", None)
    assert (second.signed, first.signed) == (True, True)
    assert second.versions == dict.fromkeys(uses.values(), 1)
    with Image.open(io.BytesIO(second.picture)) as upright:
        assert upright.size[0] < upright.size[1]


@pytest.mark.parametrize("turn", [90, 270])
def test_a_page_on_its_side_and_a_worn_one_are_read(room, printed, tmp_path, turn):
    pile, _families, order = printed
    uses = _uses(room)
    sheet = pile.filled(0, f"use {uses['Website']}", signed=False)
    path = _saved(tmp_path, _worn(sheet.rotate(turn, expand=True)), name="worn.pdf")
    (form,) = room.forms.read(path)
    assert form.pupil == order[0]
    assert form.uses == {uses["Website"]: "ticked", uses["In school"]: "empty"}
    assert form.signed is False


def test_a_form_photographed_askew_is_read(room, printed, tmp_path):
    pile, _families, order = printed
    uses = _uses(room)
    sheet = pile.filled(0, f"use {uses['In school']}", "wish unhappy")
    wide, high = sheet.size
    corners = (-60, -40, -30, high + 60, wide + 90, high + 20, wide + 40, -80)
    askew = sheet.transform(
        sheet.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=90
    )
    light = (
        Image.linear_gradient("L")
        .resize(sheet.size)
        .point([150 + n * 105 // 255 for n in range(256)])
    )
    (form,) = room.forms.read(_saved(tmp_path, ImageChops.multiply(askew, light), name="photo.pdf"))
    assert form.pupil == order[0]
    assert form.uses == {uses["Website"]: "empty", uses["In school"]: "ticked"}
    assert form.wish == "no"


def test_what_is_not_plain_is_left_open(room, printed, tmp_path):
    pile, _families, _order = printed
    uses = _uses(room)
    web, school = f"use {uses['Website']}", f"use {uses['In school']}"
    sheet = pile.filled(0, web, cross=school)
    pen = ImageDraw.Draw(sheet)
    # A tick beside the box is for a person to judge.
    _page, x, y, _wide, high = pile._layouts[0].boxes["wish happy"]
    scale = DOTS / 72
    pen.line([((x - 7) * scale, y * scale), ((x - 2) * scale, (y + high) * scale)], 0, 6)
    (form,) = room.forms.read(_saved(tmp_path, sheet))
    assert form.uses == {uses["Website"]: "ticked", uses["In school"]: "doubtful"}
    assert form.wish is None


def test_a_page_of_somebody_else_and_one_without_its_code_are_kept_for_the_eye(
    room, printed, tmp_path
):
    pile, _families, _order = printed
    torn = pile.filled(0)
    # The corner with the code is torn off.
    _page, x, y, wide, _high = pile._layouts[0].codes[0]
    scale = DOTS / 72
    ImageDraw.Draw(torn).rectangle(
        ((x - 5) * scale, 0, torn.width, (y + wide * 0.6) * scale), fill=255
    )
    (form,) = room.forms.read(_saved(tmp_path, torn))
    assert (form.pupil, form.boxes) == (0, {})
    assert "No code" in form.why
    assert form.picture.startswith(b"\xff\xd8")
    (tmp_path / "letter.pdf").write_bytes(a_pdf("Dear Mrs Pryce"))
    (letter,) = room.forms.read(tmp_path / "letter.pdf")
    assert letter.why == form.why


@pytest.mark.parametrize("size", [1.0, 0.72])
def test_two_forms_on_one_page_are_both_read(room, printed, tmp_path, size):
    pile, _families, order = printed
    uses = _uses(room)
    web, school = f"use {uses['Website']}", f"use {uses['In school']}"
    left, right = pile.filled(0, web), pile.filled(1, school, signed=False).rotate(180)
    both = Image.new("L", (left.width + right.width + 20, left.height), 255)
    both.paste(left, (0, 0))
    both.paste(right, (left.width + 20, 0))
    both = both.resize((round(both.width * size), round(both.height * size)))
    forms = room.forms.read(_saved(tmp_path, both))
    found = {form.pupil: (form.uses, form.signed, form.page) for form in forms}
    assert found == {
        order[0]: ({uses["Website"]: "ticked", uses["In school"]: "empty"}, True, 1),
        order[1]: ({uses["Website"]: "empty", uses["In school"]: "ticked"}, False, 1),
    }


def test_a_further_page_counts_as_signed_only_if_the_last_one_is(room, family, tmp_path):
    for number in range(14):
        room.uses.save(
            {"name": f"Use {number}", "place": "online", "words": "Long words for parents. " * 6}
        )
    family("Ward")
    content = room.prints.forms("4B").content
    (tmp_path / "many.pdf").write_bytes(content)
    pages = room.forms.read(tmp_path / "many.pdf")
    assert {page.signed for page in pages} == {False}
    assert {page.why for page in pages} == {""}
    pile = Pile(content, [])
    first = room.forms.read(_saved(tmp_path, pile.sheet(0), name="first.pdf"))
    assert [(page.signed, "not in this scan" in page.why) for page in first] == [(False, True)]
    last = pile.sheet(len(pages) - 1)
    signed = _layout(room, pages[0].code).signed
    pen, scale = ImageDraw.Draw(last), DOTS / 72
    pen.text(((signed[1] + 8) * scale, signed[2] * scale), "R. Ward", 50, font=lato(44))
    sheets = [*(pile.sheet(n) for n in range(len(pages) - 1)), last]
    again = room.forms.read(_saved(tmp_path, *sheets, name="signed.pdf"))
    assert {page.signed for page in again} == {True}


def _layout(room, code):
    layout = room.codes.meant(code).layout
    assert layout is not None
    return layout


def test_a_form_of_many_uses_is_read_over_its_pages(room, family, tmp_path):
    for number in range(14):
        room.uses.save(
            {"name": f"Use {number}", "place": "online", "words": "Long words for parents. " * 6}
        )
    family("Ward")
    (tmp_path / "many.pdf").write_bytes(room.prints.forms("4B").content)
    pages = room.forms.read(tmp_path / "many.pdf")
    assert len(pages) > 1
    assert len({page.pupil for page in pages}) == 1
    found = [use for page in pages for use in page.uses]
    assert sorted(found) == sorted(_uses(room).values())
    assert {said for page in pages for said in page.uses.values()} == {"empty"}


def test_the_scan_is_filed_with_each_answer_of_the_form(desk, room, printed, tmp_path):
    pile, families, order = printed
    uses = _uses(room)
    (form,) = room.forms.read(_saved(tmp_path, pile.filled(0, f"use {uses['Website']}")))
    mother = next(f.mother for f in families if f.pupil.id == order[0])
    answers = {uses["Website"]: "given", uses["In school"]: "refused"}
    earlier = room.consents.answer_many(
        [form.pupil], {uses["Website"]: "refused"}, by_whom={form.pupil: mother.id}
    )
    changes = room.consents.answer_many(
        [form.pupil], answers, by_whom={form.pupil: mother.id}, versions=form.versions
    )
    assert room.file_form(changes, form) == 2
    ((_, replaced),) = earlier.made
    assert desk.documents.of_entry("consents", replaced) == ()
    for _register, number in changes.made:
        (card,) = desk.documents.of_entry("consents", number)
        assert form.code in card.name
    assert room.file_form(changes, form) == 2
    assert desk.check().problems == ()


def test_a_pencil_tick_on_a_faint_scan_is_never_taken_for_an_empty_box(room, printed, tmp_path):
    pile, _families, _order = printed
    uses = _uses(room)
    sheet = pile.sheet(0)
    _page, x, y, wide, high = pile._layouts[0].boxes[f"use {uses['Website']}"]
    points = [(x + 3, y + high / 2), (x + wide * 0.4, y + high - 3), (x + wide, y)]
    scale = DOTS / 72
    ImageDraw.Draw(sheet).line([(a * scale, b * scale) for a, b in points], 150, 4, "curve")
    faint = sheet.point([155 + level * 100 // 255 for level in range(256)])
    noisy = ImageChops.add(faint, grain(faint.size, 6), offset=-128)
    (form,) = room.forms.read(_saved(tmp_path, noisy))
    assert form.uses == {uses["Website"]: "ticked", uses["In school"]: "empty"}


def _struck(pen: ImageDraw.ImageDraw, x: float, y: float, wide: float, high: float) -> None:
    pen.line([(x - 20, y + high / 2), (x + wide + 20, y + high / 2 + 4)], fill=50, width=5)


def _scribbled(pen: ImageDraw.ImageDraw, x: float, y: float, wide: float, high: float) -> None:
    way = [(x + (wide if n % 2 else 0), y + n * high / 4) for n in range(5)]
    pen.line(way, fill=50, width=4)


def _struck_shortly(pen: ImageDraw.ImageDraw, x: float, y: float, wide: float, high: float) -> None:
    pen.line([(x - 14, y + high * 0.6), (x + wide + 14, y + high * 0.45)], fill=50, width=4)


@pytest.mark.parametrize("take_back", [_struck, _struck_shortly, _scribbled])
def test_a_tick_that_was_taken_back_is_left_open(room, printed, tmp_path, take_back):
    pile, _families, _order = printed
    uses = _uses(room)
    web = f"use {uses['Website']}"
    sheet = pile.filled(0, web)
    _page, *spot = pile._layouts[0].boxes[web]
    take_back(ImageDraw.Draw(sheet), *(side * DOTS / 72 for side in spot))
    (form,) = room.forms.read(_saved(tmp_path, sheet))
    assert form.uses == {uses["Website"]: "doubtful", uses["In school"]: "empty"}


def test_a_pencil_too_faint_to_be_sure_of_is_not_called_empty(room, printed, tmp_path):
    pile, _families, _order = printed
    uses = _uses(room)
    web = f"use {uses['Website']}"
    sheet = pile.sheet(0)
    _page, x, y, wide, high = pile._layouts[0].boxes[web]
    points = [(x + 3, y + high / 2), (x + wide / 2, y + high - 3), (x + wide, y)]
    scale = DOTS / 72
    ImageDraw.Draw(sheet).line([(a * scale, b * scale) for a, b in points], fill=212, width=4)
    (form,) = room.forms.read(_saved(tmp_path, sheet))
    assert form.uses == {uses["Website"]: "doubtful", uses["In school"]: "empty"}


def _dot(pen: ImageDraw.ImageDraw, x: float, y: float, wide: float, high: float) -> None:
    middle = (x + wide / 2, y + high / 2)
    pen.ellipse([middle[0] - 6, middle[1] - 6, middle[0] + 6, middle[1] + 6], fill=20)


def _left_of_it(pen: ImageDraw.ImageDraw, x: float, y: float, wide: float, high: float) -> None:
    pen.line([(x - 60, y + 20), (x - 50, y + high - 5), (x - 30, y)], fill=40, width=4)


def _over_the_words(pen: ImageDraw.ImageDraw, x: float, y: float, wide: float, high: float) -> None:
    x += wide + 40
    pen.line([(x, y + 20), (x + 12, y + high), (x + 40, y - 12)], fill=40, width=4)


def _dash(pen: ImageDraw.ImageDraw, x: float, y: float, wide: float, high: float) -> None:
    pen.line([(x + 8, y + high / 2), (x + wide - 8, y + high / 2 + 3)], fill=40, width=8)


def _cross(pen: ImageDraw.ImageDraw, x: float, y: float, wide: float, high: float) -> None:
    pen.line([(x + 6, y + 7), (x + wide - 7, y + high - 6)], fill=40, width=4)
    pen.line([(x + wide - 5, y + 6), (x + 7, y + high - 8)], fill=40, width=4)


@pytest.mark.parametrize("mark", [_dot, _dash, _cross, _left_of_it, _over_the_words])
def test_a_dot_of_ink_and_a_tick_beside_the_box_are_for_a_person(room, printed, tmp_path, mark):
    pile, _families, _order = printed
    uses = _uses(room)
    web, school = f"use {uses['Website']}", f"use {uses['In school']}"
    sheet = pile.filled(0, school)
    _page, *spot = pile._layouts[0].boxes[web]
    mark(ImageDraw.Draw(sheet), *(side * DOTS / 72 for side in spot))
    (form,) = room.forms.read(_saved(tmp_path, sheet))
    assert form.uses == {uses["Website"]: "doubtful", uses["In school"]: "ticked"}


def test_a_scan_without_grey_calls_a_box_empty_only_where_a_tick_shows_the_pen(
    room, printed, tmp_path
):
    pile, _families, _order = printed
    uses = _uses(room)
    web, school = f"use {uses['Website']}", f"use {uses['In school']}"
    for ticked, found in ((web, "empty"), ("", "doubtful")):
        sheet = pile.filled(0, *filter(None, [ticked]))
        bare = sheet.point([255 * (level > 128) for level in range(256)]).convert("1")
        path = tmp_path / f"fax {found}.pdf"
        bare.save(path, resolution=DOTS)
        (form,) = room.forms.read(path)
        assert form.boxes[school].said == found
        assert form.signed


@pytest.mark.parametrize(("copied", "found"), [(True, "doubtful"), (False, "empty")])
def test_a_copy_that_lost_what_is_printed_pale_calls_no_box_empty(
    room, printed, tmp_path, copied, found
):
    pile, _families, _order = printed
    sheet = pile.sheet(0)
    if copied:
        sheet = sheet.point([255 * (level > 150) for level in range(256)])
    soft = sheet.filter(ImageFilter.GaussianBlur(0.6))
    (form,) = room.forms.read(_saved(tmp_path, soft))
    assert set(form.uses.values()) == {found}


def test_a_tick_that_reaches_up_beside_another_box_is_not_taken_for_a_mark_of_that_one(
    room, printed, tmp_path
):
    pile, _families, _order = printed
    sheet = pile.sheet(0)
    _page, x, y, wide, high = pile._layouts[0].boxes["wish unhappy"]
    points = [(x + 3, y + 9), (x + 7, y + high - 3), (x + wide + 5, y - high * 0.5)]
    scale = DOTS / 72
    ImageDraw.Draw(sheet).line([(a * scale, b * scale) for a, b in points], 40, 5, "curve")
    (form,) = room.forms.read(_saved(tmp_path, sheet))
    assert (form.boxes["wish happy"].said, form.boxes["wish unhappy"].said) == ("empty", "ticked")


def test_two_boxes_below_each_other_are_not_taken_for_one_between_them():
    page = Image.new("L", (300, 300), 255)
    pen = ImageDraw.Draw(page)
    for top in (60, 129):
        pen.rectangle([100, top, 151, top + 51], outline=0, width=3)
    # Looked for just where the gap is: neither is near enough, and the gap is none.
    gap = (100 / 3, 111 / 3, 17, 17)
    assert form_task._found(page, gap, 3.0, 60) is None
    pen.line([(100, 90), (120, 112), (151, 112)], fill=10, width=10)
    assert form_task._found(page, gap, 3.0, 60) is None, "whatever is drawn there"
