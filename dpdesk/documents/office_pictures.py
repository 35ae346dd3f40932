"""Pictures that an office file holds and that stand nowhere in its text.

They fill shapes, cells and the grounds of slides, are printed at the edge of sheets, lie within
cells, or nothing refers to them any more. Used inside workers only.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from html import escape
from typing import Final

from dpdesk.documents.hidden import Hidden
from dpdesk.documents.office_zip import Element, Packed, attribute, short

_KINDS: Final = frozenset(
    {".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".ico"}
)
_OTHER_KINDS: Final = frozenset(
    ".emf .wmf .emz .wmz .svg .svgz .svm .pict .pct .dib .heic .heif .avif .wdp .jxr .hdp".split()
)
"""Taken only where nothing refers to them: others show what an object or picture beside them does.

Most cannot be shown. They are counted all the same, and the words of drawings are read.
"""
_OF_DESIGN: Final = re.compile(
    r"/(?:theme|slidelayouts|slidemasters|notesmasters|handoutmasters|glossary|numbering\.xml)",
    re.IGNORECASE,
)
"""Parts whose pictures are the look of a template: grounds of slides, bullets, hints."""
_MOST: Final = 500


def left(
    packed: Packed, pictures: dict[str, bytes], design: Collection[str] = ()
) -> tuple[str, list[Hidden]]:
    """HTML of those that the file shows somewhere, and what is counted: those it does not show.

    They are added to ``pictures``, which are shown already. ``design`` names layouts and masters
    that the file uses; pictures of all others are passed over.
    """
    others = list(_others(packed, "/media/", pictures))
    used = _used(packed) if others else {}
    kept = {
        name: bool(by)
        for name in others
        if not (by := used.get(name.lower(), set()))
        or (_end(name) in _KINDS and not all(_is_design(each, design) for each in by))
    }
    return _told(packed, pictures, kept)


def left_open(
    packed: Packed, pictures: dict[str, bytes], roots: Iterable[Element | None]
) -> tuple[str, list[Hidden]]:
    """The same of an OpenDocument file; ``roots`` are its words and its styles."""
    others = list(_others(packed, "/pictures/", pictures))
    used: dict[str, bool] = {}
    for root in roots if others else ():
        for each in root.iter() if root is not None else ():
            target = (attribute(each, "xlink:href") or "").removeprefix("./").lower()
            bullet = short(each) == "text:list-level-style-image"
            used[target] = used.get(target, False) or not bullet
    kept = {
        name: name.lower() in used
        for name in others
        if name.lower() not in used or (_end(name) in _KINDS and used[name.lower()])
    }
    return _told(packed, pictures, kept)


def _told(
    packed: Packed, pictures: dict[str, bytes], kept: Mapping[str, bool]
) -> tuple[str, list[Hidden]]:
    shown = set(pictures.values())
    seen: list[str] = []
    unseen: list[str] = []
    for name, by in kept.items():
        content = packed.read(name) or b""
        if not content or content in shown or len(seen) + len(unseen) >= _MOST:
            continue
        shown.add(content)
        pictures[name] = content
        (seen if by else unseen).append(f'<p><img src="cid:{escape(name)}"></p>')
    html = '<p class="note">Pictures behind words, in cells or at the edge of pages</p>'
    found = [Hidden("pictures", len(unseen), "".join(unseen))] if unseen else []
    return (f'<div class="box">{html}{"".join(seen)}</div>' if seen else ""), found


def _is_design(part: str, used: Collection[str]) -> bool:
    return part not in used and _OF_DESIGN.search(f"/{part}") is not None


def _others(packed: Packed, folder: str, pictures: Collection[str]) -> Iterator[str]:
    """The pictures in a folder that are not among those that are shown."""
    stand = {name.lower() for name in pictures}
    for key, name in sorted(packed.names.items()):
        if folder in f"/{key}" and _end(key) in _KINDS | _OTHER_KINDS and key not in stand:
            yield name


def _end(name: str) -> str:
    return posixpath.splitext(name.lower())[1]


def _used(packed: Packed) -> dict[str, set[str]]:
    """The parts that refer to each part, by its name in small letters."""
    found: dict[str, set[str]] = {}
    for part in _parts(packed.names.values()):
        for relation in packed.relations(part).values():
            if not relation.outside:
                found.setdefault(relation.target.lower(), set()).add(part)
    return found


def _parts(names: Iterable[str]) -> Iterator[str]:
    """The parts that refer to others."""
    there = set(names)
    for name in sorted(there):
        folder, rels, file = name.rpartition("_rels/")
        part = f"{folder}{file.removesuffix('.rels')}"
        if rels and part in there:
            yield part
