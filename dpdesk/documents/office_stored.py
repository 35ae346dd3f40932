"""Data that a program put into an office file beside its pages; used inside workers only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

from dpdesk.documents.hidden import Hidden
from dpdesk.documents.office_zip import Element, Packed

_OF_PROGRAMS: Final = (
    "bibliography",
    "DataMashup",
    "metadata/contentType",
    "FormTemplates",
    "coverPageProps",
    "SharePoint",
    "sharepoint",
    "metadata/properties",
)
_NO_WORDS: Final = ("://", "urn:", "{")


def stored(packed: Packed, lines: Iterable[str] = ()) -> list[Hidden]:
    """Parts of data of their own (customXml), where they say words, after some other ``lines``."""
    found = [f'<p class="box">{escape(line)}</p>' for line in lines]
    for name in packed.under("customXml"):
        if "/_rels/" in name or "itemprops" in name.lower() or not name.lower().endswith(".xml"):
            continue
        root = packed.xml(name)
        if root is None or _is_of_a_program(root):
            continue
        words = list(_words(root))
        if words:
            found.append(f'<p class="box">{"<br>".join(map(escape, words))}</p>')
    return [Hidden("data", len(found), "".join(found))] if found else []


def _words(root: Element) -> Iterator[str]:
    """What stands in elements and in what is said of them; no addresses, no marks of programs."""
    for each in root.iter():
        for key, told in each.attrib.items():
            plain = str(told).strip()
            bare = "}" not in str(key) and not plain.startswith(_NO_WORDS) and "://" not in plain
            if bare and any(map(str.isalpha, plain)) and plain.lower() not in {"true", "false"}:
                yield plain
        if each.text and each.text.strip():
            yield each.text.strip()
        if each is not root and each.tail and each.tail.strip():
            yield each.tail.strip()


def _is_of_a_program(root: Element) -> bool:
    tag = root.tag if isinstance(root.tag, str) else ""
    return any(known in tag for known in _OF_PROGRAMS)
