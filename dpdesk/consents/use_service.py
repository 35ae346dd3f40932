"""The door to the uses of pictures and to the versions of their wording."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from dpdesk.consents import rules
from dpdesk.consents.pick_lists import usual_uses
from dpdesk.consents.rules import Version
from dpdesk.consents.use_records import PhotoUse, Wording
from dpdesk.errors import DpdeskError, NotFound
from dpdesk.registers.entries import Changes, Entry
from dpdesk.registers.fields import Values
from dpdesk.registers.hooks import Scope
from dpdesk.registers.service import Derived, RegisterService
from dpdesk.store.database import Change, Database


class Wordings(RegisterService[Wording]):
    """The versions of the wording of a use."""

    record = Wording
    follows_calendar = False

    def guard(self, values: Values, before: Values) -> None:
        """A version is made by changing the words of the use, and stays as it was shown."""
        shown = ("number", "since", "called", "words")
        if not before or any(values.get(n, before.get(n)) != before.get(n) for n in shown):
            raise DpdeskError(
                "A version of the wording stays as parents saw it.",
                "Change the words of the use: a new version is made of them.",
            )

    def derive(self, values: Values, around: None) -> Derived:
        """Title: the beginning of the words."""
        words = " ".join(str(values.get("words") or "").split())
        return Derived(words if len(words) <= 80 else f"{words[:79].rstrip()}…")


class UseService(RegisterService[PhotoUse, tuple[str, ...]]):
    """What pictures are used for."""

    record = PhotoUse
    follows_calendar = False

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.wordings = Wordings(database)
        self.own(self.wordings)

    # --- looking -------------------------------------------------------------------------

    def every(self) -> tuple[Entry, ...]:
        """The uses that consent is asked for, in their order."""
        with self.database.reading() as session:
            rows = session.scalars(
                select(PhotoUse).where(PhotoUse.archived_at.is_(None)).order_by(PhotoUse.id)
            )
            return tuple(self._entry(row) for row in rows)

    def called(self, words: str) -> Entry:
        """The use that is meant by its reference, its name, or the beginning of its name.

        Raises NotFound, naming those there are, where none or more than one is meant.
        """
        every, sought = self.every(), " ".join(words.casefold().split())
        exact = [use for use in every if sought in {use.reference.casefold(), use.title.casefold()}]
        begun = [use for use in every if sought and use.title.casefold().startswith(sought)]
        found = exact or begun
        if len(found) == 1:
            return found[0]
        known = ", ".join(f"“{use.title}”" for use in every)
        raise NotFound(
            "There is no such use of pictures." if every else "No use of pictures is set up yet.",
            f"Uses: {known}." if every else "Open “Uses and wording” and add the standard ones.",
        )

    def versions_within(self, session: Session) -> Mapping[int, list[Version]]:
        """The versions of the wording of every use, by the number of the use."""
        found: dict[int, list[Version]] = defaultdict(list)
        asked = select(
            Wording.parent_id, Wording.number, Wording.same, Wording.called, Wording.words
        ).where(Wording.archived_at.is_(None))
        for use, number, same, called, words in session.execute(asked):
            text = rules.plain_words(called, words)
            found[use].append(Version(number or 1, same == "yes", text, called or ""))
        return found

    def shown_before(self, use: int, number: int) -> tuple[str, str] | None:
        """Name and words of an earlier version; None where it is the newest, or none at all."""
        with self.database.reading() as session:
            asked = select(Wording.number, Wording.called, Wording.words).where(
                Wording.parent_id == use, Wording.archived_at.is_(None)
            )
            found = {row.number or 1: row for row in session.execute(asked)}
        if number not in found or number == max(found):
            return None
        return str(found[number].called), str(found[number].words)

    # --- changing ------------------------------------------------------------------------

    def add_usual(self) -> Changes:
        """Adds the uses that policy 12.2 lists, in the usual words, except those already here."""
        here = {use.title.casefold() for use in self.every()}
        with self.database.changing() as change:
            made = {
                (self.register.key, self.save_within(change, {**self.blank().values, **each}).id)
                for each in usual_uses()
                if each["name"].casefold() not in here
            }
        return Changes(frozenset(made))

    # --- what the rules add --------------------------------------------------------------

    def surroundings(
        self, session: Session, scope: Scope[PhotoUse]
    ) -> Callable[[int], tuple[str, ...]]:
        """The names of the other uses."""
        asked = select(PhotoUse.id, PhotoUse.title).where(PhotoUse.archived_at.is_(None))
        names = [(number, title) for number, title in session.execute(asked)]
        return lambda number: tuple(title for other, title in names if other != number)

    def clashes(self, values: Values, around: tuple[str, ...]) -> dict[str, str]:
        """Another use may not have the name: neither could be chosen by it."""
        called = rules.plain_words(values["name"], "")
        same = next((name for name in around if rules.plain_words(name, "") == called), "")
        if not same:
            return {}
        said = f"“{same}” is a use already; capitals and full stops do not make another of it."
        return {"name": f"{said} Each use needs a name of its own."}

    def derive(self, values: Values, around: tuple[str, ...]) -> Derived:
        """Title: its name."""
        return Derived(str(values["name"]), "asked")

    def written(self, change: Change, row: PhotoUse, values: Values, *, made: bool) -> None:
        """Other words make a new version; the older ones stay as they were."""
        newest = change.session.scalar(
            select(Wording).where(Wording.parent_id == row.id).order_by(Wording.number.desc())
        )
        before = {} if newest is None else {"name": newest.called, "words": newest.words}
        if newest is not None and not rules.differs(before, values):
            return
        same = newest is not None and rules.means_the_same(before, values)
        version = {
            "number": 1 if newest is None else (newest.number or 0) + 1,
            "since": self.today(),
            "called": values["name"],
            "words": values["words"],
            "same": None if newest is None else "yes" if same else "no",
        }
        part = self.wordings.save_within(change, version, parent_id=row.id, guarded=False)
        change.touched.add((self.wordings.register.key, part.id))
