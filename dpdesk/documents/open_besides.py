"""Words of an OpenDocument file that no page shows: names of its parts, formulas, tips, conditions.

Used inside workers only.
"""

from __future__ import annotations

import re
from typing import Final

from dpdesk.documents import office_rest
from dpdesk.documents.besides import Besides, names_somebody
from dpdesk.documents.office_zip import Element, Packed, attribute, short
from dpdesk.documents.sheet_words import quoted

_USUAL: Final = re.compile(
    r"(?:Table|Sheet|Section|Image|Graphic|Object|Frame|page|Slide|Tabelle|Tableau|Feuille|Shape|"
    r"Chart|Text ?Box|Picture|Bookmark|Standard|Control|__Anonymous_Sheet_DB__\w*|_?Toc|_?Ref|"
    r"__RefHeading\w*|__DdeLink\w*|__?UnoMark\w*|_?GoBack|Form)[ _]?[\w ]{0,8}",
    re.IGNORECASE,
)
"""What office programs call parts by themselves."""
_COUNTED: Final = re.compile(r"[^\W\d_]{3,14} ?\d{1,3}")
"""The same in any language: grafik1."""
_NAMES: Final = {
    "text:bookmark": ("Name of a place", "text:name"),
    "text:bookmark-start": ("Name of a place", "text:name"),
    "text:section": ("Name of a section", "text:name"),
    "table:table": ("Name of a table", "table:name"),
    "table:named-range": ("Name of a place", "table:name"),
    "table:named-expression": ("Name of a place", "table:name"),
    "table:database-range": ("Name of a place", "table:name"),
    "table:filter-condition": ("Filter", "table:value"),
    "draw:page": ("Name of a slide", "draw:name"),
    "draw:frame": ("Name of a picture", "draw:name"),
    "text:placeholder": ("Hint in the text", "text:description"),
    "text:a": ("Tip", "office:title"),
    "text:section-source": ("Taken from another file", "xlink:href"),
    "table:table-source": ("Taken from another file", "xlink:href"),
    "draw:a": ("Address behind a link", "xlink:href"),
    "form:hidden": ("Hidden value of a form", "form:value"),
    "form:option": ("To choose from", "form:label"),
    "form:item": ("To choose from", "form:label"),
    "presentation:show": ("Name of a show", "presentation:name"),
}
"""Where words stand, by the element."""
_ANYWHERE: Final = {
    "form:title": "Tip",
    "text:author": "Author of a source",
    "text:title": "Title of a source",
    "form:name": "Name of a box to fill in",
    "text:table-name": "Letters filled from",
    "text:database-name": "Letters filled from",
    "text:column-name": "Column that letters are filled from",
    "xlink:title": "Tip",
}
_RULES: Final = frozenset(
    "table:formula text:formula text:condition table:expression table:condition "
    "style:condition".split()
)


def gather(packed: Packed, roots: list[Element | None], found: Besides) -> None:
    """Adds all of them; ``roots`` are the words of the file and its styles."""
    for root in roots:
        for each in root.iter() if root is not None else ():
            _of(each, short(each), found)
    about = packed.xml("meta.xml")
    for each in about.iter() if about is not None else ():
        if short(each) in {"meta:template", "meta:auto-reload"}:
            for name in ("xlink:title", "xlink:href"):
                _add(found, "Belongs to another file", attribute(each, name))
        elif short(each) == "dc:contributor":
            found.add("Worked on by", each.text)
    office_rest.gather(packed, found, texts=False)


def _of(each: Element, name: str, found: Besides) -> None:
    where, key = _NAMES.get(name, ("", ""))
    if where:
        _add(found, where, attribute(each, key))
    if name == "dc:creator" and short(each.getparent()) == "office:change-info":
        found.add("Changed something", each.text)
    if name == "text:script":
        found.add("Program in the text", "".join(each.itertext()))
    for key in each.attrib:
        told = _short(each, str(key))
        if told in _ANYWHERE:
            _add(found, _ANYWHERE[told], each.get(key))
        elif told in _RULES:
            for words in quoted(each.get(key, "")):
                found.add("Formula or condition", words)
        elif told == "style:display-name" and names_somebody(each.get(key, "")):
            found.add("Name of a style", each.get(key))


def _short(each: Element, key: str) -> str:
    """The short name of a quality: what comes before its sign, and its name."""
    space, _, name = key.rpartition("}")
    for family in ("form", "text", "table", "style"):
        if f":{family}:" in space:
            return f"{family}:{name}"
    return f"xlink:{name}" if space.endswith("xlink") else ""


def _add(found: Besides, where: str, words: str | None) -> None:
    if words and not _USUAL.fullmatch(words) and not _COUNTED.fullmatch(words):
        found.add(where, words)
