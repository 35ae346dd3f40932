"""A letter as other programs take it: a document that Word can change, a message ready to send.

Both say what the paper says. The message is marked as not yet sent (``X-Unsent``), so the mail
program opens it for writing; nothing is sent from here.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING, Any, Final

from .kit import Letterhead, Span
from .templates import Filled, Spans

if TYPE_CHECKING:
    from docx.document import Document

_UNSEEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff\u2060]")
_MAIL: Final = re.compile(r"(?<![\w.+'-])[\w.+'-]++@[A-Za-z0-9][\w.-]*+", re.ASCII)
_GAP: Final = "[to be filled in: "


@dataclass(frozen=True, slots=True)
class LetterParts:
    """Everything that stands in a letter, from the head to what is enclosed."""

    letterhead: Letterhead
    marking: str
    recipient: Sequence[str]
    """Name and address, line by line."""
    day: str
    reference: str
    filled: Filled
    closing: str
    signed: Sequence[str]
    enclosures: Sequence[str] = ()
    from_mail: str = ""


def mail_address(words: str) -> str:
    """The first e-mail address in some words; empty where there is none that mail can go to."""
    found = _MAIL.search(words) if "@" in words else None
    address = found[0].strip(".'-") if found else ""
    if "." not in address.partition("@")[2]:
        return ""
    try:
        # A slip such as two dots in a row looks like an address and is none.
        Address(addr_spec=address)
    except (ValueError, IndexError, MessageError):
        return ""
    return address


def docx_of(parts: LetterParts) -> bytes:
    """The letter as a Word document: the same words, ready to be changed."""
    import docx

    made = docx.Document()
    _page(made, parts)
    _opening(made, parts)
    for block in parts.filled.blocks:
        if block.kind == "heading":
            _runs(made.add_paragraph(style="Heading 2"), block.texts[0])
        elif block.kind == "bullets":
            for text in block.texts:
                _runs(made.add_paragraph(style="List Bullet"), text)
        elif block.kind == "facts":
            _table(made, block.texts)
        else:
            _runs(made.add_paragraph(), block.texts[0])
    closing = made.add_paragraph(parts.closing)
    closing.paragraph_format.keep_with_next = True
    closing.paragraph_format.space_after = _points(36)
    _lines(made, parts.signed)
    if parts.enclosures:
        made.add_paragraph(f"Enclosed: {'; '.join(parts.enclosures)}")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def message_of(parts: LetterParts, to: str, *, attached: Sequence[tuple[str, bytes]] = ()) -> bytes:
    """The letter as a message that is not sent yet; ``attached``: names and contents of PDFs.

    ``to`` may be empty: the mail program then asks.
    """
    message = EmailMessage(policy=SMTP)
    message["Subject"] = " ".join(f"{parts.filled.subject} ({parts.reference})".split())
    if parts.from_mail:
        message["From"] = Address(
            " ".join(parts.signed[0].split()) if parts.signed else "", addr_spec=parts.from_mail
        )
    if to:
        message["To"] = Address(addr_spec=to)
    message["X-Unsent"] = "1"
    message.set_content(_plain(parts))
    message.add_alternative(_html(parts), subtype="html")
    for name, content in attached:
        message.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    return message.as_bytes()


# --- as words ----------------------------------------------------------------------------


def _plain(parts: LetterParts) -> str:
    signed = "\n".join(parts.signed)
    foot = f"Our reference: {parts.reference}, {parts.day}"
    whole = f"{parts.filled.text()}\n\n{parts.closing}\n\n{signed}\n\n{foot}\n"
    return _UNSEEN.sub("", whole).replace("\u00a0", " ")


def _html(parts: LetterParts) -> str:
    inside = "\n".join(_html_blocks(parts.filled))
    signed = "<br>".join(_escaped(line) for line in parts.signed)
    foot = _escaped(f"Our reference: {parts.reference}, {parts.day}")
    return (
        '<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8"></head>'
        '<body style="font-family: Arial, sans-serif; font-size: 11pt">\n'
        f"{inside}\n<p>{_escaped(parts.closing)}</p>\n<p>{signed}</p>\n<p>{foot}</p>\n"
        "</body></html>\n"
    )


def _html_blocks(filled: Filled) -> Iterator[str]:
    for block in filled.blocks:
        texts = [_html_spans(spans) for spans in block.texts]
        if block.kind == "heading":
            yield f'<h2 style="font-size: 12pt">{texts[0]}</h2>'
        elif block.kind == "bullets":
            points = "".join(f"<li>{text}</li>" for text in texts)
            yield f"<ul>{points}</ul>"
        elif block.kind == "facts":
            pairs = zip(texts[::2], texts[1::2], strict=True)
            cell = 'style="vertical-align: top; padding: 0 12pt 4pt 0"'
            rows = "".join(f"<tr><td {cell}>{a}</td><td {cell}>{b}</td></tr>" for a, b in pairs)
            yield f"<table>{rows}</table>"
        else:
            yield f"<p>{texts[0]}</p>"


def _html_spans(spans: Spans) -> str:
    return "".join(
        f"<strong>{_escaped(span.text)}</strong>" if span.face else _escaped(span.text)
        for span in spans
    )


def _escaped(text: str) -> str:
    return html.escape(_UNSEEN.sub("", text)).replace("\n", "<br>")


# --- as a document -----------------------------------------------------------------------


def _points(size: float) -> Any:
    from docx.shared import Pt

    return Pt(size)


def _page(made: Document, parts: LetterParts) -> None:
    """A4 in British English, the letterhead above the first page, reference and page below."""
    from docx.oxml.ns import qn
    from docx.shared import Mm

    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)
    section.different_first_page_header_footer = True
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", _points(10.5)
    normal.paragraph_format.space_after = _points(8)
    head = made.styles["Heading 2"]
    head.font.name, head.font.size = "Arial", _points(11.5)
    for style in (normal, head):
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(name), None)
    for language in made.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    facts = made.core_properties
    facts.title, facts.author = _seen(parts.filled.subject), _seen(next(iter(parts.signed), ""))
    facts.comments, facts.language = "", "en-GB"
    top = section.first_page_header.paragraphs[0]
    run = top.add_run(_seen(parts.letterhead.school))
    run.bold, run.font.size = True, _points(14)
    contact = (parts.letterhead.telephone, parts.letterhead.email, parts.letterhead.website)
    for line in (", ".join(parts.letterhead.address), "   ".join(t for t in contact if t)):
        if line:
            section.first_page_header.add_paragraph(_seen(line))
    if parts.marking:
        section.first_page_header.add_paragraph().add_run(_seen(parts.marking.upper())).bold = True
        section.header.paragraphs[0].text = _seen(parts.marking)
    for foot in (section.footer, section.first_page_footer):
        _numbered(foot.paragraphs[0], f"{parts.reference} · page ")


def _numbered(paragraph: Any, before: str) -> None:
    """Words, and the number of the page, which Word counts itself."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.add_run(_seen(before))
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        made = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            made.set(qn("w:fldCharType"), kind)
        else:
            made.text = text
        run._r.append(made)  # noqa: SLF001 -- the library has no other way to a field


