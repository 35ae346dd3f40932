"""What a picture file that was redacted elsewhere still holds beside what it shows.

For workers only.
"""

from __future__ import annotations

import io
from typing import Any, Final

from PIL import Image, ImageChops

from dpdesk.documents import picture_details
from dpdesk.errors import UnreadableFile
from dpdesk.inspection import heif_pictures, picture_notes, small_pictures, under_masks
from dpdesk.inspection.pdf_file import has_place
from dpdesk.inspection.telling import Told, says_nothing, words_in

_SIGNS: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*",
                b"II+\x00", b"MM\x00+", b"GIF8", b"BM")  # fmt: skip
_WEBP: Final = (b"RIFF", b"WEBP")
_PIXELS: Final = 200_000_000
_TAGS: Final = {
    0x010E: "description", 0x013B: "author", 0x8298: "owner", 0x9C9B: "title", 0x9C9C: "comment",
    0x9C9D: "author", 0x9C9E: "keywords", 0x9286: "comment", 0xA430: "owner of the camera",
}  # fmt: skip
_SHADES: Final = frozenset({"L", "RGB", "RGBA", "LA", "P", "CMYK", "YCbCr"})
"""Black and white alone make no mosaic, and more than eight bits are no office's."""
_DAMAGED: Final = ("This picture is damaged.", "Ask for it again.")
_EXIF: Final = 0x8769
_TEXTS: Final = ("comment", "Comment", "Title", "Author", "Description", "Copyright", "Source")
_BEHIND: Final = 64  # bytes behind the end that tell nothing
_SHOWS: Final = 0.002  # of the pixels: what is hidden under a clear part shows something from here


def is_picture(content: bytes) -> bool:
    """Whether a file is a picture of a kind that can be checked."""
    return (
        content.startswith(_SIGNS)
        or (content.startswith(_WEBP[0]) and content[8:12] == _WEBP[1])
        or heif_pictures.is_one(content)
    )


def pixels(content: bytes) -> int:
    """How many pixels a picture says that it has. Raises UnreadableFile where it says nothing."""
    if heif_pictures.is_one(content):
        heif_pictures.readable()
    Image.MAX_IMAGE_PIXELS = None  # whoever asks refuses what is too large, before it is decoded
    try:
        with Image.open(io.BytesIO(content)) as opened:
            return opened.width * opened.height
    except Exception:  # noqa: BLE001 -- Pillow's readers throw whatever a damaged file makes them
        raise UnreadableFile(*_DAMAGED) from None


def look(content: bytes, told: Told, memory: dict[str, Any]) -> None:
    """Looks through the file. Raises UnreadableFile for one that is damaged or far too large."""
    if pixels(content) > _PIXELS:
        raise UnreadableFile("This picture is far too large.", "Make it smaller.")
    try:
        with Image.open(io.BytesIO(content)) as opened:
            opened.load()
            _details(opened, content, told)
            picture_notes.look(opened, told)
            if heif_pictures.is_one(content):
                heif_pictures.look(opened, content, told)
            _under_clear(opened, told)
            pages = int(getattr(opened, "n_frames", 1))
            grey = opened.convert("L") if opened.mode in _SHADES else None
    except Exception:  # noqa: BLE001 -- Pillow's readers throw whatever a damaged file makes them
        raise UnreadableFile(*_DAMAGED) from None
    if pages > 1:
        what = f"It holds {pages:,} pictures, of which most programs show the first."
        told.tell("hidden-layer", 0, what)
    else:
        _behind(content, told)
    if grey is not None:
        under_masks.look_at_pixels(grey, 0, told, memory)


