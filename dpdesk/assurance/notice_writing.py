"""Writes a privacy notice from what the registers say, block by block and sentence by sentence.

Pure: facts come in, sentences go out. The wording is in ``resources/templates/notices.toml``.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from dpdesk import resources
from dpdesk.assets.assessed_service import AssetFacts, basis_of_purpose, said_of_purpose
from dpdesk.law import bases
from dpdesk.law.words import listed

_BRACE: Final = re.compile(r"\{(\w+)\}")
_OTHER: Final = frozenset({"unknown", "other"})
_FILE: Final = ("templates", "notices.toml")


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What a notice is written from, besides the assets."""

    school: str
    officer: str
    contact: str
    """Ways to reach the officer, in words."""
    complain: str
    regulator: str
    regulator_contact: str
    cameras: Sequence[str] = ()
    camera_days: int | None = None
    """The longest time that pictures are kept; None where that is not said everywhere."""
    decisions: Sequence[str] = ()


def concerned(audience: str, assets: Iterable[AssetFacts]) -> tuple[AssetFacts, ...]:
    """The assets with personal data of the people who read a notice."""
    kinds = set(_content()["audiences"][audience]["kinds"])
    return tuple(
        each
        for each in assets
        if each.values.get("personal") == "yes"
        and kinds & set(each.values.get("people_kinds") or ())
    )


def write(
    audience: str, assets: Sequence[AssetFacts], facts: NoticeFacts
) -> Mapping[str, tuple[str, ...]]:
    """The sentences of a notice by block; a block about which nothing is known has none.

    ``assets``: those that :func:`concerned` gives.
    """
    words = _content()["children" if audience == "children" else "adults"]
    known = {**_told(assets), **_of_school(facts), "who": _content()["audiences"][audience]["who"]}

    def block(name: str) -> tuple[str, ...]:
        return tuple(_filled(words[name], known))

    found = {name: block(name) for name in ("who", "what", "sources", "sharing", "abroad")}
    found["why"] = tuple(_why(words["why_line"], assets))
    found["keeping"] = (*block("keeping"), *_keeping(words["keeping_line"], assets))
    found["rights"] = block("rights")
    found["complaints"] = block("complaints")
    pictured = any("pictures" in (a.values.get("data_kinds") or ()) for a in assets)
    found["pictures"] = block("pictures") if pictured else ()
    found["cctv"] = block("cctv") if facts.cameras else ()
    found["automated"] = block("automated" if facts.decisions else "no_automated")
    return found


def _content() -> Mapping[str, Any]:
    return resources.kept(*_FILE)


def _filled(sentences: Iterable[str], known: Mapping[str, str]) -> Iterator[str]:
    """The sentences with what is known put in; one that lacks something is left out."""
    for sentence in sentences:
        if all(known.get(name) for name in _BRACE.findall(sentence)):
            yield _BRACE.sub(lambda found: known[found[1]], sentence).replace("..", ".")


def _told(assets: Sequence[AssetFacts]) -> dict[str, str]:
    special = {code for each in assets for code in bases.special(each.values.get("data_kinds"))}
    return {
        "data": _joined(_labels(assets, "data_kinds", "data_other")),
        "special": _joined(_labels(assets, "data_kinds", only=special)),
        "origins": _joined(_labels(assets, "origins", "origin_words")),
        "recipients": _joined(_labels(assets, "recipients", "recipients_other")),
        "suppliers": _joined(_suppliers(assets)),
        "countries": _joined(each.said("countries") for each in assets),
        "safeguards": _joined(_labels(assets, "safeguards", "safeguard_words")),
    }


def _of_school(facts: NoticeFacts) -> dict[str, str]:
    return {
        "school": facts.school,
        "officer": facts.officer,
        "contact": facts.contact,
        "complain": facts.complain,
        "regulator": facts.regulator,
        "regulator_contact": facts.regulator_contact,
        "cameras": _joined(facts.cameras),
        "days": str(facts.camera_days or ""),
        "decisions": _joined(facts.decisions),
    }


