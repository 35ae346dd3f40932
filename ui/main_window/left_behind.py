"""What the user leaves behind when the window locks: where they are, and what is half typed.

It is read off the page before everything is taken down, and put back once the passphrase was given.
In between the window holds it sealed: the key to it is closed away with the workspace.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from dpdesk.errors import DpdeskError
from ui.kit.register.entry_drafts import frozen, thawed
from ui.kit.register.form import Form
from ui.kit.register.part_editor import PartEditor
from ui.kit.register.parts_panel import PartsPanel
from ui.main_window.pages import WindowPages

_Line = QLineEdit | QPlainTextEdit | QTextEdit
_LINES = (QLineEdit, QPlainTextEdit, QTextEdit)


@dataclass(slots=True)
class LeftBehind:
    """Plain lists and texts, so that it can be written down and sealed."""

    page: str = "home"
    entry_id: int = 0
    place: str = ""
    """The stage of an entry, or the section of the settings."""
    parts: list[list[Any]] = field(default_factory=list)
    """Register, number and answers of each part that is being written."""
    forms: list[list[Any]] = field(default_factory=list)
    """Place among the forms of the page, and answers of each that is not saved."""
    lines: list[list[Any]] = field(default_factory=list)
    """Name, place among those of that name, and text of what is typed outside of forms."""
    focus: list[Any] = field(default_factory=list)
    """Name of the widget with the keyboard, and its place among those of that name."""


def look(pages: WindowPages) -> LeftBehind:
    """Reads it off the page that is shown."""
    here = pages.shown
    left = LeftBehind(pages.visit.page or "home", pages.visit.entry_id)
    if here is None:
        return left
    page = here.as_widget
    left.place = here.place
    panels = page.findChildren(PartsPanel)
    left.parts = [
        [panel.register.key, panel.part.id, frozen(panel.form)]
        for panel in panels
        if panel.part is not None and panel.dirty
    ]
    left.forms = [[place, frozen(form)] for place, form in enumerate(_forms(page)) if form.dirty]
    left.lines = [
        [name, place, _text(line)]
        for (name, place), line in _lines(page)
        if not _in_a_form(line) and _text(line)
    ]
    focused = QApplication.focusWidget()
    for key, widget in _named(page, page.findChildren(QWidget)):
        if widget is focused and key[0]:
            left.focus = list(key)
    return left


def put_back(pages: WindowPages, left: LeftBehind) -> None:
    """Goes where the user was, and writes what was typed where it stood.

    What is no longer there is passed over; drafts of forms are kept in the workspace besides.
    """
    _go(pages, left)
    page = pages.currentWidget()
    if page is None or (pages.visit.page, pages.visit.entry_id) != (left.page, left.entry_id):
        return
    forms = list(_forms(page))
    for place, answers in left.forms:
        if place < len(forms):
            _fill(forms[place], answers)
    for form in forms:
        form.draw()
    panels = {panel.register.key: panel for panel in page.findChildren(PartsPanel)}
    for key, number, answers in left.parts:
        panel = panels.get(key)
        if panel is not None:
            _open_part(panel, number, answers)
    lines = dict(_lines(page))
    for name, at, text in left.lines:
        line = lines.get((name, at))
        if line is not None and not _in_a_form(line) and _text(line) != text:
            _write(line, text)
    for key, widget in _named(page, page.findChildren(QWidget)):
        if list(key) == left.focus:
            widget.setFocus()


def _go(pages: WindowPages, left: LeftBehind) -> None:
    if left.entry_id > 0:
        if pages.keeps(left.page):
            pages.open_entry(left.page, left.entry_id, left.place)
        else:
            pages.open_page(left.page, left.entry_id)
    elif left.entry_id < 0 and left.forms:
        pages.new_entry(left.page)
    elif left.page == "settings" and left.place:
        pages.open_page(left.page, section=left.place)
    elif left.page != "home":
        pages.open_page(left.page)


def _fill(form: Form, answers: dict[str, Any]) -> None:
    values = thawed(form.register, {name: answers.get(name) for name in form.rows})
    form.set_values({name: values.get(name) for name in form.rows}, clean=False)
    form.changed.emit()
    page: Any = form.parentWidget()
    while page is not None:
        if hasattr(page, "drafts") and hasattr(page, "banner"):
            page.banner.hide()  # nothing need be offered that stands there already
            return
        page = page.parentWidget()


def _open_part(panel: PartsPanel, number: int, answers: dict[str, Any]) -> None:
    try:
        if number:
            panel.edit(number)
        else:
            panel.begin()
    except DpdeskError:
        return  # it was taken away meanwhile, by a command say
    _fill(panel.form, answers)


def _forms(page: QWidget) -> Iterator[Form]:
    """The forms of a page but those of parts, which are made when a part is first written."""
    for form in page.findChildren(Form):
        if not isinstance(form.parentWidget(), PartEditor):
            yield form


def _in_a_form(widget: QWidget) -> bool:
    parent: Any = widget
    while parent is not None:
        if isinstance(parent, Form):
            return True
        parent = parent.parentWidget()
    return False


def _lines(page: QWidget) -> Iterator[tuple[tuple[str, int], _Line]]:
    """What can be typed into on a page; passphrases are no part of it."""
    found = [line for kind in _LINES for line in page.findChildren(kind)]
    for key, line in _named(page, found):
        hidden = isinstance(line, QLineEdit) and line.echoMode() is not QLineEdit.EchoMode.Normal
        if key[0] and not hidden and not line.isReadOnly():
            yield key, line


def _named(page: QWidget, widgets: list[Any]) -> Iterator[tuple[tuple[str, int], Any]]:
    counts: dict[str, int] = {}
    for widget in widgets:
        name = f"{type(widget).__name__} {widget.accessibleName()}" if widget is not page else ""
        if not widget.accessibleName():
            continue
        place = counts[name] = counts.get(name, -1) + 1
        yield (name, place), widget


def _text(line: _Line) -> str:
    return line.text() if isinstance(line, QLineEdit) else line.toPlainText()


def _write(line: _Line, text: str) -> None:
    if isinstance(line, QLineEdit):
        line.setText(text)
    else:
        line.setPlainText(text)
