"""PowerPoint presentations onto pages, a page for each slide; used inside workers only."""

from __future__ import annotations

from html import escape
from typing import Final

from dpdesk.documents import (
    hidden,
    laid_out,
    office_drawings,
    office_embedded,
    office_pictures,
    office_properties,
    office_stored,
    office_zip,
    slide_around,
    slide_besides,
)
from dpdesk.documents.besides import Besides
from dpdesk.documents.hidden import Hidden
from dpdesk.documents.inside import Inner
from dpdesk.documents.normal import Normal
from dpdesk.documents.office_zip import Packed
from dpdesk.documents.slide_text import Slide
from dpdesk.walls.workers import Limits

_RECORDED: Final = (".mp4", ".m4v", ".mov", ".wmv", ".avi", ".mp3", ".m4a", ".wav", ".wma", ".mpg")


def pptx(content: bytes, _password: str | None, limits: Limits) -> Normal:
    """A presentation of today (``.pptx``, ``.ppsx``) as pages.

    Raises UnreadableFile for one that is damaged.
    """
    packed = office_zip.opened(content)
    main, root, parts = slide_around.listed_in(packed)
    drawn = office_drawings.Drawings(packed)
    size = slide_around.size(root)
    pages, unseen = [], slide_around.UnseenOfShow()
    for number, part in enumerate(parts, 1):
        root_of_slide = packed.xml(part)
        if root_of_slide is None:
            pages.append(_page(number, f"<p>{escape('[This slide is damaged]')}</p>"))
            continue
        slide = Slide(packed, part, drawn, size)
        shown = slide.html(root_of_slide)
        if root_of_slide.get("show") in {"0", "false"}:
            unseen.add("slides", f"<h3>Slide {number}</h3>{shown}")
        else:
            pages.append(_page(number, shown))
        unseen.add("beside", _of(number, slide.beside))
        unseen.add("hidden text", _of(number, slide.hidden))
        unseen.add("notes", _of(number, slide_around.notes(packed, part, drawn)))
        for comment in slide_around.comments(packed, part, main):
            unseen.add("comments", _of(number, comment))
    for part in slide_besides.left_over(packed, parts):
        lost = packed.xml(part)
        shown = Slide(packed, part, drawn, size).html(lost) if lost is not None else ""
        unseen.add("slides", f"<h3>Taken out of the show</h3>{shown}" if shown else "")
    usual, added = office_properties.read(packed)
    found = [
        *unseen.found(),
        *office_properties.hidden(added),
        *office_stored.stored(packed),
    ]
    if drawn.cropped:
        found.append(Hidden("cropped", drawn.cropped))
    about = office_properties.shown(usual, list(drawn.descriptions))
    made_from = slide_around.made_from(packed, parts)
    always = slide_around.on_every_slide(packed, made_from, drawn)
    behind, lost_pictures = office_pictures.left(packed, drawn.pictures, made_from)
    found += lost_pictures
    html = "".join((*pages, always, behind, about)).replace('<div class="page">', "<div>", 1)
    besides = Besides()
    slide_besides.gather(packed, root, parts, besides)
    more, small = besides.told([html, *(each.html for each in found)])
    found += more
    html += small
    made, warnings = laid_out.to_pdf(
        html + hidden.pages(found, first=not html), drawn.pictures, limits
    )
    told = [office_properties.APPROXIMATE, *hidden.sentence(found), *office_zip.about(packed)]
    return Normal(
        made,
        [*told, *warnings],
        inside=[*office_embedded.files(packed), *_recordings(packed)],
        said=office_properties.said(usual),
    )


def _page(number: int, shown: str) -> str:
    return f'<div class="page"><p class="note">Slide {number}</p>{shown}</div>'


def _of(number: int, shown: str) -> str:
    return f"<h3>Slide {number}</h3>{shown}" if shown else ""


def _recordings(packed: Packed) -> list[Inner]:
    found = []
    for name in packed.under("ppt/media"):
        if name.lower().endswith(_RECORDED) and (content := packed.read(name)):
            found.append(Inner(name.rpartition("/")[2], content, "embedded"))
    return found
