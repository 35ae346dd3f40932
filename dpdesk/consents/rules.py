"""The pure decisions about consent: what holds for a pupil and a use, and why.

Whatever is not surely a yes is a no. The newest answer of each person counts; of those who may
decide, one refusal outweighs any number of consents.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dpdesk.consents.records import agreed, withdrew
from dpdesk.law.accents import in_form
from dpdesk.law.words import short_date
from dpdesk.registers.fields import Values


class Stands(StrEnum):
    """What holds for a pupil and a use; the words are those of commands and screens."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    NOT_ASKED = "not asked"
    EXPIRED = "expired"
    RESTRICTED = "restricted"
    """Not to be used, whatever was agreed (UK GDPR Arts 18 and 21)."""
    UNKNOWN = "unknown"
    """Of a name only: nobody, or more than one pupil, is known by it."""


class ConsentReason(StrEnum):
    """Why it holds."""

    PLAIN = "plain"
    DISAGREE = "disagree"
    """One of those who may decide agreed, another did not."""
    WISH = "wish"
    """The pupil does not want it."""
    NOBODY = "nobody"
    """Consent was given only by somebody who may not decide."""
    DATE = "date"
    """The answer held until a day that is over."""
    WORDS = "words"
    """The answer was given to words that mean something else by now."""


NO: Final = frozenset({"refused", "withdrawn"})
NO_STANDS: Final = frozenset({Stands.REFUSED, Stands.WITHDRAWN})
AHEAD: Final = dt.timedelta(days=60)
"""How long before answers end parents are asked again; forms take weeks to come back."""
_STAGE_ENDS: Final = {"N": 1, "R": 0}
_LAST_YEARS: Final = (2, 6, 9, 11, 13)
"""Year groups with which key stages end."""
_LAST_MONTH: Final = 8


@dataclass(frozen=True, slots=True)
class ConsentSaid:
    """One answer as it is stored."""

    number: int
    by: int | None
    """Number of the person; None where it is not recorded who answered."""
    answer: str
    day: dt.date
    wording: int = 1
    until: dt.date | None = None
    wish: str | None = None


@dataclass(frozen=True, slots=True)
class Deciders:
    """Who may decide for a pupil: those with parental responsibility, and the pupil if able."""

    pupil: int
    responsible: frozenset[int] = frozenset()
    competent: bool = False

    @property
    def all(self) -> frozenset[int]:
        """Numbers of the people whose answer counts."""
        return self.responsible | {self.pupil} if self.competent else self.responsible


@dataclass(frozen=True, slots=True)
class ConsentStanding:
    """What holds for a pupil and a use today."""

    stands: Stands = Stands.NOT_ASKED
    reason: ConsentReason = ConsentReason.PLAIN
    no: tuple[ConsentSaid, ...] = ()
    """The answers against it, newest first."""
    yes: tuple[ConsentSaid, ...] = ()
    """The answers for it that count, newest first."""
    until: dt.date | None = None
    """Of a consent: the last day on which it holds, where there is one."""
    said: str = ""
    """Of a restriction: what must not be done, in a sentence."""

    @property
    def allows(self) -> bool:
        """May a picture be used?"""
        return self.stands is Stands.GIVEN


NOT_ASKED: Final = ConsentStanding()


def order(day: dt.date, answer: str, number: int) -> tuple[dt.date, bool, int]:
    """By what answers of one person follow each other: the day, and then as they were recorded.

    Of one day a withdrawal comes last: whoever scans an older form in the afternoon must not
    bring back what was withdrawn in the morning.
    """
    return day, answer == "withdrawn", number


def _in_order(one: ConsentSaid) -> tuple[dt.date, bool, int]:
    return order(one.day, one.answer, one.number)


def latest(said: Iterable[ConsentSaid]) -> Mapping[int | None, ConsentSaid]:
    """The newest answer of each person (see :func:`order`)."""
    found: dict[int | None, ConsentSaid] = {}
    for each in sorted(said, key=_in_order):
        found[each.by] = each
    return found


