"""What an office file says of itself: who wrote it, for whom, when; used inside workers only."""

from __future__ import annotations

from html import escape
from typing import Final

from dpdesk.documents.hidden import Hidden
from dpdesk.documents.inside import Said
from dpdesk.documents.office_zip import Packed

Properties = dict[str, str]
"""What is told, by what it is called."""

APPROXIMATE: Final = (
    "The layout of these pages is approximate: every word is there, in its order, but lines and "
    "pages end elsewhere than in the program that the file comes from."
)
"""What is said of every file whose pages dpdesk lays out itself."""
_NAMES: Final = {
    "creator": "Written by",
    "lastModifiedBy": "Last saved by",
    "created": "Written on",
    "modified": "Last saved on",
    "lastPrinted": "Last printed on",
    "title": "Title",
    "subject": "Subject",
    "description": "Remarks",
    "keywords": "Keywords",
    "category": "Category",
    "contentStatus": "Status",
    "revision": "Times saved",
    "Company": "Organisation",
    "Manager": "Manager",
    "Template": "Template",
    "HyperlinkBase": "Links begin with",
}
_LONGEST: Final = 2_000
_MOST: Final = 200


def read(packed: Packed) -> tuple[Properties, Properties]:
    """The usual properties of the file, and those that somebody added."""
    usual: dict[str, str] = {}
    for name in ("docProps/core.xml", "docProps/app.xml"):
        root = packed.xml(name)
        for each in root.iter() if root is not None else ():
            tag = each.tag.rpartition("}")[2] if isinstance(each.tag, str) else ""
            words = " ".join((each.text or "").split())
            if tag in _NAMES and words:
                usual[tag] = words[:_LONGEST]
    added: dict[str, str] = {}
    root = packed.xml("docProps/custom.xml")
    for each in list(root)[:_MOST] if root is not None else ():
        words = " ".join("".join(each.itertext()).split())
        if words and not _is_of_a_program(each.get("name", "")):
            added[each.get("name", "")] = words[:_LONGEST]
    return usual, added


def _is_of_a_program(name: str) -> bool:
    """Whether a property was added by a program for itself and says nothing of anybody."""
    return name.startswith(("ContentTypeId", "MSIP_Label", "_dlc_", "MediaService", "KSO", "Order"))


def said(usual: Properties) -> Said:
    """The same in the terms of every document."""
    moment = usual.get("modified") or usual.get("created") or ""
    return Said(
        dated=moment.replace("Z", "+00:00"),
        sender=usual.get("creator") or usual.get("lastModifiedBy") or "",
        title=usual.get("title", ""),
    )


def shown(usual: Properties, descriptions: list[str] | None = None) -> str:
    """The usual properties as a few small lines at the end of a document."""
    lines = [
        f"{label}: {escape(_day(usual[name]) if name in _DAYS else usual[name])}"
        for name, label in _NAMES.items()
        if name in usual and not (name == "Template" and usual[name].startswith("Normal"))
    ]
    lines += [f"Description of a picture: {escape(each)}" for each in descriptions or ()]
    if not lines:
        return ""
    return f'<hr><p class="note">What this file says of itself<br>{"<br>".join(lines)}</p>'


_DAYS: Final = frozenset({"created", "modified", "lastPrinted"})


def _day(moment: str) -> str:
    return moment.replace("T", " ").removesuffix("Z")


def hidden(added: Properties) -> list[Hidden]:
    """The properties that somebody added, for the marked pages."""
    if not added:
        return []
    rows = "".join(
        f"<tr><td>{escape(name)}</td><td>{escape(words)}</td></tr>" for name, words in added.items()
    )
    return [Hidden("properties", len(added), f'<table class="grid">{rows}</table>')]
