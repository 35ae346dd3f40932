"""The pure decisions about impact assessments: is one needed, and where does it stand?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dpdesk.assets.assessed_service import AssetFacts
from dpdesk.assurance.coming_up import Standing
from dpdesk.assurance.dpia_records import QUESTIONS, goes_on
from dpdesk.assurance.pick_lists import setting
from dpdesk.law.steps import add_months
from dpdesk.law.words import listed
from dpdesk.registers.fields import Values

_ALONE = frozenset({"large_scale", "biometric", "children"})
"""Questions whose yes needs an assessment by itself, as the ICO's list and Art 35(3) go."""


@dataclass(frozen=True, slots=True)
class ScreeningProposal:
    """What the eight answers come to, with the reason in words."""

    verdict: str
    """needed, advisable, not_needed; empty while not all are answered."""
    because: str


@dataclass(frozen=True, slots=True)
class DpiaAround:
    """What stands around an assessment: the day it was made, its risks and its later looks."""

    made: dt.date
    risks: Sequence[Values] = ()
    looks: Sequence[Values] = ()
    """Newest first."""
    assets: Sequence[AssetFacts] = ()
    """What the linked assets say."""


def screened(values: Values) -> ScreeningProposal:
    """Is an assessment needed? From the eight questions and nothing else."""
    said = {name: values.get(name) for name in QUESTIONS}
    yes = [name for name in QUESTIONS if said[name] == "yes"]
    reasons = listed([_words(name) for name in yes])
    if set(yes) & _ALONE or len(yes) >= 2:
        return ScreeningProposal("needed", f"Needed, because {reasons}.")
    open_ = [name for name in QUESTIONS if said[name] not in {"yes", "no"}]
    if open_:
        left = "1 question is" if len(open_) == 1 else f"{len(open_)} questions are"
        return ScreeningProposal("", f"{left} open.")
    if yes:
        return ScreeningProposal("advisable", f"Advisable, because {reasons}.")
    return ScreeningProposal("not_needed", "Not needed: none of the eight applies.")


_REASONS = {
    "new_technology": "new technology is used",
    "large_scale": "it is done on a large scale",
    "monitoring": "people are watched systematically",
    "special": "special category or criminal offence data is used",
    "biometric": "biometric or genetic data is used",
    "automated": "a program decides about people or rates them",
    "matching": "data is combined, or got without telling people",
    "children": "children are profiled or targeted, or somebody could come to harm",
}


def _words(name: str) -> str:
    return _REASONS[name]


def residual_high(risks: Iterable[Values]) -> bool:
    """Is a high risk left after all that is done? Then the ICO is asked before it begins."""
    return any(risk.get("residual") == "high" for risk in risks)


def stands(values: Values, around: DpiaAround) -> Standing:
    """Where an assessment stands; due for its yearly look, or when a measure is due if sooner."""
    if not goes_on(values):
        return Standing("not_needed")
    outcome = around.looks[0]["outcome"] if around.looks else ""
    if outcome == "close":
        return Standing("closed")
    signed: dt.date | None = values.get("signed_on")
    waiting = [
        risk["until"] for risk in around.risks if risk.get("until") and not risk.get("done_on")
    ]
    if signed is None:
        state = "screening" if values.get("verdict") is None else "draft"
        if residual_high(around.risks) and values.get("ico_asked_on") is None:
            state = "consult"
        first = min([add_months(around.made, 1), *waiting])
        return Standing(state, first)
    if residual_high(around.risks) and values.get("ico_asked_on") is None:
        return Standing("consult", min([signed, *waiting]))
    looked = max([signed, *(each["day"] for each in around.looks)])
    again = add_months(looked, values.get("months") or setting("dpia_months"))
    changed = outcome == "change" and around.looks[0]["day"] >= signed
    return Standing("change" if changed else "signed", min([again, *waiting]))


def problems(values: Values, around: DpiaAround) -> dict[str, str]:
    """What contradicts itself, and what a sign-off still wants."""
    found: dict[str, str] = {}
    signed = values.get("signed_on")
    if signed is None or not goes_on(values):
        return found
    if values.get("verdict") is None:
        found["verdict"] = "Say first whether an assessment is needed."
    if not values.get("signed_by"):
        found["signed_by"] = "Say who signed it off."
    if not around.risks:
        found["signed_on"] = "There is no risk in it yet. Add at least one before you sign it off."
    unjudged = [risk["name"] for risk in around.risks if not risk.get("residual")]
    if unjudged:
        found["signed_on"] = f"Say how high the risk is that is left of “{unjudged[0]}”."
    asked = values.get("ico_asked_on")
    if asked is not None and asked > signed:
        found["ico_asked_on"] = "The ICO is asked before the sign-off, not after it."
    return found
