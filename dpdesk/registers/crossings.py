"""What registers offer to rooms that may not know them; each names who asks for it."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, runtime_checkable

from sqlalchemy.orm import Session

if TYPE_CHECKING:
    from dpdesk.store.database import Change

T = TypeVar("T")


class Offers(Protocol):
    """Everything that the rooms of a desk offer each other."""

    def every(self, kind: type[T]) -> tuple[T, ...]:
        """Whatever is of this kind, in any room."""


@dataclass(frozen=True, slots=True)
class RetentionClass:
    """A class of the retention schedule, as rooms see it that only choose one."""

    code: str
    label: str


class ClassList(ABC):
    """The retention schedule, to whoever says how long something is kept (the assets)."""

    followers: list[Callable[..., Any]]

    @abstractmethod
    def classes_within(self, session: Session) -> Mapping[int, RetentionClass]:
        """The classes in use, by their numbers."""


class IncidentsByAsset(ABC):
    """The breach log, to whoever says what went wrong with an asset (the assets)."""

    @abstractmethod
    def by_asset(self, session: Session) -> Mapping[str, tuple[str, ...]]:
        """References of assets to those of the breaches that touched them, drills left out."""


@dataclass(frozen=True, slots=True)
class RiskHint:
    """Something that happened or is missing, and could become a risk on record."""

    name: str
    """What could go wrong, as the risk would be called."""
    origin: str
    """How it came up: finding, breach or near_miss."""
    words: str
    """Where from, exactly; never a person's name."""


class RiskSource(ABC):
    """What went wrong or nearly did, to whoever keeps the risks (assurance)."""

    @abstractmethod
    def risk_hints(self) -> tuple[RiskHint, ...]:
        """What happened in the last twelve months, the most frequent first."""


class KeptAboutDocuments(ABC):
    """What is kept about the documents of a case, to whoever destroys its papers (the requests)."""

    @abstractmethod
    def erase_about(
        self, change: Change, register: str, entry_id: int, documents: Sequence[int]
    ) -> set[str]:
        """Empties all of it for good; gives the names in the vault of files that go with it."""


class LastTraining(ABC):
    """The register of training, to whoever asks when somebody was last trained (the breaches)."""

    @abstractmethod
    def last_trained(
        self, session: Session, name: str, before: dt.date, linked: Collection[str] = ()
    ) -> dt.date | None:
        """The last day on which the one person of that name was trained, up to a day.

        Of several who are called so it is the one of the people linked, by reference. None where
        nobody, or still more than one, is called so, or where there is no such day.
        """


class ConsentsKept(ABC):
    """The register of consents, to whoever is told that one is withdrawn (the requests)."""

    @abstractmethod
    def taken_back_since(
        self, session: Session, pupil: int, names: Collection[str], day: dt.date
    ) -> bool:
        """Is it on record that something was refused or withdrawn for a pupil since a day?

        ``pupil`` is their number among the people; 0 where only ``names`` are known.
        """


@dataclass(frozen=True, slots=True)
class ReleaseTold:
    """A bundle that was released, as the case file tells of it."""

    number: int
    made_at: dt.datetime
    made_by: str
    pages: int
    removed: str
    sha256: str


class Releasing(ABC):
    """Bundles that were handed over, to whoever keeps the request (the requests)."""

    @abstractmethod
    def released_within(self, session: Session, entry_id: int = 0) -> frozenset[int]:
        """Numbers of the requests for which something was released: of all, or of one."""

    @abstractmethod
    def everything_given(self, entry_id: int) -> bool:
        """Was a bundle released, of pages all looked at, from which nothing is removed?"""

    @abstractmethod
    def redaction_reasons(self, entry_id: int) -> tuple[str, ...]:
        """Why something is removed from the documents of a request, in words for its letters.

        Once a bundle was released, why it is removed in the last one, whatever was marked since.
        """

    @abstractmethod
    def removes_now(self, entry_id: int) -> bool:
        """Is anything marked or withheld at the moment, whatever was released before?"""

    @abstractmethod
    def releases_told(self, entry_id: int) -> tuple[ReleaseTold, ...]:
        """The bundles of a request that were released, oldest first."""

    @abstractmethod
    def redactions_told(self, entry_id: int) -> tuple[tuple[str, str, int], ...]:
        """Reason, law and number of the redactions, as above, for the school’s own papers."""

    @abstractmethod
    def naming_removed(self, entry_id: int, texts: Collection[str]) -> frozenset[str]:
        """Of these texts, such as names of files, those that say what a redaction removed."""


@runtime_checkable
class RemovalsKnown(Protocol):
    """A register of whose documents something is removed (to whoever prints its entries)."""

    def naming_removed(self, entry_id: int, texts: Collection[str]) -> frozenset[str]:
        """Of these texts, such as names of files, those that say what a redaction removed."""


@dataclass(frozen=True, slots=True)
class AsideTold:
    """A document or page that is set aside, as the case file tells of it."""

    number: int
    """Of the document, among those of the request, from 1."""
    page: int
    """Within it, from 1; 0 for the whole document."""
    why: str
    at: dt.datetime
    by: str


class SettingAside(ABC):
    """What is no part of the answer although it was found (to the requests)."""

    @abstractmethod
    def aside_told(self, entry_id: int, whom: str = "", *, child: bool = False) -> tuple[str, ...]:
        """What is set aside, for a letter: a sentence for each reason, in numbers.

        ``whom`` is the data subject where somebody else asks. Once a bundle was released, what was
        set aside when it was made.
        """

    @abstractmethod
    def aside_listed(self, entry_id: int) -> tuple[AsideTold, ...]:
        """Everything that is set aside, for the school’s own papers."""
