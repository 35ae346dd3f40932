"""What can still be read in a Word file that was redacted elsewhere; for workers only."""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from functools import partial
from typing import Any, Final

from lxml import etree

from dpdesk.documents import links
from dpdesk.errors import UnreadableFile
from dpdesk.inspection import word_bars, word_drawings, word_parts
from dpdesk.inspection.found import Kind
from dpdesk.inspection.telling import Told, says_nothing
from dpdesk.inspection.word_looks import Looks, W

_MAIN: Final = "word/document.xml"
_STYLES: Final = "word/styles.xml"
_PART: Final = 100_000_000  # bytes of one part, unpacked
_WHOLE: Final = 400_000_000
_TEXTS: Final = ("word/document", "word/header", "word/footer", "word/footnotes", "word/endnotes")
_DETAILS: Final = {
    "docProps/core.xml": (
        "creator", "lastModifiedBy", "title", "subject", "keywords", "description", "category",
    ),
    "docProps/app.xml": ("Company", "Manager"),
}  # fmt: skip
_NAMES: Final = {"lastModifiedBy": "last writer", "creator": "author", "description": "comment"}
_SAID: Final[dict[Kind, str]] = {
    "deleted-text": "Deleted text is kept as a tracked change.",
    "hidden-text": "Text is formatted as hidden.",
    "black-on-black": "Words stand under black, or in the colour of the paper.",
    "note": "A comment is in the file.",
}


def is_word(content: bytes) -> bool:
    """Whether a file that looks packed is a Word document."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return _MAIN in packed.namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return False


def look(content: bytes, told: Told) -> None:
    """Looks through the file. Raises UnreadableFile for one that is damaged or far too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > _WHOLE:
                raise UnreadableFile("This Word file is far too large.", "Split it into parts.")
            _look(packed, told)
    except (zipfile.BadZipFile, ValueError, OSError, etree.XMLSyntaxError, NotImplementedError):
        raise UnreadableFile(
            "This Word file is damaged.", "Open it in Word, save it again, and check that."
        ) from None


def _look(packed: zipfile.ZipFile, told: Told) -> None:
    names = packed.namelist()
    found: dict[Kind, list[str]] = defaultdict(list)
    looks = Looks(_tree(packed, _STYLES) if _STYLES in names else None)
    for name in names:
        if name.startswith(_TEXTS) and name.endswith(".xml"):
            _texts(_tree(packed, name), found, looks, told)
        elif name.startswith("word/comments") and name.endswith(".xml"):
            found["note"] += [_joined(each) for each in _tree(packed, name).iter(f"{W}comment")]
    word_drawings.look(names, partial(_tree, packed), told)
    _people(packed, names, told)
    for kind, texts in found.items():
        told.tell(kind, 0, _SAID[kind], " ".join(text for text in texts if text.strip()))
    for name, keys in _DETAILS.items():
        if name in names:
            _details(_tree(packed, name), keys, told)
    if "docProps/custom.xml" in names:
        for each in _tree(packed, "docProps/custom.xml"):
            text = "".join(each.itertext())
            told.tell_unless_seen("metadata", 0, "The details of the file tell more.", text)
    for name in names:
        _other_part(packed, name, told)
    texts = [name for name in names if name.startswith(_TEXTS) and name.endswith(".xml")]
    for name in texts:
        word_parts.text_part(_tree(packed, name), told)
        for _ in word_parts.dark_pictures(packed, name, partial(_tree, packed), names):
            told.tell("drawn-bar", 0, "A picture of one colour lies over the text.")
    word_parts.lost_notes(names, partial(_tree, packed), told)
    word_parts.others(packed, partial(_tree, packed), told)
    told.gathered()


def _people(packed: zipfile.ZipFile, names: list[str], told: Told) -> None:
    texts = [
        _tree(packed, name) for name in names if name.startswith(_TEXTS) and name[-4:] == ".xml"
    ]
    for author in sorted(word_parts.authors(texts)):
        told.tell("inserted-text", 0, "The file says who made changes, and when.", author)
    about = [name for name in names if name.startswith(("word/comments", "word/people"))]
    notes = word_parts.authors(_tree(packed, name) for name in about if name.endswith(".xml"))
    for author in sorted(notes):
        if not told.is_told(author):
            told.tell("note", 0, "The file says who wrote comments.", author)


def _other_part(packed: zipfile.ZipFile, name: str, told: Told) -> None:
    lower = name.lower()
    if lower.startswith(("word/embeddings/", "word/afchunk")):
        told.tell("attachment", 0, "Another file is inside this one.", name.rpartition("/")[2])
    elif lower.startswith("docprops/thumbnail"):
        told.tell("thumbnail", 0, "The file holds a small picture of its first page.")
    elif lower.startswith("word/_rels/") and lower.endswith(".rels"):
        for each in _tree(packed, name):
            if str(each.get("TargetMode") or "").lower() == "external":
                told.tell_unless_seen(
                    "link",
                    0,
                    "A link holds an address not shown.",
                    links.naming(str(each.get("Target") or "")),
                )


def _texts(tree: Any, found: dict[Kind, list[str]], looks: Looks, told: Told) -> None:
    for run in tree.iter(f"{W}r"):
        kind = looks.kind(run)
        text = "".join(part.text or "" for part in run if part.tag in {f"{W}t", f"{W}delText"})
        if kind:
            found[kind].append(text)
        else:
            told.see([text])
    # Words are cut into runs anywhere, so those that are seen are noted by paragraph too.
    for paragraph in tree.iter(f"{W}p"):
        told.see([_seen_text(paragraph, looks)])
    bars = sum(1 for _ in word_bars.over(tree))
    if bars:
        many = "1 shape is" if bars == 1 else f"{bars} shapes are"
        told.tell("drawn-bar", 0, f"{many} drawn over the text; what is below is still there.")
    for drawn in tree.iter(
        "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
    ):
        text = " ".join(str(drawn.get(key) or "") for key in ("title", "descr"))
        told.tell_unless_seen("description", 0, "A picture is described in words.", text)


def _seen_text(paragraph: Any, looks: Looks) -> str:
    return "".join(
        part.text or ""
        for run in paragraph.iter(f"{W}r")
        if not looks.kind(run)
        for part in run
        if part.tag == f"{W}t"
    )


def _details(tree: Any, keys: tuple[str, ...], told: Told) -> None:
    for each in tree:
        name = str(each.tag).rpartition("}")[2]
        text = (each.text or "").strip()
        if name in keys and text:
            plain = _NAMES.get(name, name.lower())
            if not says_nothing(text, told):
                told.tell("metadata", 0, f"The details of the file tell its {plain}.", text)


def _joined(element: Any) -> str:
    return " ".join(part.text or "" for part in element.iter(f"{W}t"))


def _read(packed: zipfile.ZipFile, name: str) -> bytes:
    if packed.getinfo(name).file_size > _PART:
        raise UnreadableFile("A part of this Word file is far too large.", "Split the file.")
    return packed.read(name)


def _tree(packed: zipfile.ZipFile, name: str) -> Any:
    careful = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(_read(packed, name), careful)