def _labels(
    assets: Sequence[AssetFacts], name: str, other: str = "", only: set[str] | None = None
) -> Iterator[str]:
    for each in assets:
        for code in each.values.get(name) or ():
            if code not in _OTHER and (only is None or code in only):
                yield _small(each.label(name, code))
    for each in assets if other else ():
        yield from (word.strip() for word in each.said(other).split(","))


def _suppliers(assets: Sequence[AssetFacts]) -> Iterator[str]:
    for each in assets:
        yield from (word.strip() for word in each.said("processors").split(","))
        for system in each.systems:
            if system.get("processor") == "yes":
                yield str(system.get("supplier") or "")


def _why(line: str, assets: Sequence[AssetFacts]) -> Iterator[str]:
    said: dict[str, None] = {}
    for each in assets:
        for purpose in each.purposes:
            what = said_of_purpose(purpose, "purpose").rstrip(".")
            basis = basis_of_purpose(purpose)
            if what and (basis or "{basis}" not in line):
                told = line.replace("{purpose}", _small(what)).replace("{basis}", _small(basis))
                said[told] = None
    return iter(said)


def _keeping(line: str, assets: Sequence[AssetFacts]) -> Iterator[str]:
    for each in assets:
        how_long = each.kept_for.rstrip(".")
        if how_long:
            yield line.replace("{what}", each.title).replace("{how_long}", _small(how_long))


def _joined(words: Iterable[str]) -> str:
    """Words in a row, each once, without empty ones."""
    return listed(list(dict.fromkeys(word for word in words if word)))


def _small(word: str) -> str:
    """A label inside a sentence: a capital only where the word has more of them, or a name."""
    first = word.split(" ", 1)[0]
    proper = first.isupper() or any(letter.isupper() for letter in first[1:])
    known = word.startswith(_NAMES)
    return word if proper or known else word[:1].lower() + word[1:]


_NAMES: Final = ("Department ", "Disclosure ", "HM ", "ICO", "Parliament")


@dataclass(frozen=True, slots=True)
class ChangedBlock:
    """What the registers say otherwise than when a block was written."""

    block: str
    gone: tuple[str, ...]
    fresh: tuple[str, ...]


def changed(
    before: Mapping[str, Sequence[str]], now: Mapping[str, Sequence[str]]
) -> tuple[ChangedBlock, ...]:
    """Sentence by sentence, what went and what came, for the blocks that changed."""
    found = []
    for block in now:
        old, new = before.get(block, ()), now[block]
        gone = tuple(each for each in old if each not in new)
        fresh = tuple(each for each in new if each not in old)
        if gone or fresh:
            found.append(ChangedBlock(block, gone, fresh))
    return tuple(found)


def differing(one: str, other: str) -> str:
    """The words of one sentence that the other has not, in their order; those that join are left.

    A long list of names in a sentence hides the one that is new.
    """
    mine, others = (
        [word.strip(",.;") for word in sentence.split() if word.strip(",.;") != "and"]
        for sentence in (one, other)
    )
    found = []
    for what, first, last, _, _ in difflib.SequenceMatcher(
        None, mine, others, autojunk=False
    ).get_opcodes():
        if what in {"delete", "replace"}:
            found.append(" ".join(mine[first:last]))
    return ", ".join(found)


def revised(text: str, change: ChangedBlock) -> str:
    """A block's text with the sentences that went taken out and the new ones put in.

    Whatever else somebody wrote stays. A new sentence stands where the first one that went stood.
    """
    lines = text.split("\n")
    place = next((n for n, line in enumerate(lines) if line in change.gone), len(lines))
    kept = [line for line in lines if line not in change.gone]
    before = sum(line not in change.gone for line in lines[:place])
    fresh = [each for each in change.fresh if each not in kept]
    return "\n".join([*kept[:before], *fresh, *kept[before:]]).strip("\n")
