"""F1 opens, on every page and in every part of the settings, a page of the help about just that."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt

from ui.kit.pieces.page_header import PageHeader
from ui.main_window import help_window

SMALL = frozenset("a and by can do i if in is of the this to we what with".split())
"""Words that say nothing of what a page is about."""


def stems(words: str) -> set[str]:
    """The words that count, each by its beginning: a page on disposals may say "disposed"."""
    return {word[:5] for word in re.findall(r"[a-z]+", words.casefold())} - SMALL


def lacking(title: str, page: str) -> str:
    """What is wrong with a page of the help for a page of the window with this title."""
    text = help_window.pages().get(page, "")
    if not text or page == help_window.FRONT:
        return f"“{title}” has no help page: “{page}”"
    rest = stems(title) - stems(text)
    return f"the help page “{page}” says nothing of {sorted(rest)} in “{title}”" if rest else ""


def opened_by_f1(home) -> str:
    """The page of the help that F1 opens here; the help is closed again."""
    home.press(Qt.Key.Key_F1)
    home.until(lambda: home.opened._help is not None and home.opened._help.isVisible())
    page = home.opened._help.page
    home.opened._help.close()
    home.window.activateWindow()
    home.until(lambda: home.window.isActiveWindow() and home.window.focusWidget() is not None)
    return page


def title_of(home) -> str:
    """What stands over the page that is shown."""
    heads = (head for head in home.here.findChildren(PageHeader) if head.isVisible())
    return next(heads).title.text()


def places(home) -> Iterator[str]:
    """Goes through every page and every part of the settings; gives the title of each."""
    go = home.opened.pages
    for name in go.names():
        if name == "settings":
            continue
        go.open_page(name)
        yield title_of(home)
    go.open_page("settings")
    for section in home.here.sections:
        go.open_page("settings", section=section.key)
        yield section.title


def test_f1_opens_a_help_page_about_what_is_shown(home):
    faults = [lacking(title, opened_by_f1(home)) for title in places(home)]

    assert [fault for fault in faults if fault] == []
    assert len(faults) > 50


@pytest.mark.parametrize(
    ("section", "page"),
    [
        ("desk", "backups"),
        ("passphrase", "passphrase"),
        ("calendar", "due-dates"),
        ("school", "settings"),
    ],
)
def test_help_in_the_settings_is_about_the_part_that_is_shown(home, section, page):
    home.opened.pages.open_page("settings", section="look")
    home.opened.pages.open_page("settings", section=section)

    assert opened_by_f1(home) == page
