"""Word files onto pages; used inside workers only."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from dpdesk.documents import (
    hidden,
    laid_out,
    office_embedded,
    office_pictures,
    office_properties,
    office_stored,
    office_zip,
    word_besides,
    word_notes,
)
from dpdesk.documents.normal import Normal
from dpdesk.documents.office_zip import attribute, short
from dpdesk.documents.word_file import WordFile
from dpdesk.documents.word_text import Story
from dpdesk.errors import UnreadableFile
from dpdesk.walls.workers import Limits

_PLACEHOLDER: Final = ("click ", "choose an item", "enter any content", "[type", "[document")


def docx(content: bytes, _password: str | None, limits: Limits) -> Normal:
    """A Word file of today (``.docx``, ``.docm``, ``.dotx``) as pages.

    Raises UnreadableFile for one that is damaged.
    """
    packed = office_zip.opened(content)
    main = packed.main_part() or "word/document.xml"
    root = packed.xml(main)
    if root is None:
        raise UnreadableFile(*office_zip.DAMAGED)
    file = WordFile(packed, main)
    body = "".join(Story(file, main).html(each) for each in root if short(each) == "w:body")
    if not body:
        body = Story(file, main).html(root)
    heads = _around(file, "header", "At the top of its pages")
    feet = _around(file, "footer", "At the foot of its pages")
    notes = word_notes.notes(file)
    word_notes.comments(file)
    _building_blocks(file)
    usual, added = office_properties.read(packed)
    inside = [*file.inside, *office_embedded.files(packed)]
    found = [
        *file.hidden(),
        *office_properties.hidden(added),
        *office_stored.stored(packed, _variables(file)),
    ]
    behind, lost = office_pictures.left(packed, file.drawn_pictures.pictures)
    found += lost
    html = "".join(
        (
            heads,
            body,
            f'<hr><p class="note">Notes</p>{notes}' if notes else "",
            feet,
            behind,
            office_properties.shown(usual, list(file.drawn_pictures.descriptions)),
        )
    )
    word_besides.gather(file, root, file.besides)
    more, small = file.besides.told([html, *(each.html for each in found)])
    found += more
    html += small + hidden.pages(found)
    made, warnings = laid_out.to_pdf(html, file.drawn_pictures.pictures, limits)
    told = [
        office_properties.APPROXIMATE,
        *hidden.sentence(found),
        *office_zip.about(packed),
        *warnings,
    ]
    return Normal(made, told, inside=inside, said=office_properties.said(usual))


def _around(file: WordFile, kind: str, label: str) -> str:
    """The headers or footers of a file, equal ones once."""
    made: dict[str, None] = {}
    for part in file.parts(kind):
        root = file.packed.xml(part)
        words = Story(file, part).html(root) if root is not None else ""
        if root is not None and (("".join(root.itertext())).strip() or "<img" in words):
            made[words] = None
    return "".join(
        f'<div class="box"><p class="note">{escape(label)}</p>{words}</div>' for words in made
    )


def _building_blocks(file: WordFile) -> None:
    """Stored pieces of text (a second document in the file), except what only says "click here"."""
    for part in file.parts("glossaryDocument"):
        root = file.packed.xml(part)
        for each in root.iter() if root is not None else ():
            if short(each) != "w:docPartBody":
                continue
            plain = " ".join("".join(each.itertext()).split())
            if plain and not plain.lower().startswith(_PLACEHOLDER):
                file.hide("blocks", Story(file, part, styles_known=False).html(each), "")


def _variables(file: WordFile) -> Iterator[str]:
    """Variables that a program or a template left in the file, which no page shows by itself."""
    for part in file.parts("settings"):
        root = file.packed.xml(part)
        for each in root.iter() if root is not None else ():
            told = attribute(each, "w:val") or ""
            if short(each) == "w:docVar" and any(map(str.isalnum, told)):
                yield f"{attribute(each, 'w:name') or ''}: {told}"
