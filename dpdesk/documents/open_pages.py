"""OpenDocument texts and presentations onto pages; used inside workers only."""

from __future__ import annotations

from html import escape

from dpdesk.documents import hidden, laid_out, office_properties, office_zip, open_file
from dpdesk.documents.normal import Normal
from dpdesk.documents.office_zip import Element, Packed, attribute, short
from dpdesk.documents.open_file import OpenFile
from dpdesk.documents.open_text import OpenStory
from dpdesk.errors import UnreadableFile
from dpdesk.walls.workers import Limits

_AROUND = {
    "style:header": "At the top of its pages",
    "style:header-left": "At the top of its pages",
    "style:header-first": "At the top of its pages",
    "style:footer": "At the foot of its pages",
    "style:footer-left": "At the foot of its pages",
    "style:footer-first": "At the foot of its pages",
}
_DECLARED = {"presentation:footer-decl", "presentation:header-decl", "presentation:date-time-decl"}


def text(content: bytes, _password: str | None, limits: Limits) -> Normal:
    """An OpenDocument text (``.odt``). Raises UnreadableFile for one that is damaged."""
    packed, root, styles = opened(content)
    file = OpenFile(packed, root, styles)
    edges = around(file, styles)
    body = next((each for each in root.iter() if short(each) == "office:text"), root)
    shown = OpenStory(file).html(body)
    heads = "".join(words for label, words in edges if "top" in label)
    feet = "".join(words for label, words in edges if "foot" in label)
    return _normal(file, f"{heads}{shown}", limits, after=feet)


def slides(content: bytes, _password: str | None, limits: Limits) -> Normal:
    """An OpenDocument presentation or drawing (``.odp``, ``.odg``).

    Raises UnreadableFile for one that is damaged.
    """
    packed, root, styles = opened(content)
    file = OpenFile(packed, root, styles)
    pages = []
    for number, each in enumerate((e for e in root.iter() if short(e) == "draw:page"), 1):
        shown = OpenStory(file).html(each)
        head = f'<p class="note">Slide {number}</p>'
        if file.styles.page_is_hidden(attribute(each, "draw:style-name")):
            file.hide_whole("slides", f"<h3>Slide {number}</h3>{shown}")
        else:
            pages.append(f'<div class="page">{head}{shown}</div>')
        for notes in file.spoken:
            file.hide_whole("notes", f"<h3>Slide {number}</h3>{notes}")
        file.spoken.clear()
    shown = "".join(pages).replace('<div class="page">', "<div>", 1)
    return _normal(file, shown, limits, after=_on_every_slide(file, root, styles) + _declared(root))


def _on_every_slide(file: OpenFile, root: Element, styles: Element | None) -> str:
    """What stands on the masters of the slides, without the places for their own words."""
    used = {attribute(e, "draw:master-page-name") for e in root.iter() if short(e) == "draw:page"}
    made: dict[str, None] = {}
    for master in styles.iter() if styles is not None else ():
        if short(master) != "style:master-page" or attribute(master, "style:name") not in used:
            continue
        own = [
            each
            for each in master
            if short(each).startswith("draw:") and not attribute(each, "presentation:class")
        ]
        words = OpenStory(file).html_of(own)
        if words:
            made[words] = None
    if not made:
        return ""
    return f'<div class="box"><p class="note">On every slide</p>{"".join(made)}</div>'


def _declared(root: Element) -> str:
    """What stands at the top or foot of slides, each once."""
    lines: dict[str, None] = {}
    for each in root.iter():
        if short(each) in _DECLARED and (words := " ".join("".join(each.itertext()).split())):
            lines[f'<p class="note">At the edge of its slides: {escape(words)}</p>'] = None
    return "".join(lines)


def opened(content: bytes) -> tuple[Packed, Element, Element | None]:
    """The file, its words and its styles. Raises UnreadableFile where it is damaged."""
    packed = office_zip.opened(content)
    root = packed.xml("content.xml")
    if root is None:
        raise UnreadableFile(*office_zip.DAMAGED)
    return packed, root, packed.xml("styles.xml")


def _normal(file: OpenFile, shown: str, limits: Limits, *, after: str = "") -> Normal:
    file.lost()
    notes = file.notes_at_end()
    usual, added = open_file.properties(file.packed)
    behind, lost = file.other_pictures()
    found = [*file.hidden(), *office_properties.hidden(added), *lost]
    html = "".join(
        (
            shown,
            f'<hr><p class="note">Notes</p>{notes}' if notes else "",
            after,
            behind,
            office_properties.shown(usual, list(file.descriptions)),
        )
    )
    more, small = file.besides([html, *(each.html for each in found)])
    found += more
    html += small
    made, warnings = laid_out.to_pdf(
        html + hidden.pages(found, first=not html), file.pictures, limits
    )
    told = [office_properties.APPROXIMATE, *hidden.sentence(found), *office_zip.about(file.packed)]
    return Normal(made, [*told, *warnings], inside=file.inside, said=office_properties.said(usual))


def around(file: OpenFile, styles: Element | None) -> list[tuple[str, str]]:
    """Headers and footers, equal ones once."""
    made: dict[tuple[str, str], None] = {}
    for each in styles.iter() if styles is not None else ():
        label = _AROUND.get(short(each))
        pictured = any(short(inner) == "draw:image" for inner in each.iter())
        if label is None or not (pictured or "".join(each.itertext()).strip()):
            continue
        words = OpenStory(file).html(each)
        box = f'<div class="box"><p class="note">{label}</p>{words}</div>'
        made[label, box] = None
    return list(made)
