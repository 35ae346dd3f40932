"""What may have to be removed: places in the documents, and whom or what they are about.

A candidate is only proposed. Nothing is marked by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, cached_property
from typing import Final, NamedTuple

from dpdesk import resources

PERSON: Final = "person"
_AROUND: Final = ' ,;:<>"“”„‘’«»'
_SHORT: Final = 3
"""Letters of a short form, with its full stop."""


class PartyStanding(StrEnum):
    """Whom something is about, as far as it decides whether it is proposed."""

    OTHER = "other"
    """Somebody else: proposed."""
    SUBJECT = "subject"
    REQUESTER = "requester"
    STAFF = "staff"
    """Somebody of the school's staff who acts in their job."""
    PROFESSIONAL = "professional"
    """Health or social work."""
    SCHOOL = "school"
    """The school itself: its telephone, its office."""


KEPT_WHY: Final = {
    PartyStanding.SUBJECT: "This is the data subject’s own data, so it stays.",
    PartyStanding.REQUESTER: "This is the person who asks, who knows it already.",
    PartyStanding.STAFF: "Staff who acted in their job are normally named "
    "(DPA 2018 Sch 2 para 17).",
    PartyStanding.PROFESSIONAL: "Health and social-work professionals who acted in their job are "
    "normally named (DPA 2018 Sch 2 para 17).",
    PartyStanding.SCHOOL: "It belongs to the school, and to nobody in particular.",
}
"""Why something is not proposed by itself; each can be proposed all the same."""


@dataclass(frozen=True, slots=True)
class SuggestedKind:
    """A kind of candidate, described in ``resources/disclosure/suggested.toml``."""

    code: str
    label: str
    many: str
    reason: str
    """The reason code that is proposed."""
    why: str
    cues: tuple[str, ...] = ()
    """Words beside a number without which it is doubtful."""


class Candidate(NamedTuple):
    """A place that may have to be removed: whole words of one page, by their indexes.

    It is stored as its parts in their order.
    """

    document_id: int
    page: int
    """From 0."""
    indexes: tuple[int, ...]
    words: tuple[str, ...]
    """The same as they are written there."""
    kind: str
    group: str
    """Key of the group that it belongs to."""
    why: str
    """What is special about this place, in words; may be empty."""
    doubtful: bool = False
    """Only on the list to look through."""

    @property
    def text(self) -> str:
        """The words in a row, as they are written there."""
        return " ".join(self.words)

    @property
    def label(self) -> str:
        """The same without the marks around it: no comma after a name, no < > around an address."""
        bare = self.text.strip(_AROUND)
        last = bare.rpartition(" ")[2]
        if last.endswith(".") and len(last) > _SHORT:
            # It ends a sentence; "J." and "Jr." keep theirs.
            bare = bare.rstrip(_AROUND + ".")
        return bare or self.text

    @property
    def place(self) -> str:
        """What tells this place from all others, as long as the document exists."""
        return f"{self.document_id}/{self.page}/{self.indexes[0]}-{self.indexes[-1]}"


@dataclass(frozen=True, slots=True)
class SuggestedGroup:
    """All places of one person, or of one number."""

    key: str
    label: str
    kind: str
    standing: PartyStanding
    reason: str
    why: str
    """Who it is, or why it is proposed or kept."""

    @property
    def kept(self) -> bool:
        """Whether it is not proposed unless somebody wants it."""
        return self.standing is not PartyStanding.OTHER


@dataclass(frozen=True)
class Suggested:
    """What was found: places in their order, the groups that they belong to by key."""

    candidates: tuple[Candidate, ...]
    groups: dict[str, SuggestedGroup]
    about: dict[int, int] = field(default_factory=dict)
    """How often the data subject is named, by document."""

    @cached_property
    def _by_page(self) -> dict[tuple[int, int], list[Candidate]]:
        found: dict[tuple[int, int], list[Candidate]] = {}
        for one in self.candidates:
            found.setdefault((one.document_id, one.page), []).append(one)
        return found

    def on_page(self, document_id: int, page: int) -> Sequence[Candidate]:
        """The candidates of one page."""
        return self._by_page.get((document_id, page), ())


@cache
def kinds() -> dict[str, SuggestedKind]:
    """Every kind by its code, in the order in which they are shown."""
    rows = resources.kept("disclosure", "suggested.toml")["kinds"]
    return {
        row["code"]: SuggestedKind(**{**row, "cues": tuple(row.get("cues", "").split())})
        for row in rows
    }


@cache
def cues(name: str) -> frozenset[str]:
    """A list of words of ``resources/disclosure/suggested.toml``, which says what each is for."""
    return frozenset(resources.kept("disclosure", "suggested.toml")["cues"][name].split())


@cache
def name_words(name: str) -> frozenset[str]:
    """A list of ``resources/law/name_words.toml``: words that look like names, and the like."""
    return frozenset(resources.kept("law", "name_words.toml")[name].split())


def apart(found: Iterable[Candidate], groups: Mapping[str, SuggestedGroup]) -> list[Candidate]:
    """Places that share a word become one: half a name must not be left over.

    Where the data subject, or somebody else who is kept, stands in the same word as somebody else,
    it is for the user to decide.
    """
    kept: list[Candidate] = []
    taken: set[int] = set()
    for one in found:
        if taken.isdisjoint(one.indexes):
            kept.append(one)
            taken.update(one.indexes)
            continue
        rivals = [each for each in kept if not set(each.indexes).isdisjoint(one.indexes)]
        kept = [each for each in kept if each not in rivals]
        kept.append(_joint([*rivals, one], groups))
        taken.update(kept[-1].indexes)
    return sorted(kept, key=lambda each: each.indexes)


def _joint(some: Sequence[Candidate], groups: Mapping[str, SuggestedGroup]) -> Candidate:
    """Several places as one; it is of whoever is proposed, if anybody is."""
    whole = set(some[0].indexes).issuperset(index for one in some for index in one.indexes)
    if whole and some[0].kind != PERSON:
        return some[0]  # a name in an address
    first = next((one for one in some if not groups[one.group].kept), some[0])
    mixed = any(groups[one.group].kept != groups[first.group].kept for one in some)
    indexes = tuple(sorted({index for one in some for index in one.indexes}))
    words = {
        index: word for one in some for index, word in zip(one.indexes, one.words, strict=True)
    }
    why = "The same word also names somebody who is not removed." if mixed else first.why
    return first._replace(
        indexes=indexes,
        words=tuple(words[index] for index in indexes),
        why=why,
        doubtful=mixed or all(one.doubtful for one in some),
    )
