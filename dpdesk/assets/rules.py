"""The pure decisions of the asset register: findings, completeness, state and next review."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, NamedTuple

from dpdesk.assets.conditions import abroad, assessed, holds_personal, special
from dpdesk.assets.parts import Purpose
from dpdesk.assets.pick_lists import GapFound, gaps, screening, setting
from dpdesk.assets.records import Asset
from dpdesk.assets.system_records import contracted, processes
from dpdesk.law import bases
from dpdesk.law.bases import Right
from dpdesk.law.steps import add_months
from dpdesk.law.words import listed, long_date
from dpdesk.registers.fields import Field, Register, Values
from dpdesk.registers.flagging import UseFlag


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around an asset: its purposes, its systems, and its latest review.

    ``purposes`` and ``systems`` hold answers, and below are the numbers of their entries in the
    same order; ``created`` is the day on which it was entered.
    """

    created: dt.date
    purposes: tuple[Values, ...] = ()
    systems: tuple[Values, ...] = ()
    reviewed: dt.date | None = None
    purpose_numbers: tuple[int, ...] = ()
    system_numbers: tuple[int, ...] = ()
    unknown_systems: tuple[str, ...] = ()
    """References that no system has."""
    flags: tuple[UseFlag, ...] = ()
    """Restrictions and objections that stand on it."""

    def numbered_purposes(self) -> Iterator[tuple[int, Values]]:
        """Each purpose with the number of its entry; 0 where that is not known."""
        return _numbered(self.purpose_numbers, self.purposes)

    def numbered_systems(self) -> Iterator[tuple[int, Values]]:
        """Each system with the number of its entry; 0 where that is not known."""
        return _numbered(self.system_numbers, self.systems)


def _numbered(
    numbers: tuple[int, ...], answers: tuple[Values, ...]
) -> Iterator[tuple[int, Values]]:
    return zip(numbers or (0,) * len(answers), answers, strict=True)


class GapReason(NamedTuple):
    """The reason of a finding, and where it is mended if not at its usual question.

    ``number`` of the purpose that it is about, or of the entry of another ``register``.
    """

    reason: str
    field: str = ""
    register: str = ""
    number: int = 0


_Rule = Callable[[Values, Around], Iterator[GapReason]]
_SYSTEMS: Final = "systems"

# ---------------------------------------------------------------------------------- findings


def findings(values: Values, around: Around, today: dt.date | None = None) -> tuple[GapFound, ...]:
    """Every finding of an asset, each with its own reason, in the order of the list.

    Without ``today`` those that depend on the day are left out.
    """
    told = [(key, each) for key, rule in _RULES.items() for each in rule(values, around)]
    if today is not None:
        told += _of_today(values, around, today)
    order = list(gaps())
    told.sort(key=lambda each: order.index(each[0]))
    return tuple(GapFound(gaps()[key], *each) for key, each in told)


def _no_owner(values: Values, around: Around) -> Iterator[GapReason]:
    if not values.get("owner"):
        yield GapReason("Nobody is named as its owner.")


def _unsure(values: Values, around: Around) -> Iterator[GapReason]:
    if values.get("personal") not in {"yes", "no"}:
        yield GapReason("It is not known whether it holds personal data.")


def _no_basis(values: Values, around: Around) -> Iterator[GapReason]:
    if not holds_personal(values):
        return
    if not around.purposes:
        yield GapReason("It holds personal data, but no purpose is given.")
    for number, purpose in around.numbered_purposes():
        if not purpose.get("basis"):
            told = f"The purpose “{purpose['purpose']}” has no lawful basis."
            yield GapReason(told, number=number)


def _habit(values: Values, around: Around) -> Iterator[GapReason]:
    for number, purpose in _purposes(values, around):
        if purpose.get("basis") == "public_task" and not purpose.get("task_law"):
            told = (
                f"“{purpose['purpose']}” relies on public task, which rarely applies to "
                "an independent school, and no law is named that gives the school that "
                "task."
            )
            yield GapReason(told, number=number)
        if purpose.get("basis") == "consent" and purpose.get("can_withdraw") == "no":
            told = (
                f"“{purpose['purpose']}” relies on consent, but the school would carry "
                "on if consent were withdrawn, so consent is the wrong basis."
            )
            yield GapReason(told, number=number)
    yield from _contract_with_others(values, around)
    yield from _decided_by_computer(values, around)


def _contract_with_others(values: Values, around: Around) -> Iterator[GapReason]:
    """Contract as the only basis for data of pupils, whose parents have signed."""
    given = [purpose["basis"] for purpose in around.purposes if purpose.get("basis")]
    if set(given) != {"contract"} or not bases.no_party(values.get("people_kinds")):
        return
    for number, purpose in _purposes(values, around):
        told = (
            f"“{purpose['purpose']}” relies on contract, but pupils’ data is used and the "
            "contract is with their parents. Legitimate interests or a legal obligation usually "
            "applies instead, and people’s rights change with it."
        )
        yield GapReason(told, number=number)


