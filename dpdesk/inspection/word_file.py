"""What can still be read in a Word file that was redacted elsewhere; for workers only."""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from dpdesk.errors import UnreadableFile
from dpdesk.inspection.found import Kind
from dpdesk.inspection.pdf_file import has_place
from dpdesk.inspection.telling import Told, says_nothing

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WPS: Final = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_V: Final = "{urn:schemas-microsoft-com:vml}"
_MAIN: Final = "word/document.xml"
_PART: Final = 100_000_000  # bytes of one part, unpacked
_WHOLE: Final = 400_000_000
_DARK: Final = 0x60  # of 255: each colour of a dark one is below
_LIGHT: Final = 0xF0
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
    for name in names:
        if name.startswith(_TEXTS) and name.endswith(".xml"):
            _texts(_tree(packed, name), found, told)
        elif name.startswith("word/comments") and name.endswith(".xml"):
            found["note"] += [_joined(each) for each in _tree(packed, name).iter(f"{_W}comment")]
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


def _other_part(packed: zipfile.ZipFile, name: str, told: Told) -> None:
    lower = name.lower()
    if lower.startswith(("word/embeddings/", "word/afchunk")):
        told.tell("attachment", 0, "Another file is inside this one.", name.rpartition("/")[2])
    elif lower.startswith("docprops/thumbnail"):
        told.tell("thumbnail", 0, "The file holds a small picture of its first page.")
    elif lower.startswith("word/media/") and lower.endswith((".jpg", ".jpeg")):
        if has_place(_read(packed, name)):
            told.tell("picture-data", 0, "A picture in the file says where it was taken.")
    elif lower.startswith("word/_rels/") and lower.endswith(".rels"):
        for each in _tree(packed, name):
            target = str(each.get("Target") or "")
            if target.lower().startswith("mailto:"):
                plain = target[len("mailto:") :].partition("?")[0]
                told.tell_unless_seen("link", 0, "A link holds an address not shown.", plain)


def _texts(tree: Any, found: dict[Kind, list[str]], told: Told) -> None:
    authors = set()
    for run in tree.iter(f"{_W}r"):
        kind = _kind(run)
        text = "".join(part.text or "" for part in run if part.tag in {f"{_W}t", f"{_W}delText"})
        if kind:
            found[kind].append(text)
        else:
            told.see([text])
    # Words are cut into runs anywhere, so those that are seen are noted by paragraph too.
    for paragraph in tree.iter(f"{_W}p"):
        told.see([_seen_text(paragraph)])
    for change in (*tree.iter(f"{_W}ins"), *tree.iter(f"{_W}del")):
        authors.add(str(change.get(f"{_W}author") or ""))
    for author in sorted(filter(None, authors)):
        told.tell("inserted-text", 0, "The file says who made changes, and when.", author)
    bars = sum(1 for _ in _bars(tree))
    if bars:
        many = "1 dark shape is" if bars == 1 else f"{bars} dark shapes are"
        told.tell("drawn-bar", 0, f"{many} drawn over the text; what is below is still there.")
    for crop in tree.iter(f"{_A}srcRect"):
        if any(int(crop.get(side) or 0) > 2_000 for side in "ltrb"):
            told.tell("cropped", 0, "A picture was cropped; the rest of it is still in the file.")
    for drawn in tree.iter(
        "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
    ):
        text = " ".join(str(drawn.get(key) or "") for key in ("title", "descr"))
        told.tell_unless_seen("description", 0, "A picture is described in words.", text)


def _seen_text(paragraph: Any) -> str:
    return "".join(
        part.text or ""
        for run in paragraph.iter(f"{_W}r")
        if not _kind(run)
        for part in run
        if part.tag == f"{_W}t"
    )


