"""What somebody wrote into the details of a picture: captions, names, words to find it by.

Cameras, telephones and programs of pictures keep them in four ways (EXIF, IPTC, XMP, texts of a
PNG), and no picture shows them. What programs write there of themselves is left out. Used inside
workers only.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from html import escape
from typing import Any, Final

from PIL import Image, ImageFile, IptcImagePlugin

from dpdesk.documents import picture_details
from dpdesk.documents.besides import names_somebody
from dpdesk.documents.hidden import Hidden
from dpdesk.documents.office_zip import parsed

_EXIF: Final = 0x8769
_WRITTEN: Final = {
    0x010E: "Description",
    0x013B: "Taken by",
    0x8298: "Rights",
    0x9C9B: "Title",
    0x9C9C: "Remark",
    0x9C9D: "Author",
    0x9C9E: "Words to find it by",
    0x9C9F: "Subject",
    0x9286: "Remark",
    0xA430: "Owner of the camera",
    0xFDE8: "Owner",
}
_WIDE: Final = range(0x9C9B, 0x9CA0)
"""Details that Windows writes, in letters of two bytes."""
_COMPUTERS: Final = {0x010D: "Name of the file", 0x013C: "Computer", 0x011D: "Name of the page"}
"""Details that are told only where they name somebody."""
_REMARK: Final = 0x9286
_PACKET: Final = 700
_OF_CAMERAS: Final = re.compile(
    r"(?:olympus|sony|samsung|minolta|konica|kodak|nikon|canon|casio|pentax|ricoh|fuji\w*|digital|"
    r"camera|dsc|dcim|exif_?jpeg|picture|jpeg|screenshot|image|untitled|default|none|unknown|ascii|"
    r"unicode|created|processed|generated|edited|with|by|using|for|the|gimp|vsco|adobe|photoshop|"
    r"lead|technologies|inc|file|written|creator|gd|ijg|quality|v\d+|scan\w*|software|copyright|"
    r"intel|encoder|lavc\w*|handmade|adobergb|srgb|iec\w*|true|false|www|com|http|https|pixabay|"
    r"cropped|resized|on|online|tool|im|imagemagick|paint|net|hdr|auto|night|beauty|fptr|"
    r"[^\W\d_])",
    re.IGNORECASE,
)
"""Words that say nothing where no others stand beside them."""
_WORD: Final = re.compile(r"[^\W\d_]+")
_FORM: Final = re.compile(r"[\w.+-]{1,60}[/:][\w.+:-]{1,200}")
_PEOPLE: Final = (
    "purl.org/dc/", "Iptc4xmp", "metadataworkinggroup", "microsoft.com/photo", "photoshop/1.0",
    "lightroom", "digikam", "acdsee", "xap/1.0/rights",
)  # fmt: skip
"""Parts of the newest kind of details in which people write; in others programs do."""
_TECHNICAL: Final = frozenset(
    "format ColorMode ICCProfile DateCreated language Unit Type Urgency History AncestorID "
    "Marked WebStatement SidecarForExtension DocumentAncestors TextLayers".split()
)
_USUAL: Final = re.compile(
    r"software|creat\w+ time|source|xml:|raw profile|date:|exif:|png:|tiff:|icc|jpeg:|dpi|warning|"
    r"disclaimer|parameters",
    re.IGNORECASE,
)
_MOST_PICTURES: Final = 50
_MOST: Final = 500
_LONGEST: Final = 4_000


def found(content: bytes) -> list[Hidden]:
    """The words, each once; nothing where there are none, or the picture is damaged."""
    lines: dict[str, str] = {}
    # Pillow's readers throw whatever a damaged file makes them; what was found until then counts.
    with suppress(Exception), Image.open(io.BytesIO(content)) as opened:
        for where, words in _all(opened):
            plain = " ".join(words.replace("\0", " ").split())[:_LONGEST]
            if len(lines) < _MOST and _says_something(plain):
                lines.setdefault(plain, where)
    rows = "".join(
        f"<tr><td>{escape(where)}</td><td>{escape(words)}</td></tr>"
        for words, where in lines.items()
    )
    return [Hidden("details", len(lines), f'<table class="grid">{rows}</table>')] if lines else []


def _all(opened: ImageFile.ImageFile) -> Iterator[tuple[str, str]]:
    yield from _exif(opened)
    yield from _press(opened)
    packet = opened.info.get("xmp") or opened.info.get("XML:com.adobe.xmp")
    yield from _packet(packet)
    remark = opened.info.get("comment")
    if remark:
        yield "Remark", _text(remark)
    for number in range(1, min(getattr(opened, "n_frames", 1), _MOST_PICTURES)):
        opened.seek(number)
        yield from _exif(opened)
    if opened.format == "PNG":
        opened.load()  # texts may stand behind the picture
        texts: Any = getattr(opened, "text", {})
        for name, words in texts.items():
            if not _USUAL.match(str(name)):
                yield str(name), str(words)


def _exif(opened: ImageFile.ImageFile) -> Iterator[tuple[str, str]]:
    of_camera = picture_details.inner_details(opened, _EXIF)
    details: Mapping[int, Any] = {**picture_details.details(opened), **of_camera}
    for tag, where in _WRITTEN.items():
        value = details.get(tag)
        if tag in _WIDE and isinstance(value, (bytes, tuple)):
            yield where, bytes(value).decode("utf-16-le", "replace")
        elif tag == _REMARK and isinstance(value, bytes):
            yield where, _remark(value)
        elif value:
            yield where, _text(value)
    for tag, where in _COMPUTERS.items():
        if names_somebody(words := _text(details.get(tag) or "")):
            yield where, words
    if isinstance(packet := details.get(_PACKET), bytes):
        yield from _packet(packet)


def _remark(value: bytes) -> str:
    """A remark says in its first eight bytes what letters it is in."""
    if value.startswith(b"UNICODE"):
        wide = value[8:]
        big = wide[:1] == b"\0" or wide.startswith(b"\xfe\xff")
        return wide.decode("utf-16-be" if big else "utf-16-le", "replace")
    return _text(value[8:] if value[:5] in {b"ASCII", b"\0\0\0\0\0"} else value)


def _text(value: object) -> str:
    if isinstance(value, bytes):
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            return value.decode("cp1252", "replace")
    if isinstance(value, (tuple, list)):
        return " ".join(map(_text, value))
    return value if isinstance(value, str) else ""


def _press(opened: ImageFile.ImageFile) -> Iterator[tuple[str, str]]:
    """Captions, names and places as the press writes them into pictures."""
    notes: Any = IptcImagePlugin.getiptcinfo(opened) or {}
    for (record, number), value in notes.items():
        if record == 2 and number:
            for each in value if isinstance(value, list) else [value]:
                yield "Caption", _text(each)


def _packet(packet: object) -> Iterator[tuple[str, str]]:
    """Details of the newest kind, which are XML: also who is in the picture, face by face."""
    content = packet.encode() if isinstance(packet, str) else packet
    if not isinstance(content, bytes) or not content.strip(b"\0 "):
        return
    start, end = content.find(b"<"), content.rfind(b">")
    root, _whole = parsed(content[start : end + 1])
    for each in root.iter() if root is not None else ():
        tag = each.tag if isinstance(each.tag, str) else ""
        holder = tag
        for above in each.iterancestors():
            if "rdf-syntax" not in holder:
                break
            holder = above.tag if isinstance(above.tag, str) else ""
        told = [(holder, each.text or ""), *((str(k), str(v)) for k, v in each.attrib.items())]
        for key, words in told:
            space, _, name = key.rpartition("}")
            by_people = any(sign in space for sign in _PEOPLE) and name not in _TECHNICAL
            if by_people or names_somebody(words):
                yield name, words


def _says_something(words: str) -> bool:
    """Whether words are more than what a camera or a program writes of itself."""
    if _FORM.fullmatch(words) and "@" not in words:
        return False
    return any(len(w) > 1 and not _OF_CAMERAS.fullmatch(w) for w in _WORD.findall(words))