def _opening(made: Document, parts: LetterParts) -> None:
    _lines(made, parts.recipient)
    _lines(made, (parts.day, f"Our reference: {parts.reference}"))
    subject = made.add_paragraph()
    subject.add_run(_seen(parts.filled.subject)).bold = True
    subject.paragraph_format.keep_with_next = True


def _lines(made: Document, lines: Sequence[str]) -> None:
    told = [_seen(line) for line in lines if line.strip()]
    if told:
        made.add_paragraph("\n".join(told)).paragraph_format.space_after = _points(14)


def _table(made: Document, texts: Sequence[Spans]) -> None:
    from docx.shared import Mm

    table = made.add_table(rows=0, cols=2)
    table.autofit = False
    for label, value in zip(texts[::2], texts[1::2], strict=True):
        cells = table.add_row().cells
        for cell, spans, wide in ((cells[0], label, Mm(55)), (cells[1], value, Mm(115))):
            cell.width = wide
            _runs(cell.paragraphs[0], spans)
    made.add_paragraph()


def _runs(paragraph: Any, spans: Sequence[Span]) -> None:
    from docx.enum.text import WD_COLOR_INDEX

    for span in spans:
        run = paragraph.add_run(_seen(span.text))
        run.bold = True if span.face else None
        if span.text.startswith(_GAP):
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _seen(text: str) -> str:
    """Without signs that a document may not hold."""
    return _UNSEEN.sub("", text)
