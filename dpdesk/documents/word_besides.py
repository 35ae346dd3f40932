"""Words of a Word file that stand in no line of it: names of its parts, and who changed them.

Used inside workers only.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote

from dpdesk.documents import office_rest
from dpdesk.documents.besides import Besides, is_place, names_somebody
from dpdesk.documents.office_zip import Element, attribute, short
from dpdesk.documents.word_file import WordFile

_OF_WORD: Final = re.compile(
    r"_(?:Toc|Ref|Hlk|GoBack|Hlt|MON_|Int_|msoanchor|PERMANENT)\w*|OLE_LINK\d+|"
    r"(?:Text|Check|Dropdown|Bookmark|PO_|Kontrollkästchen)\d+|bookmark=id\..*|goog_\w*|"
    r"Normal\.dot[mx]?",
    re.IGNORECASE,
)
"""What Word calls things by itself."""
_VALUES: Final = {
    "w:alias": "Name of a box to fill in",
    "w:tag": "Name of a box to fill in",
    "w:tblCaption": "Description of a table",
    "w:tblDescription": "Description of a table",
    "w:query": "Letters filled from",
    "w:connectString": "Letters filled from",
    "w:udl": "Letters filled from",
    "w:table": "Letters filled from",
    "w:mailSubject": "Subject of letters by e-mail",
    "w:addressFieldName": "Column of addresses",
}
_STORIES: Final = ("header", "footer", "footnotes", "endnotes", "comments", "settings", "people")


def gather(file: WordFile, root: Element, found: Besides) -> None:
    """Adds all of them."""
    _within(root, found)
    for kind in _STORIES:
        for part in file.parts(kind):
            _within(file.packed.xml(part), found)
            if kind == "settings":
                _outside(file, part, found)
    for part in file.parts("styles"):
        styles = file.packed.xml(part)
        for each in styles.iter() if styles is not None else ():
            name = attribute(each, "w:val") or ""
            if short(each) == "w:name" and names_somebody(name):
                found.add("Name of a style", name)
    office_rest.gather(file.packed, found)


def _within(root: Element | None, found: Besides) -> None:
    for each in root.iter() if root is not None else ():
        name = short(each)
        if name in _VALUES:
            _add(found, _VALUES[name], attribute(each, "w:val"))
        elif name == "w:bookmarkStart":
            _add(found, "Name of a place", attribute(each, "w:name"))
        elif name == "w:attr":
            _add(found, "Said of a word", attribute(each, "w:val"))
        elif name.endswith("Change"):
            _add(found, "Changed how words look", attribute(each, "w:author"))
        elif name in {"w:ins", "w:del", "w:cellIns", "w:cellDel", "w:cellMerge"}:
            _add(found, "Changed lines", attribute(each, "w:author"))
        elif name == "w15:person":
            _add(found, "Writes comments", attribute(each, "w15:author"))


def _outside(file: WordFile, part: str, found: Besides) -> None:
    """Other files to which the file belongs: a template, the list that letters are filled from."""
    for relation in file.packed.relations(part).values():
        if relation.outside:
            path = unquote(relation.target).removeprefix("file:///")
            _add(found, "Belongs to another file", "" if _is_usual(path) else path)


def _is_usual(path: str) -> bool:
    """Whether it is the template of every document, in no folder of anybody."""
    return bool(_OF_WORD.fullmatch(path.replace("\\", "/").rpartition("/")[2])) and (
        not is_place(path)
    )


def _add(found: Besides, where: str, words: str | None) -> None:
    if words and not _OF_WORD.fullmatch(words):
        found.add(where, words)