def standing(
    said: Sequence[ConsentSaid],
    deciders: Deciders,
    holding: Collection[int],
    today: dt.date,
    wish: str | None = None,
) -> ConsentStanding:
    """What holds, given every answer to one use for one pupil.

    ``holding``: the versions of the wording to which an answer still counts. ``wish``: what the
    pupil said last beside answers to other uses; it counts where nothing was said beside these.
    """
    if not said:
        return NOT_ASKED
    newest = sorted(latest(said).values(), key=_in_order, reverse=True)
    # An answer of nobody in particular counts where it refuses, and not where it allows.
    counted = [s for s in newest if s.by in deciders.all or (s.by is None and s.answer in NO)]
    yes = tuple(s for s in counted if s.answer == "given")
    no = tuple(s for s in counted if s.answer in NO)
    if not counted:
        # Nobody who may decide has answered. A refusal by others is heeded all the same.
        no = tuple(s for s in newest if s.answer in NO)
    elif not no:
        # So is that of the pupil, and of somebody who could decide when they said so: it stands
        # until those who can have agreed after it, whatever a list says of them meanwhile.
        agreed_on = max(s.day for s in yes)
        no = tuple(
            s
            for s in newest
            if s.answer in NO
            and (s.by == deciders.pupil or (s.day, s.answer == "withdrawn") > (agreed_on, False))
        )
    if no:
        took_back = any(s.answer == "withdrawn" for s in no)
        stands = Stands.WITHDRAWN if took_back else Stands.REFUSED
        return ConsentStanding(
            stands, ConsentReason.DISAGREE if yes else ConsentReason.PLAIN, no, yes
        )
    if (_wish(said, deciders.pupil) or wish) == "no":
        return ConsentStanding(Stands.REFUSED, ConsentReason.WISH, (), yes)
    if not yes:
        return ConsentStanding(Stands.NOT_ASKED, ConsentReason.NOBODY, (), tuple(newest))
    in_time = [s for s in yes if s.until is None or s.until >= today]
    valid = tuple(s for s in in_time if s.wording in holding)
    if not valid:
        return ConsentStanding(
            Stands.EXPIRED, ConsentReason.WORDS if in_time else ConsentReason.DATE, (), yes
        )
    ends = [s.until for s in valid]
    until = None if None in ends else max(day for day in ends if day is not None)
    return ConsentStanding(Stands.GIVEN, ConsentReason.PLAIN, (), valid, until)


def last_wish(said: Iterable[ConsentSaid]) -> str | None:
    """What a pupil said last, noted beside an answer to whichever use."""
    wishes = [each for each in said if each.wish]
    return max(wishes, key=_in_order).wish if wishes else None


def _wish(said: Sequence[ConsentSaid], pupil: int) -> str | None:
    """What the pupil said last, noted beside one of these answers, or in an answer of their own."""
    found = None
    for each in sorted(said, key=_in_order):
        own = "yes" if each.by == pupil and each.answer == "given" else None
        found = each.wish or own or found
    return found


# --- in words -----------------------------------------------------------------------------


def why(found: ConsentStanding, names: Mapping[int, str], pupil: int) -> str:
    """Why it holds, in a sentence or two."""

    def who(one: ConsentSaid) -> str:
        if one.by is None:
            return "somebody"
        return "the pupil" if one.by == pupil else names.get(one.by, "somebody")

    def told(some: Sequence[ConsentSaid]) -> str:
        return "; ".join(f"{one.answer} by {who(one)} on {short_date(one.day)}" for one in some)

    match found.stands, found.reason:
        case Stands.RESTRICTED, _:
            words = found.said
        case _, ConsentReason.DISAGREE:
            words = f"They do not agree: {told(found.no)}; {told(found.yes)}."
        case _, ConsentReason.WISH:
            words = "The pupil does not want to be in pictures."
        case _, ConsentReason.NOBODY:
            words = f"Given only by someone who may not decide: {told(found.yes)}."
        case Stands.NOT_ASKED, _:
            words = "No answer is on record."
        case Stands.EXPIRED, ConsentReason.WORDS:
            words = f"The wording has changed since it was {told(found.yes[:1])}."
        case Stands.EXPIRED, _:
            ended = max(one.until for one in found.yes if one.until is not None)
            words = f"It was valid until {short_date(ended)}."
        case Stands.GIVEN, _:
            until = f", until {short_date(found.until)}" if found.until else ""
            words = f"Given by {who(found.yes[0])} on {short_date(found.yes[0].day)}{until}."
        case _:
            said = told(found.no)
            words = f"{said[:1].upper()}{said[1:]}."
    return words