def _kind(run: Any) -> Kind | None:
    """Why what a run says is not seen; None where it is."""
    if run.find(f"{_W}delText") is not None or _inside(run, "moveFrom"):
        return "deleted-text"
    looks = run.find(f"{_W}rPr")
    if looks is None:
        return None
    if any(_on(looks.find(f"{_W}{name}")) for name in ("vanish", "specVanish")):
        return "hidden-text"
    colour = _value(looks.find(f"{_W}color"))
    highlight = _value(looks.find(f"{_W}highlight"))
    shade = looks.find(f"{_W}shd")
    fill = str(shade.get(f"{_W}fill") or "") if shade is not None else ""
    dark = highlight == "black" or _is(fill, dark=True)
    if dark and (_is(colour, dark=True) or (highlight == "black" and colour in {"", "auto"})):
        return "black-on-black"
    plain = not highlight and (not fill or fill == "auto" or _is(fill, dark=False))
    if plain and _is(colour, dark=False) and not _shaded(run):
        return "black-on-black"
    return None


def _inside(run: Any, name: str) -> bool:
    return any(above.tag == f"{_W}{name}" for above in run.iterancestors())


def _on(switch: Any) -> bool:
    return switch is not None and _value(switch) not in {"0", "false", "off"}


def _value(element: Any) -> str:
    return "" if element is None else str(element.get(f"{_W}val") or "")


def _shaded(run: Any) -> bool:
    """Whether a cell or a paragraph around a run has a colour of its own, or it is in a shape."""
    return any(
        above.tag == f"{_W}txbxContent"
        or any(
            not _is(str(shade.get(f"{_W}fill") or "auto"), dark=False)
            and str(shade.get(f"{_W}fill") or "auto") != "auto"
            for shade in above.iterfind(f"{_W}pPr/{_W}shd")
        )
        or any(True for _ in above.iterfind(f"{_W}tcPr/{_W}shd"))
        or any(True for _ in above.iterfind(f"{_W}tblPr/{_W}tblStyle"))
        for above in run.iterancestors()
    )


def _is(colour: str, *, dark: bool) -> bool:
    if len(colour) != 6:
        return False
    try:
        parts = bytes.fromhex(colour)
    except ValueError:
        return False
    return max(parts) < _DARK if dark else min(parts) >= _LIGHT


def _bars(tree: Any) -> Iterator[Any]:
    for shape in tree.iter(f"{_WPS}wsp"):
        colour = shape.find(f"{_WPS}spPr/{_A}solidFill/{_A}srgbClr")
        theme = shape.find(f"{_WPS}spPr/{_A}solidFill/{_A}schemeClr")
        if (colour is not None and _is(str(colour.get("val") or ""), dark=True)) or (
            theme is not None and theme.get("val") in {"tx1", "dk1"}
        ):
            yield shape
    for name in ("rect", "roundrect", "shape", "oval"):
        for shape in tree.iter(f"{_V}{name}"):
            fill = str(shape.get("fillcolor") or "").partition(" ")[0].lstrip("#")
            # Word writes each shape twice, for older programs too.
            old = any("AlternateContent" in str(above.tag) for above in shape.iterancestors())
            if not old and (fill == "black" or _is(fill, dark=True)):
                yield shape


def _details(tree: Any, keys: tuple[str, ...], told: Told) -> None:
    for each in tree:
        name = str(each.tag).rpartition("}")[2]
        text = (each.text or "").strip()
        if name in keys and text:
            plain = _NAMES.get(name, name.lower())
            if not says_nothing(text, told):
                told.tell("metadata", 0, f"The details of the file tell its {plain}.", text)


def _joined(element: Any) -> str:
    return " ".join(part.text or "" for part in element.iter(f"{_W}t"))


def _read(packed: zipfile.ZipFile, name: str) -> bytes:
    if packed.getinfo(name).file_size > _PART:
        raise UnreadableFile("A part of this Word file is far too large.", "Split the file.")
    return packed.read(name)


def _tree(packed: zipfile.ZipFile, name: str) -> Any:
    careful = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(_read(packed, name), careful)
