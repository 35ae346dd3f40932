"""A leaflet: headings with paragraphs, the same as a paper, as a Word document and as a web page.

For what the school hands out or publishes: a privacy notice, an agreement. The web page is one file
without scripts, fonts or pictures from elsewhere; it reads on a telephone and prints.
"""

from __future__ import annotations

import datetime as dt
import html
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from . import look
from .chart_pictures import chart_picture
from .charts import BarChart
from .flow import Printed, bound
from .kit import Column, Paper
from .letterhead import Letterhead

_UNSEEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
LIGHT: Final[Mapping[str, str]] = {
    "ground": "#ffffff",
    "text": "#1b1f24",
    "muted": "#4a5260",
    "line": "#c9ced6",
    "link": "#14566e",
}
"""The colours of a web page by day."""
DARK: Final[Mapping[str, str]] = {
    "ground": "#16191d",
    "text": "#e9ecef",
    "muted": "#a3adb8",
    "line": "#454c55",
    "link": "#7cc4dd",
}
"""The same where the reader prefers dark pages."""


def _coloured(colours: Mapping[str, str]) -> str:
    """What has a colour, and which."""
    return (
        f"body{{color:{colours['text']};background:{colours['ground']}}}"
        f"a{{color:{colours['link']}}}th,td{{border-color:{colours['line']}}}"
        f"footer{{color:{colours['muted']}}}"
    )


_STYLE: Final = (
    ":root{color-scheme:light dark}"
    "body{font:1.05rem/1.55 system-ui,'Segoe UI',Arial,sans-serif;max-width:42rem;margin:0 auto;"
    "padding:1.5rem;overflow-wrap:anywhere}h1{font-size:1.7rem;line-height:1.25}"
    "h2{font-size:1.2rem;margin-top:2rem}p,li{margin:.5rem 0}table{border-collapse:collapse;"
    "width:100%}th,td{text-align:left;vertical-align:top;padding:.4rem .6rem .4rem 0;"
    "border-bottom:1px solid;overflow-wrap:break-word}tbody th{font-weight:600}"
    "footer{margin-top:3rem;font-size:.9rem}"
    + _coloured(LIGHT)
    + "@media (prefers-color-scheme:dark){"
    + _coloured(DARK)
    + "}"
    # On a telephone a row stands as a block, each answer behind the head of its column.
    "@media screen and (max-width:40rem){body{padding:1rem}thead{position:absolute;"
    "clip-path:inset(50%);width:1px;height:1px;overflow:hidden}table,tbody,tr,tbody th,td{"
    "display:block}tr{padding:.5rem 0;border-bottom:1px solid}"
    "tbody th,td{border:0;padding:.15rem 0}"
    "td::before{content:attr(data-head) ': ';font-weight:600}td:empty{display:none}}"
    "@media print{:root{color-scheme:light}body{max-width:none;padding:0;"
    f"color:{LIGHT['text']};background:{LIGHT['ground']}}}section.page{{break-before:page}}"
    "tr{break-inside:avoid}}"
)


