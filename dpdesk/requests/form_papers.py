"""The forms for the public, as a PDF to fill in and to print, and as a Word document."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from dpdesk.papers import squares
from dpdesk.papers.flow import Printed
from dpdesk.papers.form_layout import FormLayout
from dpdesk.papers.forms import CODE_FIELD, FormPaper, in_order
from dpdesk.papers.letterhead import Letterhead

FormWords = Mapping[str, Any]
"""A form of ``resources/templates/public_forms.toml``."""

_W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_W14: Final = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
_TYPE_HERE: Final = "Click here to type"
_MOST_LESS: Final = 8
_FEWEST: Final = 2
"""Lines that a long answer keeps."""
_LINE_HIGH: Final = 300
"""Twentieths of a point."""


def form_pdf(
    words: FormWords,
    shared: FormWords,
    code: str,
    letterhead: Letterhead,
    day: dt.date,
) -> tuple[bytes, FormLayout]:
    """The form as a PDF of one page, and where on it what stands.

    Where the address of the school takes much room the long answers get less of it.
    """
    less = 0
    while True:
        layout = FormLayout()
        printed = _form(words, shared, code, layout, letterhead, day, less)
        less += 1
        if printed.pages == 1 or less > _MOST_LESS:
            return in_order(printed), layout


def _form(
    words: FormWords,
    shared: FormWords,
    code: str,
    layout: FormLayout,
    letterhead: Letterhead,
    day: dt.date,
    less: int,
) -> Printed:
    paper = FormPaper(words["title"], letterhead=letterhead, printed_on=day)
    paper.fillable = True
    paper.coded(_reached(shared, letterhead), code, layout)
    paper.text([shared["begins"], " ", *words["intro"]])
    paper.boxes(words["what"], [(each["key"], each["label"]) for each in words["ticks"]])
    paper.boxes(
        shared["who"]["label"], [(each["key"], each["label"]) for each in shared["who"]["ticks"]]
    )
    for each in shared["people"]:
        paper.answer(each["key"], each["label"])
    for each in words["answers"]:
        paper.answer(each["key"], each["label"], lines=max(_FEWEST, each["lines"] - less))
    paper.answer("day", "Date")
    paper.signature((shared["sign"],))
    return paper.printed()


def _reached(shared: FormWords, head: Letterhead) -> list[str]:
    """Where it is to be sent."""
    reached = " or ".join(part for part in (", ".join(head.address), head.email) if part)
    return [shared["send"], ", ".join(part for part in (head.school, reached) if part)]


# --- for Word ------------------------------------------------------------------------------


def form_docx(words: FormWords, shared: FormWords, code: str, letterhead: Letterhead) -> bytes:
    """The same for Word; each answer stands in a field that is known by its name."""
    import docx
    from docx.shared import Mm, Pt

    made = docx.Document()
    page = made.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(20)
    page.top_margin = page.bottom_margin = Mm(15)
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(10.5)
    normal.paragraph_format.space_after = Pt(3)
    facts = made.core_properties
    facts.title, facts.author, facts.language, facts.comments = words["title"], "", "en-GB", ""
    made.add_paragraph(letterhead.school).runs[0].bold = True
    made.add_paragraph("   ".join(t for t in (*letterhead.address, letterhead.telephone) if t))
    made.add_heading(words["title"], 1)
    _code_beside(made, code, _reached(shared, letterhead))
    made.add_paragraph(" ".join((shared["begins"], *words["intro"])))
    for title, ticks in (
        (words["what"], words["ticks"]),
        (shared["who"]["label"], shared["who"]["ticks"]),
    ):
        if ticks:
            made.add_paragraph(title).runs[0].bold = True
            _ticks(made, ticks)
    lined = [*((each, 1) for each in shared["people"])]
    lined += [(each, each["lines"]) for each in words["answers"]]
    lined.append(({"key": "day", "label": "Date"}, 1))
    for each, lines in lined:
        made.add_paragraph(each["label"])
        _answer(made, each["key"], each["label"], lines)
    made.add_paragraph(f"{shared['sign']} ______________________________")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _code_beside(made: Any, code: str, lines: Sequence[str]) -> None:
    """Where it is to be sent, beside the code."""
    from docx.shared import Mm

    left, right = made.add_table(rows=1, cols=2).rows[0].cells
    left.width, right.width = Mm(135), Mm(35)
    left.text = "\n".join(lines)
    run = right.paragraphs[0].add_run()
    picture = run.add_picture(io.BytesIO(_code_picture(code)), Mm(26))
    # python-docx has no other way to say what a picture shows.
    picture._inline.docPr.set("descr", f"Code {code}")  # noqa: SLF001 — no other way
    told = right.add_paragraph()
    told._p.append(_field(CODE_FIELD, "Code of this form", code))  # noqa: SLF001 — no other way


def _code_picture(code: str) -> bytes:
    from PIL import Image

    lines = squares.dark(code)
    side, quiet = 8, 4
    wide = (len(lines) + 2 * quiet) * side
    picture = Image.new("1", (wide, wide), 1)
    for down, line in enumerate(lines):
        for across, is_dark in enumerate(line):
            if is_dark:
                x, y = (across + quiet) * side, (down + quiet) * side
                picture.paste(0, (x, y, x + side, y + side))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _ticks(made: Any, ticks: Sequence[FormWords]) -> None:
    table = made.add_table(rows=(len(ticks) + 1) // 2, cols=2)
    for place, each in enumerate(ticks):
        paragraph = table.rows[place // 2].cells[place % 2].paragraphs[0]
        paragraph._p.append(_box(each["key"], each["label"]))  # noqa: SLF001 — no other way
        paragraph.add_run(f" {each['label']}")


def _answer(made: Any, key: str, label: str, lines: int) -> None:
    from docx.enum.table import WD_ROW_HEIGHT_RULE
    from docx.shared import Twips

    table = made.add_table(rows=1, cols=1)
    table.style = "Table Grid"
    table.rows[0].height = Twips(_LINE_HIGH * lines)
    table.rows[0].height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST
    paragraph = table.rows[0].cells[0].paragraphs[0]
    paragraph._p.append(_field(key, label, ""))  # noqa: SLF001 — no other way


def _field(key: str, label: str, text: str) -> Any:
    """A named field to type into; with ``text`` one that shows it and is left alone."""
    from docx.oxml import parse_xml

    empty = "" if text else "<w:showingPlcHdr/>"
    kept = '<w:lock w:val="sdtContentLocked"/>' if text else ""
    colour = "" if text else '<w:rPr><w:color w:val="6B6B6B"/></w:rPr>'
    return parse_xml(
        f"<w:sdt {_W}><w:sdtPr><w:alias w:val={quoteattr(label[:64])}/>"
        f"<w:tag w:val={quoteattr(key)}/>{kept}{empty}"
        f'<w:text w:multiLine="1"/></w:sdtPr><w:sdtContent><w:r>{colour}'
        f"<w:t>{escape(text or _TYPE_HERE)}</w:t></w:r></w:sdtContent></w:sdt>"
    )


def _box(key: str, label: str) -> Any:
    """A named box that a click ticks."""
    from docx.oxml import parse_xml

    font = "MS Gothic"
    return parse_xml(
        f"<w:sdt {_W} {_W14}><w:sdtPr><w:alias w:val={quoteattr(label[:64])}/>"
        f"<w:tag w:val={quoteattr(key)}/><w14:checkbox>"
        f'<w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="{font}"/>'
        f'<w14:uncheckedState w14:val="2610" w14:font="{font}"/></w14:checkbox></w:sdtPr>'
        f'<w:sdtContent><w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" '
        f'w:eastAsia="{font}" w:hint="eastAsia"/></w:rPr><w:t>\u2610</w:t></w:r>'
        "</w:sdtContent></w:sdt>"
    )
