"""What is written into the details of a picture: told, wherever it stands; a camera is no alarm."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from dpdesk.documents import picture_words
from dpdesk.documents.intake import Intaker

RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
PACKET = (
    f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {RDF}><rdf:Description '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:mp="http://ns.microsoft.com/photo/1.2/t#" '
    'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:Headline="Sports day" '
    'photoshop:ColorMode="3" xmlns:u="urn:u" u:by="Amelia Hale" u:to="nobody">'
    "<dc:subject><rdf:Bag><rdf:li>Team of 4B</rdf:li></rdf:Bag></dc:subject>"
    "<dc:format>image/jpeg</dc:format><mp:PersonDisplayName>Noah</mp:PersonDisplayName>"
    "</rdf:Description></rdf:RDF></x:xmpmeta>"
).encode()


Details = dict[int, object]


def picture(kind: str, details: Details, inner: Details, **more: Any) -> bytes:
    exif = Image.Exif()
    for tag, value in details.items():
        exif[tag] = value
    for tag, value in inner.items():
        exif.get_ifd(0x8769)[tag] = value
    made = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(made, kind, exif=exif, **more)
    return made.getvalue()


DETAILS: Details = {
    0x010E: "Emily with her mother",
    0x9C9C: "Ask Oscar".encode("utf-16-le"),
    0x013C: "PC of Isla",
}
INNER: Details = {0x9286: b"UNICODE\0" + "ring Theo".encode("utf-16-be")}


def press(words: str) -> bytes:
    note = b"\x1c\x02\x78" + len(words).to_bytes(2, "big") + words.encode()
    body = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + len(note).to_bytes(4, "big") + note
    return b"\xff\xed" + (len(body) + 2).to_bytes(2, "big") + body


def test_captions_and_names_in_a_photograph_are_told(intaker: Intaker) -> None:
    content = picture("JPEG", DETAILS, INNER, xmp=PACKET, comment=b"seen by Sophia")
    content = content[:2] + press("Lucas, second from left") + content[2:]
    taken = intaker.read("a.jpg", content)
    found = " ".join(" ".join(page.text() for page in taken.pages).split())
    for words in ("Emily with her mother", "Ask Oscar", "PC of Isla", "ring Theo", "Sports day",
                  "Team of 4B", "Noah", "Amelia Hale", "seen by Sophia", "Lucas,"):  # fmt: skip
        assert words in found, words
    assert "texts in the details of the picture" in taken.warnings[0]
    assert "image/jpeg" not in found


@pytest.mark.parametrize("kind", ["TIFF", "PNG", "WEBP"])
def test_the_same_is_told_of_other_kinds(kind: str) -> None:
    (told,) = picture_words.found(picture(kind, DETAILS, {}))
    assert "Emily with her mother" in told.html


def test_texts_of_a_png_are_told() -> None:
    texts = PngInfo()
    texts.add_itxt("Description", "Emily on the swing")
    texts.add_text("Software", "Oscar Paint")
    made = io.BytesIO()
    Image.new("L", (9, 9)).save(made, "PNG", pnginfo=texts)
    (told,) = picture_words.found(made.getvalue())
    assert told.count == 1
    assert "Emily on the swing" in told.html


def test_what_a_camera_writes_of_itself_is_no_alarm() -> None:
    details: Details = {0x010E: "OLYMPUS DIGITAL CAMERA", 0x010F: "Oscar", 0x013C: "PC4"}
    content = picture("JPEG", details, {0x9286: b"ASCII\0\0\0Screenshot"}, comment=b"quality = 90")
    assert picture_words.found(content) == []
    assert picture_words.found(b"no picture") == []
