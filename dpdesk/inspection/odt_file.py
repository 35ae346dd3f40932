"""What can still be read in an OpenDocument text that was redacted elsewhere; for workers only."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Final

from dpdesk.documents import open_file, open_pages
from dpdesk.documents.hidden import Hidden
from dpdesk.documents.office_zip import Element, attribute, short
from dpdesk.documents.open_file import OpenFile
from dpdesk.documents.open_styles import OpenStyles
from dpdesk.documents.open_text import OpenStory
from dpdesk.inspection.found import Kind
from dpdesk.inspection.office_beside import plain
from dpdesk.inspection.telling import Told, says_nothing
from dpdesk.inspection.word_looks import is_colour

_MIME: Final = b"application/vnd.oasis.opendocument."
_KINDS: Final[dict[str, tuple[Kind, str]]] = {
    "deleted": ("deleted-text", "Deleted text is kept as a tracked change."),
    "inserted": ("inserted-text", "The file says who made changes, and when."),
    "comments": ("note", "A comment is in the file."),
    "hidden text": ("hidden-text", "Text is formatted as hidden."),
    "faint": ("black-on-black", "Words stand in the colour of the paper."),
    "properties": ("metadata", "The details of the file tell more."),
    "notes": ("note", "The speaker’s notes are in the file."),
    "slides": ("hidden-text", "The slide is hidden, and is shown by one click."),
}
_DETAILS: Final = {
    "meta:initial-creator": "author", "dc:creator": "last writer", "dc:title": "title",
    "dc:subject": "subject", "dc:description": "comment", "meta:keyword": "keywords",
    "meta:printed-by": "last printer",
}  # fmt: skip
_SHAPES: Final = frozenset(
    "draw:rect draw:custom-shape draw:ellipse draw:polygon draw:path draw:frame draw:line".split()
)
_FIELDS: Final = frozenset({"text:user-field-decl", "text:variable-decl", "text:variable-set"})


def is_open(content: bytes, kind: str) -> bool:
    """Whether a file that looks packed is OpenDocument of that kind (text, spreadsheet …)."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed, packed.open("mimetype") as part:
            return part.read(len(_MIME) + 30).startswith(_MIME + kind.encode())
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, NotImplementedError, RuntimeError):
        return False


def look(content: bytes, told: Told) -> None:
    """Looks through the file. Raises UnreadableFile for one that is damaged or far too large."""
    packed, root, styles = open_pages.opened(content)
    file = OpenFile(packed, root, styles)
    body = next((each for each in root.iter() if short(each) == "office:text"), root)
    story = OpenStory(file).html(body)
    around = [
        OpenStory(file).html(each)
        for each in (styles.iter() if styles is not None else ())
        if short(each) in {"style:header", "style:footer"}
    ]
    told.see(plain(each) for each in (story, *around))
    for hidden in file.hidden():
        tell_hidden(hidden, 0, told)
    _under_bars(body, file.styles, told)
    beside(file, root, told)


def beside(file: OpenFile, root: Element, told: Told) -> None:
    """Tells what an OpenDocument file of any kind carries beside what it shows."""
    _fields(root, told)
    for each in file.inside:
        told.tell("attachment", 0, "Another file is inside this one.", each.name)
    for words in file.descriptions:
        told.tell_unless_seen("description", 0, "A drawing is described.", words)
    _properties(file, told)
    _parts(file, told)
    told.gathered()


def tell_hidden(hidden: Hidden, page: int, told: Told) -> None:
    """Tells one kind of what is hidden in the file; ``page`` from 1, 0 for none."""
    kind, what = _KINDS.get(hidden.kind, ("elsewhere", "The file holds words that are not shown."))
    told.tell(kind, page, what, plain(hidden.html))


def _under_bars(body: Element, styles: OpenStyles, told: Told) -> None:
    """Words that are only dark on dark, and dark shapes over them."""
    bars, words = 0, []
    for each in body.iter():
        name = short(each)
        if name in _SHAPES:
            style = attribute(each, "draw:style-name")
            fill = styles.property(style, "style:graphic-properties", "draw:fill-color")
            how = styles.property(style, "style:graphic-properties", "draw:fill")
            bars += how != "none" and is_dark_colour(fill)
        elif name in {"text:span", "text:p", "text:h"}:
            style = attribute(each, "text:style-name")
            letters = styles.property(style, "style:text-properties", "fo:color")
            behind = next(filter(None, _behind(each, styles)), None)
            if is_dark_colour(behind) and is_dark_colour(letters):
                words.append("".join(each.itertext()))
    if words:
        told.tell("black-on-black", 0, "Words stand under black.", " ".join(words))
    if bars:
        many = "1 dark shape is" if bars == 1 else f"{bars} dark shapes are"
        told.tell("drawn-bar", 0, f"{many} drawn over the text; what is below is still there.")


def _behind(element: Element, styles: OpenStyles) -> Iterator[str | None]:
    """The colours behind words, from the nearest: of themselves, their paragraph, their cell."""
    for above in (element, *element.iterancestors()):
        style = attribute(above, "text:style-name") or attribute(above, "table:style-name")
        for group in ("text", "paragraph", "table-cell"):
            told = styles.property(style, f"style:{group}-properties", "fo:background-color")
            yield None if told == "transparent" else told


def is_dark_colour(colour: str | None) -> bool:
    """Whether a colour as such files write it (#1a1a1a) is dark."""
    return is_colour((colour or "").lstrip("#"), dark=True)


def _fields(root: Element, told: Told) -> None:
    for each in root.iter():
        if short(each) in _FIELDS:
            words = attribute(each, "office:string-value") or ""
            if not told.is_told(words):
                told.gather("elsewhere", "A field holds words that are not shown.", words)


def _properties(file: OpenFile, told: Told) -> None:
    meta = file.packed.xml("meta.xml")
    for each in meta.iter() if meta is not None else ():
        text = (each.text or "").strip() if isinstance(each.tag, str) else ""
        name = _DETAILS.get(short(each), "") if text else ""
        if name and not says_nothing(text, told):
            told.tell("metadata", 0, f"The details of the file tell its {name}.", text)
    for words in dict.fromkeys(open_file.properties(file.packed)[1].values()):
        if not told.is_told(str(words)):
            told.gather("metadata", "The details of the file tell more.", str(words))


def _parts(file: OpenFile, told: Told) -> None:
    for name in sorted(file.packed.names.values()):
        lower = name.lower()
        if lower.startswith("thumbnails/"):
            told.tell("thumbnail", 0, "The file holds a small picture of its first page.")
        elif lower.startswith("versions/"):
            told.tell("earlier-version", 0, "An earlier version of the text is in the file.")
        elif lower.startswith(("basic/", "scripts/")) and "script-lb" not in lower:
            told.gather("attachment", "A program (macro) is in the file.", name)
