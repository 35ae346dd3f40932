"""What the parts of a Word file say beside its text: fields, lists, names, macros, left-overs.

For workers only.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from PIL import Image, ImageStat

from dpdesk.documents import links
from dpdesk.inspection import word_bars
from dpdesk.inspection.telling import Told
from dpdesk.inspection.word_looks import W

_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_QUOTED: Final = re.compile(r'(\\[@#*]\s*)?"([^"]*)"')
_SHOWN: Final = (
    "word/document", "word/header", "word/footer", "word/footnotes", "word/endnotes",
    "word/comments", "word/charts/", "word/diagrams/", "docprops/", "[content_types]",
)  # fmt: skip
"""Parts that are shown, or looked at elsewhere."""
_OF_PROGRAMS: Final = (
    "word/styles", "word/settings", "word/fonttable", "word/websettings", "word/numbering",
    "word/theme/", "word/people", "word/glossary/styles", "word/glossary/settings",
    "word/glossary/fonttable", "word/glossary/websettings", "word/glossary/numbering",
)  # fmt: skip
_FORMS: Final = ("contenttype", "sharepoint", "bibliography", "coverpageprops")
"""Beginnings of what programs keep about a file in its own place."""
_LETTERS: Final = re.compile(r"[^\W\d_]{2,}")
_DARK: Final = 96
_EVEN: Final = 24
_WHITE: Final = 250
_LARGEST: Final = 50_000_000  # pixels of a picture that is looked at
Tree = Callable[[str], Any]


def text_part(tree: Any, told: Told) -> None:
    """Looks at what a part with text says beside it: fields, lists to choose from, labels."""
    fields = [
        *("".join(each.itertext()) for each in tree.iter(f"{W}instrText", f"{W}delInstrText")),
        *(str(each.get(f"{W}instr") or "") for each in tree.iter(f"{W}fldSimple")),
    ]
    for field in fields:
        for picture, words in _QUOTED.findall(field):
            if field.strip().upper().startswith("HYPERLINK") and ":" in words:
                told.gather("link", "A link holds an address not shown.", links.naming(words))
            elif not picture and "://" not in words and not words.startswith("_"):
                told.gather("elsewhere", "A field holds words that are not shown.", words)
    _choices(tree, told)
    # Word once noted beside a name which name it had taken it for.
    for each in tree.iter(f"{W}alias", f"{W}tag", f"{W}docPartGallery", f"{W}attr"):
        words = str(each.get(f"{W}val") or "")
        if " " in words:
            told.gather("elsewhere", "A field has a name that is not shown.", words)
    for each in tree.iter(f"{W}bookmarkStart"):
        words = str(each.get(f"{W}name") or "")
        if not words.startswith("_") and len(words.split("_")) > 1:
            told.gather("bookmark", "A place in the text has a name.", words.replace("_", " "))


def _choices(tree: Any, told: Told) -> None:
    """What may be chosen in fields, and what helps to answer them."""
    for each in tree.iter(f"{W}listItem"):
        for key in ("displayText", "value"):
            words = str(each.get(f"{W}{key}") or "")
            told.gather("form", "A field holds a list to choose from.", words)
    for each in tree.iter(f"{W}ffData"):
        for part in each.iter(f"{W}listEntry", f"{W}default", f"{W}helpText", f"{W}statusText"):
            words = str(part.get(f"{W}val") or "")
            if _LETTERS.search(words):
                told.gather("form", "A field holds words that are not shown.", words)


def authors(trees: Iterable[Any]) -> set[str]:
    """Everybody of whom a part says that they wrote or changed something."""
    found = {
        str(each.get(key) or "")
        for tree in trees
        for each in tree.iter()
        for key in (f"{W}author", "{http://schemas.microsoft.com/office/word/2012/wordml}author")
    }
    return found - {""}


def others(packed: zipfile.ZipFile, tree: Tree, told: Told) -> None:
    """Looks at all parts that are not the text itself."""
    names = packed.namelist()
    linked = set(_linked(names, tree))
    for name in names:
        lower = name.lower()
        if lower.endswith(".rels"):
            _targets(tree(name), told)
        elif lower.startswith("word/settings") and lower.endswith(".xml"):
            for each in tree(name).iter(f"{W}docVar"):
                words = str(each.get(f"{W}val") or "")
                told.gather("elsewhere", "The file keeps words for its fields.", words)
        elif lower.endswith("vbaproject.bin"):
            told.tell("attachment", 0, "A program (macro) is in the file.")
        elif lower.endswith(".xml") and not lower.startswith((*_SHOWN, *_OF_PROGRAMS)):
            _rest(tree(name), told)
    if linked:
        for name in names:
            known = name in linked or name == "word/document.xml"
            if name.lower().startswith(_SHOWN[:5]) and name.endswith(".xml") and not known:
                told.tell("leftover", 0, "A part of an earlier text is still in the file.")


def lost_notes(names: Iterable[str], tree: Tree, told: Told) -> None:
    """Tells of foot- and endnotes to which no number in the text leads any more."""
    names = list(names)
    for kind in ("footnote", "endnote"):
        part = f"word/{kind}s.xml"
        if part not in names or "word/document.xml" not in names:
            continue
        used = {
            each.get(f"{W}id") for each in tree("word/document.xml").iter(f"{W}{kind}Reference")
        }
        for note in tree(part).iter(f"{W}{kind}"):
            if note.get(f"{W}id") not in used and not note.get(f"{W}type"):
                words = " ".join("".join(text.itertext()) for text in note.iter(f"{W}t"))
                if words.strip():
                    said = "A note to which nothing in the text leads is still in the file."
                    told.tell("leftover", 0, said, words)


def _linked(names: Iterable[str], tree: Tree) -> Iterator[str]:
    for name in names:
        folder, mark, _ = name.partition("_rels/")
        if mark and name.endswith(".rels"):
            for each in tree(name):
                target = str(each.get("Target") or "")
                yield target.lstrip("/") if target.startswith("/") else _joined(folder, target)


def _joined(folder: str, target: str) -> str:
    parts = folder.rstrip("/").split("/") if folder else []
    for piece in target.split("/"):
        if piece == "..":
            parts = parts[:-1]
        elif piece != ".":
            parts.append(piece)
    return "/".join(parts)


def _targets(tree: Any, told: Told) -> None:
    for each in tree:
        target = str(each.get("Target") or "")
        if target.lower().startswith("file:") or re.match(r"[A-Za-z]:\\|\\\\", target):
            told.gather("metadata", "The file names a place on somebody’s computer.", target)


def _rest(tree: Any, told: Told) -> None:
    """The words of a part that nothing shows: earlier text, stored answers."""
    if any(form in str(tree.tag).casefold() for form in _FORMS):
        return
    text = " ".join(" ".join(tree.itertext()).split())
    told.gather("elsewhere", "A part of the file holds words that are not shown.", text)


def dark_pictures(
    packed: zipfile.ZipFile, name: str, tree: Tree, names: Iterable[str]
) -> Iterator[str]:
    """Pictures that lie over the text of a part and have one colour: bars that can be moved."""
    folder, _, own = name.rpartition("/")
    links = f"{folder}/_rels/{own}.rels"
    if links not in names:
        return
    targets = {
        str(each.get("Id")): _joined(folder, str(each.get("Target") or "")) for each in tree(links)
    }
    for anchor in filter(word_bars.is_over, tree(name).iter(f"{_WP}anchor")):
        for picture in anchor.iter(f"{_A}blip"):
            target = targets.get(str(picture.get(f"{_R}embed")), "")
            if target in names and is_dark(packed.read(target), or_blank=True):
                yield target


def is_dark(content: bytes, *, or_blank: bool = False) -> bool:
    """Whether a picture is dark all over, or as white as paper; not, where it cannot be read."""
    try:
        with Image.open(io.BytesIO(content)) as opened:
            if opened.width * opened.height > _LARGEST:
                return False
            stat = ImageStat.Stat(opened.convert("L"))
    except Exception:  # noqa: BLE001 -- Pillow's readers throw whatever a damaged file makes them
        return False
    if or_blank and stat.mean[0] >= _WHITE and stat.stddev[0] < 1:
        return True
    return bool(stat.mean[0] < _DARK and stat.stddev[0] < _EVEN)