def _details(opened: Image.Image, content: bytes, told: Told) -> None:
    if has_place(content) or picture_details.inner_details(opened, 0x8825):
        told.tell("picture-data", 0, "The picture says where it was taken.")
    details = {**picture_details.details(opened), **picture_details.inner_details(opened, _EXIF)}
    said: list[tuple[str, str]] = [
        (name, _text(details[tag])) for tag, name in _TAGS.items() if tag in details
    ]
    said += [(key.lower(), _text(opened.info[key])) for key in _TEXTS if key in opened.info]
    for name, text in dict.fromkeys(said):
        if words_in(text) and not says_nothing(text, told) and not told.is_told(text):
            told.tell("metadata", 0, f"The details of the picture tell its {name}.", text)
    packets = [opened.info.get(key) for key in ("xmp", "XML:com.adobe.xmp", "photoshop")]
    for packet in packets:
        _packet(packet, told)
    # The small picture that a camera adds is made before anybody blackens the large one.
    if small_pictures.tells(opened):
        told.tell("thumbnail", 0, "The picture holds a small one of how it was at first.")


def _packet(packet: Any, told: Told) -> None:
    from dpdesk.inspection.elsewhere import details_in

    if isinstance(packet, str):
        packet = packet.encode()
    if isinstance(packet, bytes):
        for text in details_in(packet):
            if not told.is_told(text):
                told.tell_unless_seen("metadata", 0, "The details of the picture tell more.", text)


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        plain = value.removeprefix(b"ASCII\x00\x00\x00").removeprefix(b"UNICODE\x00")
        wide = plain[1:2] == b"\x00"
        return plain.decode("utf-16-le" if wide else "utf-8", "replace").strip("\x00 ")
    return str(value).strip("\x00 ")


def _under_clear(opened: Image.Image, told: Told) -> None:
    """Parts that were made see-through, below which the pixels are still what they were."""
    if "A" not in opened.getbands() or opened.mode not in {"RGBA", "LA"}:
        return
    clear = opened.getchannel("A").point([255] + [0] * 255)
    if not clear.getbbox():
        return
    below = opened.convert("RGBA").convert("RGB").convert("L")
    levels = below.histogram(clear)
    usual = max(range(256), key=levels.__getitem__)
    other = ImageChops.difference(below, Image.new("L", below.size, usual))
    differs = other.point([0] * 24 + [255] * 232).histogram(clear)[255]
    if differs > _SHOWS * sum(levels):
        told.tell("unseen", 0, "Parts are only made see-through; what they showed is there.")


def _behind(content: bytes, told: Told) -> None:
    """What lies behind the end of a picture: the rest of a larger one that was written over."""
    if content.startswith(_SIGNS[1]):
        end = content.find(b"IEND")
        rest = content[end + 8 :] if end >= 0 else b""
    elif content.startswith(_SIGNS[0]):
        rest = content[_end_of_jpeg(content) :]
    elif content.startswith(b"BM"):
        rest = content[int.from_bytes(content[2:6], "little") or len(content) :]
    elif content.startswith(b"RIFF"):
        rest = content[int.from_bytes(content[4:8], "little") + 8 :]
    else:
        rest = heif_pictures.behind(content) if heif_pictures.is_one(content) else b""
    if len(rest) > _BEHIND and rest.strip(b"\x00"):
        told.tell("elsewhere", 0, f"{len(rest):,} bytes lie behind the end of the picture.")


def _end_of_jpeg(content: bytes) -> int:
    """Where the first JPEG in these bytes ends. A rest of a larger one has an end mark too."""
    at = 2
    while at + 4 <= len(content):
        if content[at] != 0xFF:
            at = content.find(b"\xff", at)  # the codes of the pixels, or rubbish between parts
            if at < 0:
                break
            continue
        part = content[at + 1]
        if part == 0xD9:
            return at + 2
        if part in {0x00, 0x01, 0xFF} or 0xD0 <= part <= 0xD8:
            at += 1 if part == 0xFF else 2
            continue
        at += 2 + max(2, int.from_bytes(content[at + 2 : at + 4], "big"))
    found = content.rfind(b"\xff\xd9")
    return found + 2 if found >= 0 else len(content)