def _decided_by_computer(values: Values, around: Around) -> Iterator[GapReason]:
    """What a computer alone may hardly ever decide (UK GDPR Art 22B, since 5 February 2026)."""
    if values.get("automated") != "yes":
        return
    for number, purpose in _purposes(values, around):
        name = purpose["purpose"]
        if purpose.get("basis") == "recognised_interest":
            told = (
                f"“{name}” relies on a recognised legitimate interest, and no decision that "
                "matters to people may then be made by computer alone (UK GDPR Art 22B)."
            )
            yield GapReason(told, number=number)
        elif (
            bases.art9(values.get("data_kinds"))
            and _needs_condition(values, purpose)
            and purpose.get("art9") not in {None, "consent", "substantial"}
        ):
            told = (
                f"“{name}” uses special category data, and decisions based on that may hardly ever "
                "be made by computer alone (UK GDPR Art 22B). Check with your adviser."
            )
            yield GapReason(told, number=number)


def _no_consent_record(values: Values, around: Around) -> Iterator[GapReason]:
    for number, purpose in _purposes(values, around):
        if purpose.get("basis") == "consent" and not purpose.get("consent_record"):
            told = f"There is no record of the consents to “{purpose['purpose']}”."
            yield GapReason(told, number=number)


def _no_condition(values: Values, around: Around) -> Iterator[GapReason]:
    for number, purpose in _purposes(values, around):
        if not _needs_condition(values, purpose):
            continue
        name, art9, sch1 = purpose["purpose"], purpose.get("art9"), purpose.get("sch1")
        kinds = values.get("data_kinds")
        # The conditions are asked for once it is said that the purpose needs such data.
        said = purpose.get("uses_special") == "yes"
        if not art9 and (bases.art9(kinds) or not special(values)):
            told = f"“{name}” uses special category data but has no Article 9 condition."
            yield GapReason(told, "art9" if said else "", number=number)
        elif not sch1 and bases.criminal(kinds):
            told = f"“{name}” uses criminal offence data but has no Schedule 1 condition."
            yield GapReason(told, "sch1" if said else "", number=number)
        elif not sch1 and bases.needs_schedule_1(art9):
            told = f"The Article 9 condition for “{name}” also needs a Schedule 1 condition."
            yield GapReason(told, "sch1" if said else "", number=number)


def _no_policy_document(values: Values, around: Around) -> Iterator[GapReason]:
    if values.get("policy_document"):
        return
    for _, purpose in _purposes(values, around):
        if _needs_condition(values, purpose) and bases.needs_policy_document(purpose.get("sch1")):
            told = (
                f"The Schedule 1 condition for “{purpose['purpose']}” requires an "
                "appropriate policy document."
            )
            # Where it is kept is asked of what holds such data.
            yield GapReason(told) if special(values) else GapReason(told, "data_kinds")


def _no_lia(values: Values, around: Around) -> Iterator[GapReason]:
    for number, purpose in _purposes(values, around):
        if purpose.get("basis") == "legitimate_interests" and purpose.get("lia_done") is None:
            told = (
                "There is no date for the legitimate interests assessment of "
                f"“{purpose['purpose']}”."
            )
            yield GapReason(told, number=number)


def _no_safeguard(values: Values, around: Around) -> Iterator[GapReason]:
    if abroad(values) and not (values.get("safeguards") or values.get("safeguard_words")):
        where = values.get("countries")
        yield GapReason(
            f"Data is sent to or kept in {where}, with no safeguard recorded."
            if where
            else "Data is sent or kept outside the UK, with no safeguard recorded."
        )
    if not holds_personal(values):
        return
    own = values.get("safeguards") or values.get("safeguard_words")
    for number, system in around.numbered_systems():
        if system.get("stored") in {"eea", "elsewhere"} and not (system.get("safeguards") or own):
            told = f"The system {system['name']} keeps data abroad without a safeguard."
            yield GapReason(told, "", _SYSTEMS, number)


def _no_retention(values: Values, around: Around) -> Iterator[GapReason]:
    if holds_personal(values) and values.get("retention_rule") is None:
        yield GapReason("No class of the retention schedule is chosen.")


def _not_followed(values: Values, around: Around) -> Iterator[GapReason]:
    if (
        holds_personal(values)
        and values.get("retention_kept") == "no"
        and not values.get("retention_why")
    ):
        yield GapReason("Its retention rule is not followed, and no reason is given.")


def _no_screening(values: Values, around: Around) -> Iterator[GapReason]:
    reasons = [text for text, _ in triggers(values)]
    if reasons and bases.vulnerable(values.get("people_kinds")):
        # By itself this is no reason: every record of pupils would need one.
        reasons.append("it profiles or targets children or other vulnerable people")
    if reasons and values.get("dpia_screened") is None and not assessed(values):
        yield GapReason(f"Screening is due, as {listed([_lower(each) for each in reasons])}.")


def _no_dpia(values: Values, around: Around) -> Iterator[GapReason]:
    if assessed(values) and values.get("dpia_progress") not in {"done", "review"}:
        yield GapReason("An impact assessment is needed but not signed off.")


