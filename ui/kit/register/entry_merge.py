"""What was typed and what was saved meanwhile, put together on the page of an entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from dpdesk.registers.entries import Entry
from dpdesk.registers.fields import Register
from dpdesk.registers.service import RegisterService
from ui.kit.pieces.banner import Banner
from ui.kit.register.form import Form


class MergingPage(Protocol):
    """What of the page of an entry takes part in it."""

    entry: Entry
    service: RegisterService[Any, Any]
    register: Register
    form: Form
    banner: Banner

    def show_saved(self, entry: Entry) -> None:
        """Shows an entry as it is saved."""

    def show_missing(self) -> None:
        """Says what is still missing."""

    def show_dirty(self) -> None:
        """Says whether there is something to save."""


def merge(page: MergingPage) -> None:
    """Takes the saved entry, with the answers changed here on top, to look at and save."""
    changed = _changed(page)
    _put(page, page.service.load(page.entry.id), changed, page.form.typed())
    labels = ", ".join(page.register.field(name).label for name in changed)
    page.banner.say(f"Your changes are kept on top of the saved entry: {labels}.", "info")


def take_beside(page: MergingPage, now: Entry) -> None:
    """Takes over what was changed elsewhere, where nothing typed here is touched by it.

    A note of who was told, say, answers a question of the incident that is being written on.
    """
    was, changed, typed = page.entry.values, _changed(page), page.form.typed()
    if any(now.values.get(name) != was.get(name) for name in {*changed, *typed}):
        return
    _put(page, now, changed, typed)
    page.show_dirty()


def _changed(page: MergingPage) -> dict[str, Any]:
    """The answers given here that are not those saved when the page was opened."""
    mine, was = page.form.values(), page.entry.values
    return {name: value for name, value in mine.items() if value != was.get(name)}


def _put(
    page: MergingPage, now: Entry, changed: Mapping[str, Any], typed: Mapping[str, str]
) -> None:
    page.show_saved(now)
    page.form.set_values({**now.values, **changed, **typed}, clean=False)
    page.show_missing()