# --- wordings -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the wording; ``same``: do answers to the version before still hold?"""

    number: int
    same: bool
    text: tuple[str, ...] = ()
    """Its words in plain form; the same words again are the same question again."""
    called: str = ""
    """What the use was called in it."""


def holding(versions: Iterable[Version]) -> frozenset[int]:
    """The versions to which an answer still counts: the newest, and those that mean the same."""
    ordered = sorted(versions, key=lambda one: one.number, reverse=True)
    found: set[int] = set()
    for each in ordered:
        found.add(each.number)
        if not each.same:
            break
    shown = ordered[0].text if ordered else ()
    return frozenset(found | {each.number for each in ordered if shown and each.text == shown})


def plain_words(name: object, words: object) -> tuple[str, ...]:
    """What parents read of a use, in plain form."""
    return (*_words(name), "", *_words(words))


def differs(before: Values, after: Values) -> bool:
    """Would parents read something else? Capitals, spaces and full stops do not matter."""
    return any(_words(before.get(n)) != _words(after.get(n)) for n in ("name", "words"))


def means_the_same(before: Values, after: Values) -> bool:
    """Is it surely the same use under another name?

    Only where its words are as they were, and the new name says nothing that parents had not read.
    """
    if _words(before.get("words")) != _words(after.get("words")):
        return False
    read = {*_words(before.get("name")), *_words(before.get("words"))}
    return set(_words(after.get("name"))) <= read | _LITTLE


_LITTLE: Final = frozenset("a an and at by for in of on or our the to us".split())


def _words(text: object) -> tuple[str, ...]:
    plain = in_form("NFKD", str(text or "").casefold())
    return tuple(re.findall(r"\w+", plain))


# --- one answer ---------------------------------------------------------------------------


def school_year_end(day: dt.date) -> dt.date:
    """The last day of August that comes next."""
    return dt.date(day.year + (day.month > _LAST_MONTH), _LAST_MONTH, 31)


def stage_end(year_group: str, day: dt.date) -> dt.date:
    """The end of the key stage of a pupil who is in that year group on that day.

    Where the year group is not known, the end of the school year.
    """
    first = school_year_end(day)
    if year_group in _STAGE_ENDS:
        more = _STAGE_ENDS[year_group]
    elif year_group.isdecimal():
        more = next((last - int(year_group) for last in _LAST_YEARS if last >= int(year_group)), 0)
    else:
        more = 0
    return first.replace(year=first.year + more)


def until(renewal: str | None, year_group: str, day: dt.date) -> dt.date | None:
    """The last day on which a consent of that day holds; None: until it is withdrawn."""
    if renewal == "year":
        return school_year_end(day)
    return stage_end(year_group, day) if renewal == "stage" else None


def renewed_until(
    renewal: str | None, year_group: str, day: dt.date, before: Collection[dt.date]
) -> dt.date | None:
    """The same where the person agrees again shortly before an earlier consent ends.

    ``before``: the last days of those. Whoever is asked in July means the year to come.
    """
    ends = until(renewal, year_group, day)
    if ends is None or ends not in before or ends - day > AHEAD:
        return ends
    above = {"N": "R", "R": "1"}.get(year_group) or (
        str(int(year_group) + 1) if year_group.isdecimal() else year_group
    )
    return until(renewal, above, ends + dt.timedelta(days=1))


