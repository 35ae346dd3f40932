"""What data subjects are told of the assets that hold their data (UK GDPR Art 15(1)–(2))."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from dpdesk.assets.conditions import abroad, holds_personal
from dpdesk.assets.records import Asset
from dpdesk.assets.rules import Around
from dpdesk.assets.service import AssetService
from dpdesk.registers.entries import Entry

_CODE: Final = re.compile(r"^[A-Z]+\d+\w* ")
"""The code of a class, which says nothing to the data subject."""
NO_COMPUTER = "None: no decision is made by a computer alone."
NOT_ABROAD = "None of it is sent outside the United Kingdom."


@dataclass(frozen=True, slots=True)
class AssetsTold:
    """Each in words of the register, once; empty where the register does not say."""

    purposes: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    retention: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    automated: str = ""
    safeguards: str = ""


class AssetTelling:
    """Gathers from the register what an answer must say besides the copy."""

    def __init__(self, assets: AssetService) -> None:
        self._assets = assets

    def given_to(self, references: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Who gets the data of these assets, each with the assets that it is known from.

        Suppliers who work for the school are among them: a recipient is whoever is given the data
        (UK GDPR Art 4(9)).
        """
        wanted = tuple(dict.fromkeys(references))
        found: dict[str, list[str]] = {}
        for entry, around in self._assets.with_around(Asset.reference.in_(wanted)):
            if holds_personal(entry.values):
                for each in _once(_whom(entry, around)):
                    found.setdefault(each, []).append(f"{entry.reference} {entry.title}")
        return {each: tuple(assets) for each, assets in found.items()}

    def told_of(self, references: Iterable[str]) -> AssetsTold:
        """What there is to tell of these assets; those that hold no personal data are left out."""
        wanted = tuple(dict.fromkeys(references))
        if not wanted:
            return AssetsTold()
        found = [
            (entry, around)
            for entry, around in self._assets.with_around(Asset.reference.in_(wanted))
            if holds_personal(entry.values)
        ]
        with self._assets.database.reading() as session:
            classes = {n: each.label for n, each in self._assets.schedule(session).items()}
        entries = [entry for entry, _ in found]
        return AssetsTold(
            purposes=_once(
                str(purpose["purpose"]) for _, around in found for purpose in around.purposes
            ),
            categories=_chosen(entries, "data_kinds", "data_other"),
            recipients=_once(each for entry, around in found for each in _whom(entry, around)),
            retention=_once(_kept(entry, classes) for entry in entries),
            sources=_chosen(entries, "origins", "origin_words"),
            automated=_automated(entries),
            safeguards=_safeguards(entries),
        )


def _chosen(entries: Sequence[Entry], name: str, other: str) -> tuple[str, ...]:
    return _once(each for entry in entries for each in _labels(entry, name, other))


def _labels(entry: Entry, name: str, other: str) -> tuple[str, ...]:
    field = entry.register.field(name)
    chosen = (field.choice(code).label for code in entry.values.get(name) or ())
    return (*chosen, str(entry.values.get(other) or ""))


def _whom(entry: Entry, around: Around) -> tuple[str, ...]:
    """Who gets the data: those it is shared with, and kinds of suppliers by their names."""
    suppliers = (str(system.get("supplier") or "") for system in around.systems)
    return (
        *_labels(entry, "recipients", "recipients_other"),
        str(entry.values.get("processors") or ""),
        *suppliers,
    )


def _kept(entry: Entry, classes: dict[int, str]) -> str:
    named = classes.get(entry.values.get("retention_rule") or 0)
    own = entry.values.get("retention_words")
    if named:
        return _CODE.sub("", named)
    return f"{entry.title}: {own}" if own else ""


def _automated(entries: Sequence[Entry]) -> str:
    answers = [entry.values.get("automated") for entry in entries]
    if not answers or None in answers or "unknown" in answers:
        return ""
    decided = _once(str(entry.values.get("automated_words") or "") for entry in entries)
    return "; ".join(decided) if "yes" in answers else NO_COMPUTER


def _safeguards(entries: Sequence[Entry]) -> str:
    answers = [entry.values.get("transfers") for entry in entries]
    if not answers or None in answers or "unknown" in answers:
        return ""
    lines = []
    for entry in entries:
        if abroad(entry.values):
            told = _once(_labels(entry, "safeguards", "safeguard_words"))
            where = str(entry.values.get("countries") or "")
            lines.append(": ".join(t for t in (where, ", ".join(told)) if t))
    return "; ".join(_once(lines)) if "yes" in answers else NOT_ABROAD


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    plain = (" ".join(text.split()).rstrip(".;") for text in texts)
    return tuple(dict.fromkeys(text for text in plain if text))
