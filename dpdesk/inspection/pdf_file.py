"""What a PDF carries besides what its pages show; for workers only."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import pikepdf

from dpdesk.documents import links, notes, picture_details
from dpdesk.documents.pages import Box
from dpdesk.inspection import elsewhere, under_masks
from dpdesk.inspection.placing import Place, Placing, on_page
from dpdesk.inspection.telling import Told, says_nothing

BROKEN: Final = (
    pikepdf.PdfError, pikepdf.PasswordError, ValueError, TypeError, RecursionError, RuntimeError,
    KeyError, AttributeError,
)  # fmt: skip
"""What is thrown where a file is not what it should be, or parts of it are locked."""
_DEPTH: Final = 40
_MOST: Final = 5_000
_PICTURES: Final = 500  # that are looked at themselves
_TAGS: Final = re.compile("<[^<>]*>")
# What programs write of themselves, and what they write where nobody told them anything.
_TECHNICAL: Final = (
    "/Producer", "/Creator", "/CreationDate", "/ModDate", "/Trapped", "/PTEX", "/GTS_", "/Adobe",
)  # fmt: skip
_XMP: Final = {
    "dc:title": "title", "dc:creator": "author", "dc:description": "subject",
    "dc:subject": "keywords", "pdf:Keywords": "keywords", "dc:contributor": "contributor",
    "photoshop:AuthorsPosition": "position", "xmpRights:Owner": "owner",
}  # fmt: skip
_DRAWN_NOTES: Final = frozenset({"/FreeText", "/Link", "/Widget", "/Popup", "/Redact"})
_JPEG_PLACE: Final = 0x8825  # the part of EXIF that says where a picture was taken


def _no_step() -> None:
    """Nobody asks how far it is."""


def has_layers(content: bytes) -> bool:
    """Whether the file has layers, some of which may be switched off."""
    try:
        with pikepdf.open(io.BytesIO(content)) as opened:
            return "/OCProperties" in opened.Root
    except BROKEN:
        return False


def look(
    content: bytes, told: Told, memory: dict[str, Any], step: Callable[[], None] = _no_step
) -> None:
    """Looks through the whole file; ``told`` knows what its pages show.

    ``step`` is called after each page.
    """
    seen: set[tuple[int, int]] = set()
    try:
        with pikepdf.open(io.BytesIO(content)) as opened:
            for number, page in enumerate(opened.pages, 1):
                _page(page, number, told)
                for picture in _images(page.obj.get("/Resources"), 0):
                    if picture.objgen not in seen and len(seen) < _PICTURES:
                        seen.add(picture.objgen)
                        under_masks.look(
                            picture, number, told, memory, _placing(content, number, picture)
                        )
                step()
            _layers(opened, told)
            _attachments(opened, told)
            _metadata(opened, told)
            _bookmarks(opened, told)
            _descriptions(opened, told)
            elsewhere.look(content, opened, told)
    except BROKEN:
        told.tell("damaged", 0, "What the file carries besides its pages could not be checked.")


def _placing(content: bytes, number: int, picture: Any) -> Placing:
    """Says where parts of a picture lie on the page that draws it."""

    def placing(places: Sequence[Place], size: tuple[int, int]) -> tuple[int, list[Box]]:
        return on_page(content, number, picture.read_raw_bytes(), places, size)

    return placing


def _page(page: pikepdf.Page, number: int, told: Told) -> None:
    if "/Thumb" in page.obj:
        told.tell("thumbnail", number, "The file holds a small picture of this page.")
    for note in notes.on_page(page):
        kind = str(note.get("/Subtype", ""))
        if kind == "/FileAttachment":
            told.tell("attachment", number, "A file is attached to this page.", _file_name(note))
        elif kind == "/Widget":
            _field(note, number, told)
        elif kind == "/Link":
            _link(note, number, told)
        elif kind not in _DRAWN_NOTES:
            text = notes.comment(note)
            told.tell_unless_seen("note", number, "A note on this page can be opened.", text)
    _pictures(page, number, told)


def _field(note: Any, number: int, told: Told) -> None:
    value = notes.value_of(note)
    told.tell_unless_seen("form", number, "A field holds an answer that is not shown.", value)


def _link(note: Any, number: int, told: Told) -> None:
    action = note.get("/A")
    address = str(action.get("/URI", "")) if isinstance(action, pikepdf.Dictionary) else ""
    told.tell_unless_seen(
        "link", number, "A link holds an address that is not shown.", links.naming(address)
    )


def _pictures(page: pikepdf.Page, number: int, told: Told) -> None:
    """Pictures that say where they were taken."""
    for picture in _images(page.obj.get("/Resources"), 0):
        if picture.get("/Filter") == "/DCTDecode" and has_place(picture.read_raw_bytes()):
            told.tell("picture-data", number, "A picture on this page says where it was taken.")


def _images(resources: Any, depth: int) -> Iterator[Any]:
    if not isinstance(resources, pikepdf.Dictionary) or depth > 5:
        return
    drawings = resources.get("/XObject")
    if not isinstance(drawings, pikepdf.Dictionary):
        return
    for drawing in drawings.values():
        if not isinstance(drawing, pikepdf.Stream):
            continue
        if drawing.get("/Subtype") == "/Image":
            yield drawing
        else:
            yield from _images(drawing.get("/Resources"), depth + 1)


def has_place(content: bytes) -> bool:
    """Whether a picture says where it was taken."""
    from PIL import Image

    if b"exif" not in content[:4096].lower():
        return False
    try:
        with Image.open(io.BytesIO(content)) as opened:
            return bool(picture_details.inner_details(opened, _JPEG_PLACE))
    except Exception:  # noqa: BLE001 -- Pillow's readers throw whatever a damaged file makes them
        return False


def _layers(opened: pikepdf.Pdf, told: Told) -> None:
    layers = opened.Root.get("/OCProperties")
    shown = layers.get("/D") if isinstance(layers, pikepdf.Dictionary) else None
    if layers is None or not isinstance(shown, pikepdf.Dictionary):
        return
    off = shown.get("/OFF")
    hidden: list[Any] = list(off.as_list()) if isinstance(off, pikepdf.Array) else []
    if shown.get("/BaseState") == "/OFF":
        on = shown.get("/ON")
        known = {each.objgen for each in on.as_list()} if isinstance(on, pikepdf.Array) else set()
        everything = layers.get("/OCGs")
        if isinstance(everything, pikepdf.Array):
            hidden += [each for each in everything.as_list() if each.objgen not in known]
    for layer in hidden:
        named = layer.get("/Name") if isinstance(layer, pikepdf.Dictionary) else None
        name = "" if named is None else str(named)
        told.tell("hidden-layer", 0, "A layer of the file is switched off.", name)


def _attachments(opened: pikepdf.Pdf, told: Told) -> None:
    for name in opened.attachments:
        told.tell("attachment", 0, "A file is inside this one.", str(name))
    if "/Collection" in opened.Root and not opened.attachments:
        told.tell("attachment", 0, "The file is a folder of other files.")


def _file_name(note: Any) -> str:
    file = note.get("/FS")
    if not isinstance(file, pikepdf.Dictionary):
        return ""
    return str(file.get("/UF", file.get("/F", "")))


def _metadata(opened: pikepdf.Pdf, told: Told) -> None:
    details = {
        str(key): str(value)
        for key, value in (opened.docinfo.items() if "/Info" in opened.trailer else ())
        if isinstance(value, pikepdf.String) and not str(key).startswith(_TECHNICAL)
    }
    with opened.open_metadata(set_pikepdf_as_editor=False, strict=False) as xmp:
        for key, name in _XMP.items():
            value = xmp.get(key)
            if value:
                details.setdefault(f"/{name}", _plain(value))
    told_of: set[str] = set()
    for key, value in details.items():
        if value in told_of or says_nothing(value, told):
            continue
        told_of.add(value)
        name = key.lstrip("/").lower()
        told.tell_unless_seen("metadata", 0, f"The details of the file tell its {name}.", value)


def _plain(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list | set | tuple):
        return ", ".join(str(each) for each in value)
    return str(value)


def _bookmarks(opened: pikepdf.Pdf, told: Told) -> None:
    first = opened.Root.get("/Outlines")
    stack = [first.get("/First")] if isinstance(first, pikepdf.Dictionary) else []
    seen: set[tuple[int, int]] = set()
    while stack and len(seen) < _MOST:
        entry = stack.pop()
        if not isinstance(entry, pikepdf.Dictionary) or entry.objgen in seen:
            continue
        seen.add(entry.objgen)
        title = str(entry.get("/Title", ""))
        if not says_nothing(title, told):
            told.tell("bookmark", 0, "A bookmark names what no page shows.", title)
        stack += [entry.get("/Next"), entry.get("/First")]


def _descriptions(opened: pikepdf.Pdf, told: Told) -> None:
    """What the tree for screen readers spells out."""
    tree = opened.Root.get("/StructTreeRoot")
    stack: list[tuple[Any, int]] = [(tree, 0)] if isinstance(tree, pikepdf.Dictionary) else []
    seen: set[tuple[int, int]] = set()
    looked = 0
    while stack and looked < 20 * _MOST:
        looked += 1
        branch, depth = stack.pop()
        if isinstance(branch, pikepdf.Array):
            stack += [(each, depth) for each in branch.as_list()]
            continue
        if not isinstance(branch, pikepdf.Dictionary) or depth > _DEPTH:
            continue
        if branch.is_indirect:
            if branch.objgen in seen:
                continue
            seen.add(branch.objgen)
        for key in ("/Alt", "/ActualText", "/E"):
            if isinstance(branch.get(key), pikepdf.String):
                text = str(branch[key])
                told.tell_unless_seen("description", 0, "Words are spelt out unseen.", text)
        stack.append((branch.get("/K"), depth + 1))