def problems(values: Values, newest: int) -> dict[str, str]:
    """Sentences for answers that cannot be, by field name; ``newest`` version of the wording."""
    found: dict[str, str] = {}
    day, ends = (values.get(n) for n in ("asked_on", "valid_until"))
    given = agreed(values)
    if given and values.get("by_whom") is None:
        found["by_whom"] = "Say who gave consent. Without a name it does not count."
    if given and values.get("how") == "spoken":
        found["how"] = "Consent must be in writing (policy 12.2). Ask for a form or an e-mail."
    if values.get("wording") is not None and values["wording"] > newest:
        found["wording"] = f"The newest version of the wording is {newest}."
    if given and day is not None and ends is not None and ends < day:
        found["valid_until"] = "That is before the day of the answer."
    for name in ("closed_on", "told_others", "confirmed_on") if withdrew(values) else ():
        done = values.get(name)
        if day is not None and done is not None and done < day:
            found[name] = "That is before the withdrawal."
    return found


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What stands in the way of calling a withdrawal done: so many pictures of the pupil."""

    in_use: int = 0
    """For this use."""
    to_delete: int = 0
    """Used nowhere any more, kept, and without consent for anything."""


NOTHING_LEFT: Final = Unfinished()


def not_done(values: Values, left: Unfinished) -> dict[str, str]:
    """Why a withdrawal cannot be called done, by field name; policy 12.2, UK GDPR Art 19."""
    found: dict[str, str] = {}

    def pictures(number: int) -> str:
        return "A picture is" if number == 1 else f"{number} pictures are"

    def them(number: int) -> str:
        return "it" if number == 1 else "them"

    if left.in_use:
        found["closed_on"] = (
            f"{pictures(left.in_use)} still in use. Take {them(left.in_use)} down first; "
            "“Pictures” lists what is to be done."
        )
    elif left.to_delete:
        found["closed_on"] = (
            f"{pictures(left.to_delete)} still kept, and there is no consent left for any use. "
            f"Delete {them(left.to_delete)} first, or take the pupil out of the picture and say "
            "so in its note."
        )
    if values.get("others_had") not in {"yes", "no"}:
        found["others_had"] = "Say whether anybody outside the school had been given pictures."
    elif values["others_had"] == "yes" and values.get("told_others") is None:
        found["told_others"] = "Record the day on which they were told to stop (UK GDPR Art 19)."
    return found


def out_of_order(values: Values, others: Iterable[tuple[dt.date, str]]) -> dict[str, str]:
    """Why an answer of this day would not do what it says, by field name.

    ``others``: day and answer of everything else that the same person answered to the same.
    """
    day = values.get("asked_on")
    if day is None:
        return {}
    if agreed(values) and (day, "withdrawn") in others:
        return {
            "asked_on": "Consent was withdrawn on this very day, so an answer of the same day does "
            "not bring it back. If the parent agreed again since, give the day of that; if the "
            "withdrawal was recorded by mistake, archive it."
        }
    later = sorted(when for when, answer in others if answer == "given" and when > day)
    if withdrew(values) and later:
        return {
            "asked_on": f"Consent was given on {short_date(later[-1])}, after that day, so this "
            "withdrawal would change nothing. Give the day on which it came; if the form was "
            "signed earlier, put the day of that answer right first."
        }
    return {}


def state(values: Values, today: dt.date, *, replaced: bool) -> str:
    """Where one answer stands."""
    if withdrew(values):
        # It is done when everything was taken down, also where consent was given anew since.
        if values.get("closed_on") is not None:
            return "withdrawn"
        return "replaced" if replaced else "withdrawing"
    if replaced:
        return "replaced"
    until = values.get("valid_until")
    if agreed(values) and until is not None and until < today:
        return "expired"
    return str(values.get("answer") or "")
