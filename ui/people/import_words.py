"""What an import of people says in words: whom its boxes are about, and what it did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dpdesk.law.words import count, listed, short_date
from dpdesk.people.matching import Fate, ImportPlan
from dpdesk.people.records import Person
from dpdesk.people.service import KnownPerson
from dpdesk.people.undoing import Imported
from dpdesk.registers.wording import show

Look = tuple[str, str, str]
"""Label, icon and colour of a group."""
Cells = Sequence[str]


def asked_about(plan: ImportPlan) -> Iterator[tuple[Look, Sequence[Cells]]]:
    """Those about whom the boxes below the list ask, by name; groups without anybody too."""
    yield (
        ("On record, but not in this list", "mdi6.account-off-outline", "warn"),
        [(each.name, _kind(each), _where(each), "") for each in plan.gone],
    )
    yield (
        ("In this list, but left before", "mdi6.account-reactivate-outline", "warn"),
        [
            (match.listed.name, _kind(known), _left(known), "In the list")
            for match in plan.back
            if (known := match.known) is not None
        ],
    )
    yield (
        ("In this list, but removed as a contact before", "mdi6.account-remove-outline", "warn"),
        [
            (link.adult.listed.name, f"Contact of {link.pupil.listed.name}", "Removed", "")
            for link in plan.removed
        ],
    )


def bring_back_said(plan: ImportPlan) -> str:
    """What the box asks about contacts who were removed."""
    if len(plan.removed) == 1:
        (link,) = plan.removed
        adult, pupil = link.adult.listed.name, link.pupil.listed.name
        return f"{adult} was removed as a contact of {pupil} before: bring back"
    return f"{len(plan.removed):,} contacts in this list were removed before: bring them back"


def counted(number: int) -> str:
    """Some people, as the beginning of a sentence."""
    return "1 person is" if number == 1 else f"{number:,} people are"


def done_said(
    done: Imported, plan: ImportPlan, *, left: int, bring_back: bool, returned: bool
) -> str:
    """What an import did; ``left``: so many were said to have left."""
    parts = [f"{len(done.made):,} new", f"{len(done.changed) - left:,} changed"]
    if left:
        parts.append(f"{left:,} left")
    if returned and plan.back:
        parts.append(f"{len(plan.back):,} back again")
    if bring_back and plan.removed:
        parts.append(f"{count(len(plan.removed), 'contact')} brought back")
    doubtful = len(plan.of(Fate.DOUBTFUL))
    if doubtful:
        parts.append(f"{doubtful:,} left out because nobody decided who they are")
    return f"{listed(parts)}." if len(parts) > 2 else f"{', '.join(parts)}."


def _kind(known: KnownPerson) -> str:
    return show(Person.register.field("kind"), known.kind)


def _where(known: KnownPerson) -> str:
    year = show(Person.register.field("year_group"), known.year_group)
    return known.form or year or str(known.values.get("post") or "") or known.reference


def _left(known: KnownPerson) -> str:
    day = known.values.get("left_on")
    return f"Left on {short_date(day)}" if day is not None else "Left"
