"""Pick lists and the regulator's details, from ``resources/law/``.

They are data so that a list can grow, and a telephone number change, without a programmer. A code
is what the database stores; it must never change its meaning.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from dpdesk import resources
from dpdesk.errors import NotFound
from dpdesk.law.accents import in_form
from dpdesk.law.sources import Confidence, Source, advice


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a pick list: stored by ``code``, shown by ``label``.

    ``source`` is the law, guidance or policy that names it; ``note`` one line of explanation,
    with "check with your adviser" where the source is not confirmed; ``caution`` is that sentence
    by itself, for screens that say it where the reason for asking is told. ``also`` are other words
    by which people look for it. One that is ``rare`` waits behind a button where several may be
    ticked.
    """

    code: str
    label: str
    source: str = ""
    note: str = ""
    caution: str = ""
    also: tuple[str, ...] = ()
    rare: bool = False

    @property
    def explanation(self) -> str:
        """The note without the caution about its source: what the answer means."""
        return self.note.removesuffix(self.caution).strip()

    @property
    def standing(self) -> str:
        """What the answer rests on, and how surely."""
        return ". ".join(part for part in (self.source.rstrip("."), self.caution) if part)


@dataclass(frozen=True, slots=True)
class RegulatorDefaults:
    """Whom people may complain to, and where breaches are reported. Defaults of the settings.

    This is the only place where the program knows it; what is printed comes from the settings.
    """

    name: str
    short_name: str
    address: tuple[str, ...]
    helpline: str
    helpline_hours: str
    website: str
    complaints_page: str
    breach_page: str
    breach_email: str
    sources: Mapping[str, Source]
    """By field: where it was confirmed, and how well."""

    def standing(self, field: str) -> str:
        """What a field rests on, and how surely."""
        found = self.sources[field]
        caution = advice(found.confidence)
        return f"{found.text}. {caution}" if caution else found.text


@cache
def choices(name: str, file: str = "requests") -> tuple[Choice, ...]:
    """The pick list ``name`` of ``resources/law/<file>.toml`` in the order of the file.

    Lists for requests: channels, relationships, responsibility_evidence,
    identity_documents, data_subjects, capacity_factors, clarification_reasons,
    extension_reasons, fee_grounds, handovers, outcomes, refusal_grounds.
    KeyError for another name: a list is named by the program, never by the user.
    """
    rows = resources.kept("law", f"{file}.toml")[name]
    return tuple(
        Choice(
            code=row["code"],
            label=row["label"],
            source=row["source"],
            note=_note(row.get("note", ""), Confidence(row.get("confidence", "C"))),
            caution=advice(Confidence(row.get("confidence", "C"))),
            also=tuple(row.get("also", ())),
            rare=bool(row.get("rare", False)),
        )
        for row in rows
    )


def matching(offered: Iterable[Choice], words: str) -> tuple[Choice, ...]:
    """The answers in which every typed word is found, by label or other name; the likeliest first.

    The beginning of a word will do, hyphens do not count, and endings are not minded: "email" finds
    "e-mailed", "doors" finds "door". Nothing typed matches everything.
    """
    sought = _folded(words)
    ranked = [
        (rank, place, each)
        for place, each in enumerate(offered)
        if (rank := _rank(each, sought)) is not None
    ]
    return tuple(each for _, _, each in sorted(ranked, key=lambda found: found[:2]))


_LEAST_STEM = 4


def _rank(choice: Choice, sought: list[str]) -> int | None:
    """How far an answer is from the words sought; None where one of them is not found in it."""
    ways = [_folded(choice.label), [w for name in choice.also for w in _folded(name)]]
    found = [min((_apart(word, way) + 3 * n for n, way in enumerate(ways))) for word in sought]
    worst = max(found, default=0)
    return None if worst >= _APART else worst


_APART = 100


def _apart(word: str, among: list[str]) -> int:
    """0 where one of the words begins so, 1 by its stem, 2 where it stands within one."""
    if any(each.startswith(word) for each in among):
        return 0
    stem = re.sub(r"(?:ing|ed|en|es|s)$", "", word)
    if len(stem) >= _LEAST_STEM and any(each.startswith(stem) for each in among):
        return 1
    if len(word) >= _LEAST_STEM and any(word in each for each in among):
        return 2
    return _APART


def _folded(words: str) -> list[str]:
    """The words in small letters, without hyphens, apostrophes and accents."""
    plain = in_form("NFKD", words.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.findall(r"[a-z0-9]+", re.sub("[-\u2010-\u2014'\u2019]", "", plain))


def choice(name: str, code: str, file: str = "requests") -> Choice:
    """One answer of a pick list by its code; NotFound where there is none."""
    for found in choices(name, file):
        if found.code == code:
            return found
    raise NotFound(
        "There is no such answer in this list.",
        "Choose one of: " + ", ".join(each.code for each in choices(name, file)) + ".",
    )


@cache
def regulator() -> RegulatorDefaults:
    """The regulator as shipped; the school's settings may name it differently."""
    content = resources.toml("law", "regulator.toml")
    row = content["regulator"]
    return RegulatorDefaults(
        name=row["name"],
        short_name=row["short_name"],
        address=tuple(row["address"]),
        helpline=row["helpline"],
        helpline_hours=row["helpline_hours"],
        website=row["website"],
        complaints_page=row["complaints_page"],
        breach_page=row["breach_page"],
        breach_email=row["breach_email"],
        sources={
            key: Source(each["text"], Confidence(each["confidence"]))
            for key, each in content["sources"].items()
        },
    )


def _note(note: str, confidence: Confidence) -> str:
    return " ".join(part for part in (note, advice(confidence)) if part)
