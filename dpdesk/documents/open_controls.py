"""Boxes to fill in, fields and prompts of OpenDocument files; used inside workers only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dpdesk.documents.office_zip import Element, attribute, short

_ID: Final = "{http://www.w3.org/XML/1998/namespace}id"
_TICKED: Final = {"form:checkbox", "form:radio"}
_LINES: Final = {"form:option", "form:item", "text:label"}


class OpenControls:
    """The boxes and buttons of a file by their number, and what is typed into them."""

    def __init__(self, root: Element) -> None:
        self._found: dict[str, Element] = {}
        for each in root.iter():
            number = attribute(each, "form:id") or each.get(_ID, "")
            if number and short(each).startswith("form:"):
                self._found[number] = each

    def shown(self, number: str | None) -> str:
        """What a box shows: what was typed or chosen, or what is written on it."""
        control = self._found.get(number or "")
        return "" if control is None else " ".join(_shown(control))

    def offered(self, number: str | None) -> list[str]:
        """The lines that a box has to choose from."""
        control = self._found.get(number or "")
        return [] if control is None else lines_of(control)


def lines_of(element: Element) -> list[str]:
    """The lines of a list to choose from."""
    told = (
        attribute(each, name)
        for each in element.iter()
        if short(each) in _LINES
        for name in ("form:label", "text:label", "text:value")
    )
    return list(dict.fromkeys(words for words in told if words))


def _shown(control: Element) -> Iterator[str]:
    name = short(control)
    if name in _TICKED:
        state = attribute(control, "form:current-state") or attribute(control, "form:state")
        chosen = state == "checked" or attribute(control, "form:current-selected") == "true"
        yield "[x]" if chosen else "[ ]"
    for words in (attribute(control, "form:label"), *_values(control)):
        if words:
            yield words
    for each in control.iter():
        if short(each) == "form:option" and attribute(each, "form:current-selected") == "true":
            yield attribute(each, "form:label") or ""


def _values(control: Element) -> Iterator[str]:
    typed = attribute(control, "form:current-value")
    if typed is None and short(control) not in _TICKED:
        typed = attribute(control, "form:value")
    yield typed or ""
    for each in control:
        if short(each) == "text:p":
            yield "".join(each.itertext())


def conditions(element: Element) -> list[str]:
    """Both texts of a field that shows one of two, as they are stored."""
    told = (attribute(element, f"text:string-value-if-{which}") for which in ("true", "false"))
    return [words for words in told if words]


def declared(root: Element) -> list[str]:
    """Texts of variables that no place of the file shows."""
    found = []
    body = " ".join(root.itertext())
    for each in root.iter():
        if short(each) in {"text:user-field-decl", "text:variable-set"}:
            words = (attribute(each, "office:string-value") or "").strip()
            if words and words not in body:
                found.append(words)
    return found
