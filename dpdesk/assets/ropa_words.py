"""What a cell of the regulator's template says, as answers; words that fit nowhere come back.

Two dictionaries of answers are filled: of the asset, and of one of its purposes. Every function
gives back the words that it could not place, which are then kept among the notes.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Final

from dpdesk import resources
from dpdesk.assets.parts import Purpose
from dpdesk.assets.pick_lists import synonyms
from dpdesk.assets.records import Asset
from dpdesk.assets.ropa_columns import HEADINGS, SYSTEM
from dpdesk.law.bases import FILE as BASES
from dpdesk.law.folding import fold
from dpdesk.registers.fields import Field

Answers = dict[str, Any]

_ALIKE: Final = 0.86
_NOTHING: Final = re.compile(r"(n\s*/?\s*a|none|not applicable|nil|no|-|–|\.)\.?", re.IGNORECASE)
_SAID: Final = re.compile(r"(yes|no|not known|unknown)\b[\s.,:;–-]*", re.IGNORECASE)
_ARTICLE_6: Final = re.compile(r"6\s*\(\s*1\s*\)\s*\(\s*(ea|[a-f])\s*\)", re.IGNORECASE)
_ARTICLE_9: Final = re.compile(r"9\s*\(\s*2\s*\)\s*\(\s*([a-j])\s*\)", re.IGNORECASE)
_PARAGRAPH: Final = re.compile(r"para(?:graph)?\.?\s*(\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class KnownWords:
    """What this workspace knows that a cell may name: systems by name, classes by code."""

    systems: Mapping[str, str]
    """Name in small letters to reference."""
    rules: Mapping[str, int]
    """Code of a class of the retention schedule to its number."""


def place(column: int, words: str, asset: Answers, purpose: Answers, known: KnownWords) -> str:
    """Puts a cell's words where they belong, in place of what stood there; gives back the rest.

    ``column`` is counted from 0. A cell that says "n/a" says nothing.
    """
    return _COLUMNS[column](words.strip(), asset, purpose, known)


def heading(column: int) -> str:
    """The heading of a column."""
    return HEADINGS[column]


# ------------------------------------------------------------------------------------ plain


def _nothing(words: str) -> bool:
    return not words or _NOTHING.fullmatch(words) is not None


def _words(name: str, words: str, asset: Answers, purpose: Answers, known: KnownWords) -> str:
    asset[name] = None if _nothing(words) else words
    return ""


def _reason(name: str, words: str, asset: Answers, purpose: Answers, known: KnownWords) -> str:
    purpose[name] = None if _nothing(words) else words
    return ""


def _joint(words: str, asset: Answers, purpose: Answers, known: KnownWords) -> str:
    asset["joint"] = None if _nothing(words) else words
    if asset["joint"]:
        asset["role"] = "joint"
    elif asset.get("role") == "joint":
        asset["role"] = None
    return ""


def _listed(
    name: str, other: str, words: str, asset: Answers, purpose: Answers, known: KnownWords
) -> str:
    codes, rest = _codes(Asset.register.field(name), words)
    asset[name] = codes or None
    asset[other] = "; ".join(rest) or None
    return ""


def _said(
    name: str, more: str, words: str, asset: Answers, purpose: Answers, known: KnownWords
) -> str:
    """Yes, no or not known, with words after it that go to the field ``more``, if there is one."""
    found = _SAID.match(words)
    asset[name] = None
    if more:
        asset[more] = None
    if not words or re.fullmatch(r"n\s*/?\s*a\.?", words, re.IGNORECASE):
        return ""
    if found is None:
        if more:
            asset[more] = words
            return ""
        return words
    said = found[1].casefold()
    asset[name] = said if said in {"yes", "no"} else "unknown"
    rest = words[found.end() :].strip()
    if rest and more:
        asset[more] = rest
        return ""
    return rest


# ---------------------------------------------------------------------------------- columns


def _countries(words: str, asset: Answers, purpose: Answers, known: KnownWords) -> str:
    asset["countries"] = None
    if not words:
        asset["transfers"] = None
    elif _nothing(words):
        asset["transfers"] = "no"
    else:
        asset["transfers"], asset["countries"] = "yes", words
    return ""


def _retention(words: str, asset: Answers, purpose: Answers, known: KnownWords) -> str:
    asset["retention_rule"] = asset["retention_words"] = None
    rest = []
    for line in words.splitlines():
        code = line.split()[:1]
        if code and code[0] in known.rules and asset["retention_rule"] is None:
            asset["retention_rule"] = known.rules[code[0]]
        elif line.strip():
            rest.append(line.strip())
    asset["retention_words"] = "\n".join(rest) or None
    return ""


def _places(words: str, asset: Answers, purpose: Answers, known: KnownWords) -> str:
    systems, rest = [], []
    for line in words.splitlines():
        name = line.strip().removeprefix(SYSTEM).strip()
        reference = known.systems.get(name.casefold())
        if line.strip().startswith(SYSTEM) and reference is not None:
            systems.append(reference)
        elif line.strip():
            rest.append(line.strip())
    asset["systems"] = tuple(systems) or None
    return _listed("places", "place_words", "\n".join(rest), asset, purpose, known)


def _basis(words: str, asset: Answers, purpose: Answers, known: KnownWords) -> str:
    """The first lawful basis that the words name; what says more is kept as its justification."""
    for name in ("basis", "recognised"):
        purpose[name] = None
    if _nothing(words):
        return ""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    named = _labels(Purpose.register.field("basis"))
    recognised = _labels(Purpose.register.field("recognised"))
    plain = [named.get(line.casefold()) for line in lines]
    detail = [recognised.get(line.casefold()) for line in lines]
    if all(one or two for one, two in zip(plain, detail, strict=True)):
        bases = [code for code in plain if code]
        purpose["basis"] = bases[0] if bases else None
        purpose["recognised"] = next((code for code in detail if code), None)
        return "\n".join(line for line, code in zip(lines, plain, strict=True) if code in bases[1:])
    letters = {each["letter"]: each["code"] for each in _rows("bases")}
    found = [letters[letter.casefold()] for letter in _ARTICLE_6.findall(words)]
    found = found or _named("basis", words)
    if not found:
        return words
    purpose["basis"] = found[0]
    if not purpose.get("justification"):
        purpose["justification"] = words
        words = ""
    second = ", ".join(_label("basis", code) for code in dict.fromkeys(found[1:]))
    return "\n".join(t for t in (words, f"also: {second}" if second else "") if t)


def _basis_again(words: str, asset: Answers, purpose: Answers, known: KnownWords) -> str:
    """The second column for the lawful basis counts where the first says nothing."""
    if not purpose.get("basis"):
        return _basis(words, asset, purpose, known)
    again: Answers = {}
    left = _basis(words, asset, again, known)
    if again.get("basis") in {None, purpose["basis"]}:
        return left
    return words


def _art9(words: str, asset: Answers, purpose: Answers, known: KnownWords) -> str:
    purpose["art9"] = None
    if _nothing(words):
        return ""
    exact = _labels(Purpose.register.field("art9")).get(words.casefold())
    order = [each["code"] for each in _rows("art9")]
    letters = [order[ord(each.casefold()) - ord("a")] for each in _ARTICLE_9.findall(words)]
    found = [exact] if exact else letters or _named("art9", words)
    if not found:
        return words
    purpose["art9"], purpose["uses_special"] = found[0], "yes"
    return "" if exact else words


def _sch1(words: str, asset: Answers, purpose: Answers, known: KnownWords) -> str:
    purpose["sch1"] = None
    if _nothing(words):
        return ""
    labels = _labels(Purpose.register.field("sch1"))
    exact = labels.get(words.casefold())
    numbers = {each["source"].split()[-1]: each["code"] for each in _rows("sch1")}
    named = [numbers[each] for each in _PARAGRAPH.findall(words) if each in numbers]
    near = [code for label, code in labels.items() if label in words.casefold()]
    found = [exact] if exact else named or near
    if not found:
        return words
    purpose["sch1"], purpose["uses_special"] = found[0], "yes"
    return "" if exact else words


def _progress(words: str, asset: Answers, purpose: Answers, known: KnownWords) -> str:
    asset["dpia_progress"] = None
    if re.fullmatch(r"n\s*/?\s*a\.?", words, re.IGNORECASE) or not words:
        return ""
    field = Asset.register.field("dpia_progress")
    exact = _labels(field).get(words.casefold())
    if exact:
        asset["dpia_progress"] = exact
        return ""
    for code, beginnings in (
        ("none", ("not started", "none", "no")),
        ("done", ("complete", "done", "signed", "approved", "finished")),
        ("draft", ("in progress", "draft", "started", "under way", "underway")),
        ("review", ("review", "under review")),
    ):
        if words.casefold().startswith(beginnings):
            asset["dpia_progress"] = code
            return words
    return words


def _breach(words: str, asset: Answers, purpose: Answers, known: KnownWords) -> str:
    if _nothing(words):
        asset["breaches_before"] = None
    elif not asset.get("breaches_before"):
        asset["breaches_before"] = words
    return ""


def _breach_links(words: str, asset: Answers, purpose: Answers, known: KnownWords) -> str:
    if not _nothing(words):
        asset["breaches_before"] = words
    return ""


def _derived(words: str, asset: Answers, purpose: Answers, known: KnownWords) -> str:
    return "" if _nothing(words) else words


_Column = Callable[[str, Answers, Answers, KnownWords], str]
_COLUMNS: Final[tuple[_Column, ...]] = (
    partial(_words, "function"),
    partial(_reason, "purpose"),
    _joint,
    partial(_listed, "people_kinds", "people_other"),
    partial(_listed, "data_kinds", "data_other"),
    partial(_listed, "recipients", "recipients_other"),
    partial(_words, "contract"),
    _countries,
    partial(_listed, "safeguards", "safeguard_words"),
    _retention,
    partial(_listed, "measures", "measures_words"),
    _basis,
    _art9,
    partial(_reason, "interests"),
    partial(_reason, "lia_link"),
    _derived,
    partial(_said, "automated", "automated_words"),
    partial(_listed, "origins", "origin_words"),
    partial(_reason, "consent_record"),
    _places,
    partial(_said, "dpia_required", ""),
    _progress,
    partial(_words, "dpia_link"),
    _breach,
    _breach_links,
    _sch1,
    _basis_again,
    partial(_words, "retention_link"),
    partial(_said, "retention_kept", ""),
    partial(_words, "retention_why"),
)
assert len(_COLUMNS) == len(HEADINGS)


# ------------------------------------------------------------------------------ pick lists


def _codes(field: Field, words: str) -> tuple[tuple[str, ...], list[str]]:
    """The codes of a list of labels, and the pieces that are none of them."""
    if _nothing(words):
        return (), []
    labels, others = _labels(field), synonyms(field.name)
    found: list[str] = []
    rest: list[str] = []
    for piece in re.split(r"[\n;•]+", words):
        plain = piece.strip(" \t-–·")
        parts = [plain, *([part.strip() for part in plain.split(",")] if "," in plain else [])]
        codes = [
            labels.get(part.casefold()) or others.get(part.casefold()) or _near(part, labels)
            for part in parts
        ]
        if codes[0] or not any(codes):
            # A label, with its commas if it has any, or words that are no list of labels.
            parts, codes = parts[:1], codes[:1]
        else:
            parts, codes = parts[1:], codes[1:]
        found += [code for code in codes if code]
        rest += [part for part, code in zip(parts, codes, strict=True) if part and not code]
    return tuple(dict.fromkeys(found)), rest


def _near(words: str, labels: Mapping[str, str]) -> str | None:
    """A label that differs by a slip of the keyboard; the words must be long enough to tell."""
    if len(words) < 6:
        return None
    near = difflib.get_close_matches(fold(words), list(labels), n=1, cutoff=_ALIKE)
    return labels[near[0]] if near else None


def _labels(field: Field) -> dict[str, str]:
    return {choice.label.casefold(): choice.code for choice in field.choices}


def _label(name: str, code: str) -> str:
    return Purpose.register.field(name).choice(code).label


def _named(name: str, words: str) -> list[str]:
    """Codes whose names stand in the words, in the order in which they do; longer names first."""
    rest = words.casefold()
    found: list[tuple[int, str]] = []
    for name_, code in sorted(synonyms(name).items(), key=lambda each: -len(each[0])):
        at = rest.find(name_)
        if at >= 0:
            found.append((at, code))
            rest = rest.replace(name_, " " * len(name_))
    return list(dict.fromkeys(code for _, code in sorted(found)))


@cache
def _rows(name: str) -> tuple[Mapping[str, Any], ...]:
    return tuple(resources.kept("law", f"{BASES}.toml")[name])