@dataclass(frozen=True, slots=True)
class LeafletSection:
    """A heading with what stands below it. ``points`` become a list, ``rows`` a table."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    chart: BarChart | None = None
    """Level bars below the table."""
    new_page: bool = False
    """Whether a page of its own begins with it, on paper."""
    level: int = 1
    """2 for a heading within the section before it."""
    shares: tuple[float, ...] = ()
    """What part of the width each column gets, where tables below one another should agree."""


@dataclass(frozen=True, slots=True)
class Leaflet:
    """A leaflet ready to be made. ``foot`` stands at the end: version and day."""

    title: str
    sections: tuple[LeafletSection, ...]
    printed_on: dt.date
    opening: tuple[str, ...] = ()
    foot: str = ""
    letterhead: Letterhead | None = None
    reference: str = ""
    marking: str = ""
    signed_by: tuple[str, ...] = ()
    """Who signs it; each gets lines for name, signature and day."""


def leaflet_pdf(leaflet: Leaflet) -> Printed:
    """The leaflet on paper."""
    return _paper(leaflet).printed()


def leaflets_pdf(title: str, leaflets: Sequence[Leaflet]) -> Printed:
    """Several leaflets in one file, each on pages of its own. Raises ValueError for none."""
    return bound(title, [_paper(each) for each in leaflets], [each.title for each in leaflets])


def _paper(leaflet: Leaflet) -> Paper:
    paper = Paper(
        leaflet.title,
        reference=leaflet.reference,
        letterhead=leaflet.letterhead,
        marking=leaflet.marking,
        printed_on=leaflet.printed_on,
    )
    for text in leaflet.opening:
        paper.text(text)
    for section in leaflet.sections:
        if section.new_page:
            paper.new_page()
        paper.heading(section.heading, section.level)
        for text in section.paragraphs:
            paper.text(text)
        if section.points:
            paper.bullets(section.points)
        if section.columns:
            shares = section.shares or (None,) * len(section.columns)
            columns = [
                Column(words, share=share)
                for words, share in zip(section.columns, shares, strict=True)
            ]
            paper.table(columns, section.rows)
        if section.chart is not None:
            paper.across(section.chart)
    for who in leaflet.signed_by:
        paper.heading(who, 3)
        paper.signature()
    if leaflet.foot:
        paper.text(leaflet.foot, style=look.SMALL, gap=look.SPACE_XL)
    return paper


def leaflet_docx(leaflet: Leaflet) -> bytes:
    """The leaflet as a Word document, to be changed."""
    import docx
    from docx.shared import Mm, Pt

    made: Any = docx.Document()
    page = made.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(22)
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(11)
    facts = made.core_properties
    facts.title, facts.author, facts.language = _seen(leaflet.title), "", "en-GB"
    facts.comments = ""
    if leaflet.letterhead is not None:
        page.header.paragraphs[0].text = _seen(leaflet.letterhead.school)
    page.footer.paragraphs[0].text = _seen(leaflet.foot)
    made.add_heading(_seen(leaflet.title), 0)
    for text in leaflet.opening:
        made.add_paragraph(_seen(text))
    for section in leaflet.sections:
        if section.new_page:
            made.add_page_break()
        made.add_heading(_seen(section.heading), section.level)
        for text in section.paragraphs:
            made.add_paragraph(_seen(text))
        for text in section.points:
            made.add_paragraph(_seen(text), style="List Bullet")
        if section.columns:
            _table(made, section)
        if section.chart is not None:
            picture = made.add_picture(io.BytesIO(chart_picture(section.chart)), Mm(160))
            # python-docx has no other way to say what a picture shows.
            picture._inline.docPr.set("descr", section.chart.said)  # noqa: SLF001 — no other way
    for who in leaflet.signed_by:
        made.add_paragraph(_seen(f"\n{who}\n\nName\n\nSigned\n\nDate"))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _table(made: Any, section: LeafletSection) -> None:
    table = made.add_table(rows=1, cols=len(section.columns))
    table.style = "Table Grid"
    for cell, words in zip(table.rows[0].cells, section.columns, strict=True):
        cell.paragraphs[0].add_run(_seen(words)).bold = True
    for row in section.rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = _seen(words)


def leaflet_html(leaflet: Leaflet, links: Sequence[tuple[str, str]] = ()) -> bytes:
    """The leaflet as one web page, in UTF-8; ``links`` to files beside it, by what they are."""
    return "\n".join(_html(leaflet, links)).encode("utf-8")


def _html(leaflet: Leaflet, links: Sequence[tuple[str, str]]) -> Iterator[str]:
    yield '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{_escaped(leaflet.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>"
    yield f"<main>\n<h1>{_escaped(leaflet.title)}</h1>"
    yield from _html_texts(leaflet.opening)
    if links:
        yield "<section>\n<h2>What is in this folder</h2>\n<ul>"
        for words, target in links:
            yield f'<li><a href="{html.escape(target)}">{_escaped(words)}</a></li>'
        yield "</ul>\n</section>"
    for section in leaflet.sections:
        begins = ' class="page"' if section.new_page else ""
        head = f"h{section.level + 1}"
        yield f"<section{begins}>\n<{head}>{_escaped(section.heading)}</{head}>"
        yield from _html_texts(section.paragraphs)
        if section.points:
            yield "<ul>" + "".join(f"<li>{_escaped(p)}</li>" for p in section.points) + "</ul>"
        if section.columns:
            yield (
                "<table>\n<thead><tr>"
                + "".join(f'<th scope="col">{_escaped(c)}</th>' for c in section.columns)
                + "</tr></thead>\n<tbody>"
            )
            for row in section.rows:
                yield _html_row(section.columns, row)
            yield "</tbody>\n</table>"
        if section.chart is not None:
            yield f"<p>{_escaped(section.chart.said)}</p>"
        yield "</section>"
    yield "</main>"
    foot = [leaflet.letterhead.school if leaflet.letterhead else "", leaflet.foot]
    yield f"<footer>{_escaped(' · '.join(t for t in foot if t))}</footer>\n</body>\n</html>\n"


def _html_row(columns: Sequence[str], row: Sequence[str]) -> str:
    """A row; its first cell is the head of the row, the others know the head of their column."""
    first, *rest = row
    cells = "".join(
        f'<td data-head="{html.escape(_seen(head))}">{_escaped(cell)}</td>'
        for head, cell in zip(columns[1:], rest, strict=True)
    )
    return f'<tr><th scope="row">{_escaped(first)}</th>{cells}</tr>'


def _html_texts(texts: Sequence[str]) -> Iterator[str]:
    for text in texts:
        yield f"<p>{_escaped(text)}</p>"


def _escaped(text: str) -> str:
    return html.escape(_seen(text)).replace("\n", "<br>")


def _seen(text: str) -> str:
    """Without signs that no document may hold."""
    return _UNSEEN.sub("", text)
