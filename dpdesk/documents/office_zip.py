"""Office files of today are ZIP archives of XML: opened here within limits, by nobody else.

No entity is followed, nothing is fetched, nothing is unpacked to a disk. Used inside workers only.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import unquote

from lxml import etree

from dpdesk.errors import UnreadableFile

Element = Any
"""An element of lxml, which has no types of its own."""

_MOST_PARTS: Final = 20_000
_LONGEST_PART: Final = 250_000_000
_LONGEST_IN_ALL: Final = 900_000_000
_BOMB: Final = 150
"""Times that a long part shrank when it was packed; honest XML shrinks to a twentieth."""
_BOMB_FROM: Final = 80_000_000
_STEP: Final = 1 << 16

DAMAGED: Final = (
    "This file is damaged: it cannot be opened.",
    "Ask for it again, or open it in the program that it comes from and save it anew.",
)
MACROS: Final = "This file contains macros (small programs). They were not run and are not shown."
_HARMED: Final = (
    "Part of this file is damaged. What could be read is shown; compare it with the original."
)
_TOO_LONG: Final = (
    "This file unpacks to more than dpdesk reads.",
    "Open it in the program that it comes from, print what is needed as PDF, and add that.",
)


@dataclass(frozen=True, slots=True)
class Relation:
    """What one part says of another: the last word of the kind, and where that lies.

    ``outside`` says that the target is an address and no part of the file.
    """

    kind: str
    target: str
    outside: bool


@dataclass(slots=True)
class Packed:
    """The parts of an office file."""

    archive: zipfile.ZipFile
    names: dict[str, str]
    """The names of the parts as they are stored, by their name in small letters."""
    damaged: list[str] = field(default_factory=list)
    """Parts of which not everything could be read."""
    _spent: int = 0

    def has(self, name: str) -> bool:
        """Whether there is such a part; capitals do not matter."""
        return _key(name) in self.names

    def under(self, folder: str) -> list[str]:
        """The parts in a folder, by their names."""
        start = _key(folder).rstrip("/") + "/"
        return sorted(stored for key, stored in self.names.items() if key.startswith(start))

    def read(self, name: str) -> bytes | None:
        """The bytes of a part, as far as they can be read; None where there is none.

        Raises UnreadableFile where the file unpacks to more than is read.
        """
        stored = self.names.get(_key(name))
        if stored is None:
            return None
        made = bytearray()
        try:
            with self.archive.open(stored) as stream:
                while piece := stream.read(_STEP):
                    made += piece
                    self._spend(len(piece), len(made))
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError):
            self.damaged.append(stored)
        except (ValueError, RuntimeError):
            # A part that is locked by itself, or whose place in the archive makes no sense.
            self.damaged.append(stored)
        return bytes(made)

    def _spend(self, more: int, part: int) -> None:
        self._spent += more
        if part > _LONGEST_PART or self._spent > _LONGEST_IN_ALL:
            raise UnreadableFile(*_TOO_LONG)

    def xml(self, name: str) -> Element | None:
        """The root of a part of XML; None where there is none, or nothing to read in it."""
        content = self.read(name)
        if not content:
            return None
        root, whole = parsed(content)
        if not whole and name not in self.damaged:
            self.damaged.append(name)
        return root

    def relations(self, part: str) -> dict[str, Relation]:
        """What a part refers to, by the names that it uses."""
        folder, _, file = part.rpartition("/")
        root = self.xml(f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels")
        found: dict[str, Relation] = {}
        for each in root if root is not None else ():
            target, kind = each.get("Target", ""), each.get("Type", "")
            outside = each.get("TargetMode", "") == "External"
            if not outside:
                target = _within(folder, target)
            found[each.get("Id", "")] = Relation(kind.rpartition("/")[2], target, outside)
        return found

    def main_part(self) -> str | None:
        """The part that the file is about, as it says itself."""
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and not relation.outside:
                return self.names.get(_key(relation.target))
        return None


def opened(content: bytes) -> Packed:
    """The file, opened. Raises UnreadableFile where it is damaged, or made to fill a memory."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        raise UnreadableFile(*DAMAGED) from None
    if len(parts) > _MOST_PARTS:
        raise UnreadableFile(*_TOO_LONG)
    for part in parts:
        bomb = part.file_size > _BOMB_FROM and part.file_size > _BOMB * max(part.compress_size, 1)
        if bomb or part.file_size > _LONGEST_PART:
            raise UnreadableFile(*_TOO_LONG)
    return Packed(archive, {_key(part.filename): part.filename for part in parts})


