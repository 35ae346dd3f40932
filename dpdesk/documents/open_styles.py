"""What the styles of an OpenDocument file say of words and lists; used inside workers only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dpdesk.documents.office_zip import Element, attribute, first, short
from dpdesk.documents.word_styles import written

_MOST_PARENTS: Final = 20
_WHITE: Final = "#ffffff"
_FORMS: Final = {"i": "lowerRoman", "I": "upperRoman", "a": "lowerLetter", "A": "upperLetter"}


class OpenStyles:
    """The styles of the parts of a file, with those that they build on."""

    def __init__(self, *roots: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._lists: dict[str, Element] = {}
        for root in roots:
            for each in root.iter() if root is not None else ():
                name = short(each)
                called = attribute(each, "style:name") or ""
                if name == "style:style":
                    self._styles[called] = each
                elif name == "text:list-style":
                    self._lists[called] = each

    def property(self, style: str | None, group: str, name: str) -> str | None:
        """A property of a style, or of the first that it builds on which says it."""
        for each in self._chain(style):
            for found in each:
                if short(found) == group and (told := attribute(found, name)) is not None:
                    return told
        return None

    def _chain(self, style: str | None) -> Iterator[Element]:
        for _ in range(_MOST_PARENTS):
            found = self._styles.get(style or "")
            if found is None:
                return
            yield found
            style = attribute(found, "style:parent-style-name")

    def hides(self, style: str | None) -> bool:
        """Whether words of that style are not displayed."""
        told = self.property(style, "style:text-properties", "text:display")
        return told == "none"

    def is_faint(self, style: str | None) -> bool:
        """Whether words of that style are as white as the paper."""
        colour = self.property(style, "style:text-properties", "fo:color")
        if (colour or "").lower() != _WHITE:
            return False
        behind = self.property(style, "style:text-properties", "fo:background-color") or (
            self.property(style, "style:paragraph-properties", "fo:background-color")
        )
        return behind in {None, "transparent", _WHITE}

    def tags(self, style: str | None) -> tuple[str, ...]:
        """How words of that style look, as far as it is kept."""
        group = "style:text-properties"
        found = []
        if self.property(style, group, "fo:font-weight") in {"bold", "600", "700", "800", "900"}:
            found.append("b")
        if self.property(style, group, "fo:font-style") in {"italic", "oblique"}:
            found.append("i")
        if self.property(style, group, "style:text-underline-style") not in {None, "none"}:
            found.append("u")
        if self.property(style, group, "style:text-line-through-style") not in {None, "none"}:
            found.append("s")
        return tuple(found)

    def aligned(self, style: str | None) -> str:
        """The look of a paragraph that is centred or stands at the right."""
        told = self.property(style, "style:paragraph-properties", "fo:text-align")
        return {"center": "centre", "end": "right", "right": "right"}.get(told or "", "")

    def begins_page(self, style: str | None) -> bool:
        """Whether a paragraph of that style begins a page."""
        return self.property(style, "style:paragraph-properties", "fo:break-before") == "page"

    def label(self, style: str | None, level: int, count: int) -> str:
        """The number or dot of a line of a list; ``level`` from 1."""
        listed = self._lists.get(style or "")
        for each in listed if listed is not None else ():
            if attribute(each, "text:level") != str(level):
                continue
            if short(each) == "text:list-level-style-bullet":
                return "•"
            form = attribute(each, "style:num-format")
            if form is None or form == "":
                return ""
            before = attribute(each, "style:num-prefix") or ""
            behind = attribute(each, "style:num-suffix") or ""
            return f"{before}{written(count, _FORMS.get(form, 'decimal'))}{behind}"
        return "•"

    def starts(self, style: str | None, level: int) -> int:
        """Where a list begins to count."""
        listed = self._lists.get(style or "")
        for each in listed if listed is not None else ():
            if attribute(each, "text:level") == str(level):
                told = attribute(each, "text:start-value") or "1"
                return int(told) if told.isdecimal() else 1
        return 1

    def page_is_hidden(self, style: str | None) -> bool:
        """Whether a slide of that style is left out of the show."""
        told = self.property(style, "style:drawing-page-properties", "presentation:visibility")
        return told == "hidden"


def changes(root: Element) -> dict[str, tuple[str, str, Element]]:
    """Tracked changes by their name: what was done, by whom and when, and what is kept of it."""
    found = {}
    for region in root.iter():
        if short(region) != "text:changed-region":
            continue
        name = attribute(region, "text:id") or region.get(
            "{http://www.w3.org/XML/1998/namespace}id", ""
        )
        for each in region:
            kind = short(each)
            if kind in {"text:deletion", "text:insertion"}:
                found[name] = (kind[5:], who(first(each, "office:change-info")), each)
    return found


def who(element: Element | None) -> str:
    """Who did something and when."""
    told: list[str] = []
    for each in element if element is not None else ():
        if short(each) == "dc:creator":
            told.insert(0, each.text or "")
        elif short(each) == "dc:date":
            told.append((each.text or "")[:16].replace("T", " "))
    return ", ".join(part for part in told if part)
