"""What may have to be removed: places in the documents, and whom or what they are about.

A candidate is only proposed. Nothing is marked by it.
"""

from __future__ import annotations

from collections.abc import Sequence
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
