"""What workbooks and presentations carry beside their sheets and slides; for workers only."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterable
from typing import Any, Final

from dpdesk.documents import links, office_properties
from dpdesk.documents.office_zip import Packed, Relation, parsed
from dpdesk.inspection import word_drawings
from dpdesk.inspection.found import Kind
from dpdesk.inspection.telling import Told, says_nothing

_TAGS: Final = re.compile(r"<[^<>]*>")
_LETTERS: Final = re.compile(r"[^\W\d_]{2,}")
_DETAILS: Final = {
    "creator": "author", "lastModifiedBy": "last writer", "title": "title", "subject": "subject",
    "description": "comment", "keywords": "keywords", "category": "category",
    "contentStatus": "status", "Company": "company", "Manager": "manager",
    "HyperlinkBase": "place of links",
}  # fmt: skip
_FORMS: Final = ("contenttype", "sharepoint", "bibliography", "coverpageprops", "datamashup")
_PLACES: Final = re.compile(r"^(?:file:|[A-Za-z]:\\|\\\\)", re.IGNORECASE)
_NAME: Final = re.compile(r"\b[^\W\d_a-z][^\W\d_]{2,}")
_NAME_LENGTH: Final = 200
_LONGEST: Final = 20_000
Tree = Any


def is_of(content: bytes, part: str) -> bool:
    """Whether a file that looks packed holds a part whose name begins so."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return any(name.lstrip("/").lower().startswith(part) for name in packed.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return False


def plain(words: str) -> str:
    """The words of HTML."""
    return html.unescape(_TAGS.sub(" ", words))


def drawings(packed: Packed, folder: str, told: Told) -> None:
    """Charts and diagrams: what they show is noted, what they only hold is told."""
    names = [name for name in packed.names.values() if name.lower().startswith(folder)]
    word_drawings.look(names, lambda name: _tree(packed, name), told, folder)


def _tree(packed: Packed, name: str) -> Tree:
    root = packed.xml(name)
    return root if root is not None else parsed(b"<none/>")[0]


def look(packed: Packed, folder: str, handled: Iterable[str], told: Told) -> None:
    """Looks at everything but sheets and slides themselves, whose words ``told`` knows.

    ``folder`` is where their parts lie; ``handled`` how parts begin that were looked at.
    """
    _details(packed, told)
    reached = _reached(packed, told)
    whole = ("docprops/", "customxml/itemprops", *handled)
    for key, name in sorted(packed.names.items()):
        if key.endswith((".rels", "/")) or key == "[content_types].xml":
            continue
        if key.startswith(f"{folder}/embeddings/"):
            told.tell("attachment", 0, "Another file is inside this one.", _file(name))
        elif key.endswith("vbaproject.bin"):
            told.tell("attachment", 0, "A program (macro) is in the file.")
        elif key.startswith("docprops/thumbnail"):
            told.tell("thumbnail", 0, "The file holds a small picture of its first page.")
        elif key.endswith(".xml") and key not in reached:
            _left(packed, name, told)
        elif key.endswith(".xml") and not key.startswith(whole):
            _rest(packed, name, told)


def _file(name: str) -> str:
    return name.rpartition("/")[2]


def _left(packed: Packed, name: str, told: Told) -> None:
    root = packed.xml(name)
    words = " ".join("".join(f" {text}" for text in root.itertext()).split()) if (
        root is not None
    ) else ""  # fmt: skip
    if _LETTERS.search(words):
        what = "A part that nothing shows any more is still in the file."
        told.gather("leftover", what, words[:_LONGEST])


def _rest(packed: Packed, name: str, told: Told) -> None:
    """The words of a part that no sheet or slide shows: stored answers, names of people."""
    root = packed.xml(name)
    if root is None or any(form in str(root.tag).casefold() for form in _FORMS):
        return
    words = " ".join(" ".join(root.itertext()).split())
    told_of = {str(v) for each in root.iter() for v in each.attrib.values() if _is_name(str(v))}
    words = " ".join((words, *sorted(told_of))).strip()
    if _LETTERS.search(words):
        what = "A part of the file holds words that are not shown."
        told.gather("elsewhere", what, words[:_LONGEST])


def _is_name(text: str) -> bool:
    return len(text) < _NAME_LENGTH and len(_NAME.findall(text)) > 1 and " " in text


def _reached(packed: Packed, told: Told) -> set[str]:
    """The parts to which something leads from the beginning of the file, by their names."""
    stack, seen = [""], set[str]()
    while stack:
        part = stack.pop()
        for relation in packed.relations(part).values():
            key = relation.target.lower()
            if relation.outside:
                _outside(relation, told)
            elif key not in seen:
                seen.add(key)
                if packed.has(key):
                    stack.append(relation.target)
    return seen


def _outside(relation: Relation, told: Told) -> None:
    if _PLACES.match(relation.target):
        told.gather("metadata", "The file names a place on somebody’s computer.", relation.target)
    else:
        said = "A link holds an address not shown."
        told.gather("link", said, links.naming(relation.target))


def _details(packed: Packed, told: Told) -> None:
    usual, added = office_properties.read(packed)
    for key, name in _DETAILS.items():
        text = usual.get(key, "")
        if text and not says_nothing(text, told):
            told.tell("metadata", 0, f"The details of the file tell its {name}.", text)
    for text in dict.fromkeys(added.values()):
        if _LETTERS.search(text) and not told.is_told(text):
            told.gather("metadata", "The details of the file tell more.", text)


def people(names: Iterable[str], told: Told) -> None:
    """Those of whom the file says that they wrote comments, where no comment told of them."""
    for name in sorted({name for name in names if name.strip()}):
        if not says_nothing(name, told) and not told.is_told(name):
            told.tell("note", 0, "The file says who wrote comments.", name)


def several(number: int, one: str, more: str) -> str:
    """How many of what, in words."""
    return f"1 {one}" if number == 1 else f"{number:,} {more}"


NOTE: Final[Kind] = "note"
