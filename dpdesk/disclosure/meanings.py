"""Who is meant by a name on a page, and whether it is one at all.

A whole name says it. A first name alone is the one person of that name who is named wholly in the
same document, else in the others, else everybody of the register who bears it. What may be a word,
or somebody who stays, is never proposed: it goes onto the list to look through.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from dpdesk.disclosure.candidates import (
    PERSON,
    PartyStanding,
    SuggestedGroup,
    cues,
    kinds,
    name_words,
)
from dpdesk.disclosure.known_people import KnownPeople
from dpdesk.disclosure.letters import folded
from dpdesk.disclosure.mentions import LOWER_LEAST, Mention
from dpdesk.disclosure.name_tokens import first_names, usual_firsts, wordy

_FAMILY: Final = frozenset(
    {"family", "twins", "brothers", "sisters", "household", "parents", "boys"}
)
_SEVERAL: Final = frozenset({"the", "both", "two", "all"})
"""Before a name in the plural."""
_GROUPS: Final = frozenset({"class", "house", "team", "group", "set", "form"})
_FREE: Final = PartyStanding.OTHER
_SEXES: Final = {"mr": "m", "sir": "m", "master": "m", "mrs": "f", "miss": "f", "ms": "f"}
_SEASONS: Final = frozenset({"spring", "summer", "autumn", "winter"})
_WHEN: Final = frozenset(
    "in by until till since from to of early late mid last next this during before after on every "
    "end for and or through between around st nd rd th".split()
)
_PLAINLY: Final = 5
"""Letters of a name of which a misspelling is shown though nobody of it is named anywhere."""
_AT_THE_START: Final = 7
"""The same where it begins a sentence, as any word does with a capital."""
_HARDLY: Final = "May be an ordinary word."
_AFTER_WORDS: Final = frozenset(
    "of or and by with in at on for from to before after notes is are was were".split()
)
"""What follows a word that begins a sentence, and seldom a name."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """Who is meant: a group, what is special about this place, and whether it is doubtful."""

    group: SuggestedGroup
    why: str = ""
    doubtful: bool = False


class PlacedMention(NamedTuple):
    """A mention with the document in which it stands."""

    document: int
    mention: Mention


class Meanings:
    """Decides who is meant by mentions, once all pages were read."""

    def __init__(
        self, people: KnownPeople, lower: set[str], mentions: Iterable[PlacedMention]
    ) -> None:
        self._people = people
        self._lower = lower
        self._subject = people.of(PartyStanding.SUBJECT)
        self._requester = people.of(PartyStanding.REQUESTER)
        self._in: defaultdict[int, set[int]] = defaultdict(set)
        """Who is named wholly, by document; 0 for all of them."""
        every = tuple(mentions)
        for placed in every:
            parties = placed.mention.parties
            if parties and not placed.mention.near:
                self._in[placed.document] |= parties
                self._in[0] |= parties
        self._groups: dict[str, SuggestedGroup] = {}
        self._sure = {
            (placed.document, placed.mention.parts[0])
            for placed in every
            if self._is_sure(placed.mention)
        }
        """Names that are also words and stand in a document where they can hardly be the word."""

    def _is_sure(self, mention: Mention) -> bool:
        token = mention.token
        beside = mention.capital_before and mention.before not in self._people.by_name
        if mention.form == "whole":
            return False
        return (
            mention.form == "single"
            and token is not None
            and (
                mention.listed
                or (
                    token.capital
                    and not token.starts
                    and not token.shouted
                    and mention.before not in cues("things")
                    and not mention.capital_after
                    and not beside
                    and not mention.after[:1].isdecimal()
                    and mention.parts[0] not in name_words("months")
                )
            )
        )

    @property
    def present(self) -> set[int]:
        """Everybody who is named wholly somewhere."""
        return self._in[0]

    def of(self, placed: PlacedMention) -> Meaning | None:
        """Who is meant; None where it is no name."""
        mention = placed.mention
        match mention.form:
            case "whole" | "inside":
                return self._whole(mention)
            case "user" | "careless":
                return self._user(mention)
            case "initials":
                return self._initials(placed)
            case "titled":
                return self._titled(placed)
            case "pair":
                return self._pair(mention)
            case _:
                return self._single(placed)

    # --- groups --------------------------------------------------------------------------

    def group_of(self, parties: Iterable[int], said: str) -> tuple[SuggestedGroup, bool]:
        """The group of these people, and whether it is doubtful who of them is meant."""
        found = sorted(set(parties))
        if self._subject.intersection(found):
            return self._of_party(min(self._subject.intersection(found))), len(found) > 1
        if len(found) == 1:
            return self._of_party(found[0]), False
        some = [self._people.parties[one] for one in found]
        standings = {party.standing for party in some}
        standing = standings.pop() if len(standings) == 1 else PartyStanding.OTHER
        key = "name:" + folded(said)
        label = f"“{said}” ({len(found):,} people of that name)"
        names = ", ".join(party.label for party in some[:4]) + (" …" if len(some) > 4 else "")
        return self._group(key, label, standing, f"May be {names}."), bool(standings)

    def _of_party(self, number: int) -> SuggestedGroup:
        party = self._people.parties[number]
        return self._group(party.key, party.label, party.standing, party.why)

    def _group(self, key: str, label: str, standing: PartyStanding, why: str) -> SuggestedGroup:
        if key not in self._groups:
            reason = kinds()[PERSON].reason
            self._groups[key] = SuggestedGroup(key, label, PERSON, standing, reason, why)
        return self._groups[key]

    # --- names that say who ---------------------------------------------------------------

    def _whole(self, mention: Mention) -> Meaning:
        group, doubtful = self.group_of(self._narrowed(mention.parties), _said(mention))
        why = "Spelt nearly like the name." if mention.near else ""
        if doubtful and not self._subject.isdisjoint(mention.parties):
            return Meaning(group, "Somebody else in the register has the same name.")
        if doubtful:
            return Meaning(group, "A member of staff, or somebody else with the same name.", True)
        if mention.prose:
            return Meaning(group, "Written in small letters: may be two ordinary words.", True)
        if not self._subject.isdisjoint(mention.parties) and len(mention.parts[0]) == 1:
            why = ""
        return Meaning(group, why)

    def _user(self, mention: Mention) -> Meaning:
        """What somebody may be called on a computer; who is kept anyway is kept so too."""
        group, several = self.group_of(self._narrowed(mention.parties), _said(mention))
        doubtful = several or group.standing is _FREE
        why = "May be a user name." if mention.form == "user" else "May be a name typed in haste."
        return Meaning(group, why if doubtful else "", doubtful)

    def _narrowed(self, parties: frozenset[int]) -> frozenset[int]:
        """A name that only the documents give is the one of the register, where both fit."""
        known = frozenset(p for p in parties if self._people.parties[p].kind != "met")
        return known or parties

    def _initials(self, placed: PlacedMention) -> Meaning | None:
        mention = placed.mention
        here = mention.parties & self._in[placed.document]
        found = here or mention.parties & (self._in[0] | self._subject)
        if not found or (len(mention.parts) == 1 and not here):
            return None
        if self._subject & found:
            return Meaning(self._of_party(min(self._subject & found)))
        group, several = self.group_of(found, "".join(mention.parts).upper())
        # With their dots they can hardly be anything else.
        sure = len(mention.parts) > 1 and not several and len(found) == 1
        return Meaning(group, "" if sure else "May be somebody’s initials.", doubtful=not sure)

    def _titled(self, placed: PlacedMention) -> Meaning:
        mention = placed.mention
        surname = mention.parts[-1]
        found = set(mention.parties)
        if not found and len(mention.parts) == 1:
            bearing = self._people.by_name.get(surname)
            found = set(bearing.surname) if bearing is not None else set()
        parties = self._people.parties
        sex = _SEXES.get(mention.title, "")
        found = {one for one in found if parties[one].sex in {"", sex} or not sex}
        found = {one for one in found if parties[one].adult} or (
            found if mention.parties else set()
        )
        near = self._nearest(found, placed.document)
        if not near:
            return self._unknown_titled(mention)
        group, doubtful = self.group_of(near, f"Mr or Mrs {surname.title()}")
        if doubtful:
            return Meaning(group, "A member of staff, or somebody else with that name.", True)
        return Meaning(group)

    def _unknown_titled(self, mention: Mention) -> Meaning:
        said = " ".join(part.title() for part in mention.parts)
        surname = mention.parts[-1]
        for number in sorted(self._requester):
            sex = _SEXES.get(mention.title, "")
            if sex and self._people.parties[number].sex not in {"", sex}:
                continue
            if any(surname in name.surname for name in self._people.names(number)):
                return Meaning(self._of_party(number))
        return Meaning(
            self._group(
                f"met:mr {surname}", f"Mr or Mrs {said}", PartyStanding.OTHER,
                "Nobody in the register has this name."
            )
        )  # fmt: skip

    def _nearest(self, parties: set[int], document: int) -> set[int]:
        """Those of them who are named wholly here; else in other documents; else all."""
        for where in (document, 0):
            here = parties & self._in[where]
            if here:
                return here
        return parties & (self._subject | self._requester) or parties

    def _pair(self, mention: Mention) -> Meaning | None:
        if self._is_crowned(mention):
            return None
        said = " ".join(part.title() for part in mention.parts)
        return Meaning(
            self._group(
                "met:" + " ".join(mention.parts), said, PartyStanding.OTHER,
                "Nobody in the register has this name."
            )
        )  # fmt: skip

    # --- first names and surnames alone ---------------------------------------------------

    def _single(self, placed: PlacedMention) -> Meaning | None:
        mention = placed.mention
        letters = mention.parts[0]
        doubt = self._doubt(placed)
        if doubt is None or self._is_crowned(mention):
            return None
        if mention.near:
            return self._nearly(placed, doubt)
        bearing = self._people.by_name.get(letters)
        if bearing is None:
            group = self._group(
                f"name:{letters}", letters.title(), PartyStanding.OTHER,
                "A first name; nobody in the register has it."
            )  # fmt: skip
            return Meaning(group, doubt, bool(doubt))
        return self._borne(placed, letters, doubt)

    def _is_crowned(self, mention: Mention) -> bool:
        """Whether it names a church, a school or a king: St Jude's."""
        if mention.before not in name_words("crowned"):
            return False
        bearing = self._people.by_name.get(mention.before)
        return bearing is None or not (bearing.given | bearing.nick | bearing.surname)

    def _borne(self, placed: PlacedMention, letters: str, doubt: str) -> Meaning:
        bearing = self._people.by_name[letters]
        own, every = bearing.given | bearing.surname, bearing.given | bearing.surname | bearing.nick
        here, anywhere = self._in[placed.document], self._in[0]
        subject = every & self._subject
        others = own - self._subject
        if subject:
            rival = others & here if own & subject else others & anywhere
            if not rival:
                return Meaning(self._of_party(min(subject)), doubt)
            group, _ = self.group_of(rival, letters.title())
            return Meaning(group, "May be the person whose data it is.", doubtful=True)
        # Ellie is a short form of Helen, who is a teacher; but somebody may be called Ellie.
        free = {one for one in every & here if self._people.parties[one].standing is _FREE}
        steps = (own & here, free, own & anywhere, set() if own else every & here, every & anywhere)
        chosen = next((step for step in steps if step), set[int]())
        if not chosen:
            chosen = own or every
            if not own:
                doubt = doubt or "A short form; nobody with the full name is named here."
        group, mixed = self.group_of(chosen, letters.title())
        if mixed:
            doubt = doubt or "A member of staff, or somebody else with that name."
        return Meaning(group, doubt, bool(doubt))

    def _nearly(self, placed: PlacedMention, doubt: str) -> Meaning | None:
        """A misspelt name alone is believed where its owner is named in the same document."""
        mention = placed.mention
        names = {name for name in mention.near_names if name in self._people.by_name}
        bearers: set[int] = set()
        for name in names:
            bearing = self._people.by_name[name]
            bearers |= bearing.given | bearing.surname
        here = bearers & self._in[placed.document]
        why = "Spelt nearly like " + " or ".join(name.title() for name in sorted(names)) + "."
        if bearers & self._subject and not here - self._subject:
            return Meaning(self._of_party(min(bearers & self._subject)), why)
        if not here:
            anywhere = bearers & self._in[0]
            if not anywhere and not _is_plainly_named(mention, names):
                return None
            group, _ = self.group_of(anywhere or bearers, _said(mention))
            return Meaning(group, why, doubtful=True)
        group, mixed = self.group_of(here, _said(mention))
        starts = mention.token is not None and mention.token.starts
        return Meaning(group, doubt or why, bool(doubt) or mixed or starts)

    def _doubt(self, placed: PlacedMention) -> str | None:
        """Why a single name may be none; None where it is none."""
        mention, token = placed.mention, placed.mention.token
        if token is None:
            return None
        letters = mention.parts[0]
        if not token.capital:
            return self._doubt_small(placed, letters)
        if mention.several and mention.before in _SEVERAL:
            return ""
        if mention.after in _FAMILY:
            return ""
        if letters in name_words("months"):
            bearing = self._people.by_name.get(letters)
            given = bearing.given if bearing is not None else set[int]()
            named = not given.isdisjoint(self._in[placed.document])
            return "" if mention.listed else _doubt_month(mention, named=named)
        small = letters in self._lower and letters not in first_names()
        if letters not in name_words("words") and not small:
            if mention.after in _GROUPS:
                return "May be the name of a class or house."
            return self._doubt_usual(mention, letters)
        return self._doubt_word(placed, letters)

    def _doubt_small(self, placed: PlacedMention, letters: str) -> str | None:
        bearing = self._people.by_name.get(letters)
        if bearing is None or letters in wordy() or letters in cues("usual"):
            return None
        if len(letters) < LOWER_LEAST or not (bearing.given | bearing.surname):
            return None
        here = (bearing.given | bearing.surname) & self._in[placed.document]
        return "" if here else "Written with a small letter."

    def _doubt_usual(self, mention: Mention, letters: str) -> str:
        """A first name, or what somebody is called for short, that is also a word: Kit, Grant, Fee.

        It is believed where somebody is called so, or where it stands in a sentence as names do.
        """
        if letters not in usual_firsts():
            return ""
        bearing, token = self._people.by_name.get(letters), mention.token
        counted = mention.after[:1].isdecimal()
        if token is None or token.owns or mention.listed:
            return ""
        if bearing is not None and (bearing.given or bearing.surname):
            thing = mention.before in cues("things") or mention.after == "of"
            return _HARDLY if counted or thing or mention.capital_before else ""
        beside = mention.capital_before or mention.capital_after or counted
        if token.shouted or beside or mention.before in cues("things"):
            return _HARDLY
        return _HARDLY if token.starts and mention.after not in name_words("doing") else ""

    def _doubt_word(self, placed: PlacedMention, letters: str) -> str | None:
        """A name that is also a word: Will, Grace, Young, Hall."""
        mention, token = placed.mention, placed.mention.token
        assert token is not None
        if token.owns:
            return "" if mention.before not in cues("things") else _HARDLY
        bearing = self._people.by_name.get(letters)
        if mention.before in cues("things") or mention.after in _GROUPS or bearing is None:
            return None
        if mention.listed:
            return ""
        if mention.after[:1].isdecimal() or mention.several:
            return _HARDLY
        given = bearing.given | bearing.nick
        here = (given | bearing.surname) & self._in[placed.document]
        sure = here or (placed.document, letters) in self._sure
        if token.starts and mention.after in name_words("after"):
            return _HARDLY if sure or token.ends else None
        if token.starts or token.shouted:
            believed = given and sure and not token.shouted and not mention.capital_after
            return "" if believed and mention.after not in _AFTER_WORDS else _HARDLY
        odd = (
            mention.capital_after
            or (mention.capital_before and mention.before not in self._people.by_name)
            or letters in _SEASONS
            or mention.after in {"of", "or"}
        )
        if not here and (odd or not given):
            return _HARDLY
        return ""


def _is_plainly_named(mention: Mention, names: Iterable[str]) -> bool:
    """Whether a misspelt word stands as a name does, of names long enough to be hardly another."""
    token = mention.token
    return (
        token is not None
        and token.capital
        and not token.shouted
        and not (mention.capital_before or mention.capital_after)
        and mention.parts[0] not in name_words("months")
        and max(map(len, names), default=0) >= (_AT_THE_START if token.starts else _PLAINLY)
    )


def _doubt_month(mention: Mention, *, named: bool) -> str | None:
    token = mention.token
    assert token is not None
    if token.owns:
        return ""
    if mention.before in _WHEN or mention.before.isdecimal() or mention.after[:1].isdecimal():
        return None
    if mention.before[:-2].isdecimal() or (token.starts and mention.after in name_words("after")):
        return None
    if named and not (token.starts or token.shouted or mention.capital_after):
        return ""
    return "May be the month."


def _said(mention: Mention) -> str:
    return " ".join(part.title() if len(part) > 1 else part.upper() for part in mention.parts)