def _no_contract(values: Values, around: Around) -> Iterator[GapReason]:
    if not holds_personal(values):
        return
    if values.get("processors") and not values.get("contract"):
        yield GapReason("Suppliers process it for the school, but no contract is recorded.")
    for number, system in around.numbered_systems():
        if processes(system) and not contracted(system):
            told = f"The supplier of {system['name']} processes it, but no contract is recorded."
            yield GapReason(told, "", _SYSTEMS, number)


_RULES: Final[Mapping[str, _Rule]] = {
    "no_owner": _no_owner,
    "unsure": _unsure,
    "no_basis": _no_basis,
    "habit": _habit,
    "no_consent_record": _no_consent_record,
    "no_condition": _no_condition,
    "no_policy_document": _no_policy_document,
    "no_lia": _no_lia,
    "no_safeguard": _no_safeguard,
    "no_retention": _no_retention,
    "not_followed": _not_followed,
    "no_screening": _no_screening,
    "no_dpia": _no_dpia,
    "no_contract": _no_contract,
}


def _of_today(values: Values, around: Around, today: dt.date) -> Iterator[tuple[str, GapReason]]:
    due = next_review(values, around)
    if due < today:
        told = f"Its review with the owner was due by {long_date(due)}."
        yield "overdue", GapReason(told)
    if not holds_personal(values):
        return
    for number, system in around.numbered_systems():
        end = system.get("contract_end")
        if contracted(system) and end is not None and end < today:
            told = f"The contract for {system['name']} ended on {long_date(end)}."
            yield "no_contract", GapReason(told, "contract_end", _SYSTEMS, number)


def _purposes(values: Values, around: Around) -> Iterator[tuple[int, Values]]:
    if holds_personal(values):
        yield from around.numbered_purposes()


def _needs_condition(values: Values, purpose: Values) -> bool:
    """Does the purpose use what is protected more? Unsaid counts as yes where there is any."""
    said = purpose.get("uses_special")
    return said == "yes" or (said != "no" and special(values))


def triggers(values: Values) -> tuple[tuple[str, str], ...]:
    """What makes a screening for an impact assessment due: words and source of each."""
    if not holds_personal(values):
        return ()
    facts = {
        **{name: values.get(name) == "yes" for name in screening()},
        "special": special(values),
    }
    return tuple(told for name, told in screening().items() if facts[name])


# --------------------------------------------------------------------- completeness and state


def completeness(values: Values, around: Around) -> tuple[int, int]:
    """How many of the questions that want an answer have one, purposes included."""
    done, asked = _answered(Asset.register, values)
    if holds_personal(values) and not around.purposes:
        asked += 1
    for _, purpose in _purposes(values, around):
        one, all_ = _answered(Purpose.register, purpose)
        done, asked = done + one, asked + all_
    return done, asked


def _answered(register: Register, values: Values) -> tuple[int, int]:
    wanted = [field for field in _wanted(register.key) if field.applies(values)]
    given = sum(values.get(field.name) not in {None, "", ()} for field in wanted)
    return given, len(wanted)


@cache
def _wanted(key: str) -> tuple[Field, ...]:
    register = {each.key: each for each in (Asset.register, Purpose.register)}[key]
    return tuple(field for field in register.fields if field.wanted or field.required)


def state(values: Values, around: Around) -> str:
    """Where an asset stands; it does not depend on the day, so that it never grows stale."""
    return state_of(findings(values, around), *completeness(values, around))


def state_of(found: Sequence[GapFound], answered: int, asked: int) -> str:
    """The same from the findings of no day and the meter, where these are known already."""
    if found:
        return "gaps"
    return "complete" if answered == asked else "incomplete"


def next_review(values: Values, around: Around) -> dt.date:
    """The day by which it is reviewed with its owner: some months after the last time.

    A new entry is confirmed sooner.
    """
    last = last_review(values, around)
    if last is None:
        return add_months(around.created, setting("first_review_months"))
    return add_months(last, int(values.get("review_months") or setting("review_months")))


def last_review(values: Values, around: Around) -> dt.date | None:
    """The day on which it was last reviewed with its owner."""
    days = [day for day in (values.get("confirmed"), around.reviewed) if day is not None]
    return max(days, default=None)


def contract_until(values: Values, around: Around) -> dt.date | None:
    """The first day on which a contract with a processor among the systems ends."""
    if not holds_personal(values):
        return None
    ends = [system.get("contract_end") for system in around.systems if contracted(system)]
    return min((end for end in ends if end is not None), default=None)


def rights(values: Values, around: Around) -> tuple[Right, ...]:
    """The rights that people have, as they follow from all lawful bases of the asset."""
    return rights_of(values, around.purposes)


def rights_of(values: Values, purposes: tuple[Values, ...]) -> tuple[Right, ...]:
    """The rights that follow from the lawful bases of some of its purposes."""
    if not holds_personal(values):
        return ()
    chosen: list[Any] = [purpose.get("basis") for purpose in purposes if purpose.get("basis")]
    return bases.rights(
        chosen, automated=values.get("automated") == "yes", transfers=abroad(values)
    )


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