def about(packed: Packed) -> list[str]:
    """Sentences about macros and damage."""
    told = []
    if any(name.endswith("vbaproject.bin") for name in packed.names):
        told.append(MACROS)
    if packed.damaged:
        told.append(_HARMED)
    return told


def parsed(content: bytes) -> tuple[Element | None, bool]:
    """The root of XML, and whether all of it made sense; what does not is left out."""
    try:
        return etree.fromstring(content, _parser(recover=False)), True
    except (etree.XMLSyntaxError, ValueError):
        pass
    try:
        return etree.fromstring(content, _parser(recover=True)), False
    except (etree.XMLSyntaxError, ValueError):
        return None, False


def _parser(*, recover: bool) -> Any:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,
        recover=recover,
    )


def _within(folder: str, target: str) -> str:
    target = unquote(target.replace("\\", "/"))
    whole = target if target.startswith("/") else posixpath.join(folder, target)
    return posixpath.normpath(whole).lstrip("/")


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


_SPACES: Final = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "s",
    "http://purl.oclc.org/ooxml/spreadsheetml/main": "s",
    "http://schemas.openxmlformats.org/presentationml/2006/main": "p",
    "http://purl.oclc.org/ooxml/presentationml/main": "p",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
    "http://purl.oclc.org/ooxml/drawingml/chart": "c",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram": "dgm",
    "http://purl.oclc.org/ooxml/drawingml/diagram": "dgm",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing": "xdr",
    "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing": "xdr",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic",
    "http://purl.oclc.org/ooxml/drawingml/picture": "pic",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup": "wpg",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    "http://schemas.microsoft.com/office/word/2012/wordml": "w15",
    **{
        f"urn:oasis:names:tc:opendocument:xmlns:{family}:1.0": family
        for family in "text table office style presentation meta form chart".split()
    },
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw",
    "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0": "svg",
    "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0": "fo",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://www.w3.org/1999/xlink": "xlink",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    "urn:schemas-microsoft-com:office:excel": "x",
}
_short: dict[str, str] = {}


def short(element: Element) -> str:
    """The name of an element with the usual letters of its family before it: ``w:p``."""
    tag = element.tag
    return _shortened(tag) if isinstance(tag, str) else ""


def _shortened(tag: str) -> str:
    found = _short.get(tag)
    if found is None:
        space, _, name = tag.rpartition("}")
        family = _SPACES.get(space[1:], "?" if space else "")
        found = f"{family}:{name}" if family else name
        if len(_short) < 5_000:
            _short[tag] = found
    return found


def attribute(element: Element, name: str) -> str | None:
    """The value of an attribute by its short name (``w:val``), in either kind of file."""
    for key, value in element.attrib.items():
        if _shortened(key) == name:
            return str(value)
    return None


def value(element: Element | None, child: str, name: str = "w:val") -> str | None:
    """The value of a property that stands as a child of an element; "" where it has none."""
    found = first(element, child)
    return None if found is None else attribute(found, name) or ""


def first(element: Element | None, child: str) -> Element | None:
    """The first child of that short name."""
    for each in element if element is not None else ():
        if short(each) == child:
            return each
    return None


def switched_on(element: Element | None, child: str) -> bool:
    """Whether a property that is on or off is on."""
    told = value(element, child)
    return told is not None and told.lower() not in {"0", "false", "off"}
