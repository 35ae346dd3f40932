"""Why something is not given, in sentences for the requester (UK GDPR Art 12(4))."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dpdesk import resources
from dpdesk.law import exemptions
from dpdesk.registers.fields import Values
from dpdesk.requests.conditions import PARTLY
from dpdesk.requests.letters import Withheld, lines


def withheld(
    values: Values, removed_for: tuple[str, ...] = (), *, for_child: bool = False
) -> Withheld:
    """What a request that is refused, or given or done in part, says about the rest.

    ``removed_for``: the plain words of the reasons for which the documents were redacted; they
    explain "everything is exempt" where no exemption was named. ``for_child``: the reasons are in
    words for a child who asks alone (UK GDPR Art 12(1)).
    """
    if values.get("outcome") not in PARTLY | {"refused"}:
        return Withheld()
    if for_child:
        removed_for = tuple(map(exemptions.for_child, removed_for))
    own = lines(values.get("refusal_why"))
    chosen = tuple(values.get("refusal_exemptions") or ())
    reasons: dict[str, None] = {}
    unexplained = False
    for code in values.get("refusal_ground") or ():
        row = _ground(code)
        told = tuple(_exemption(each, for_child=for_child) for each in chosen)
        named = (told or removed_for) if code == "exempt" else ()
        words = row.get("child") if for_child else None
        sentence = str(words or row["told"]).replace("{data subject}", str(values["subject"]))
        reasons.update(dict.fromkeys(named or (sentence,)))
        unexplained |= bool(row.get("why")) and not own and not named
    reasons.update(dict.fromkeys(own))
    return Withheld(
        tuple(reasons),
        " ".join(lines(values.get("refused_part"))).rstrip(". "),
        " ".join(lines(values.get("refusal_help"))),
        unexplained,
        in_part=values["outcome"] in PARTLY,
    )


def _exemption(code: str, *, for_child: bool) -> str:
    """An exemption as the requester may read it: neutral where its name would tell too much."""
    found = exemptions.reason(code)
    law = found.public_citation.replace("DPA 2018", "Data Protection Act 2018,")
    law = law.replace("Sch ", "Schedule ").replace(" para ", ", paragraph ")
    words = found.child if for_child else found.explanation
    return f"{words.rstrip('.')} ({law})."


def _ground(code: str) -> Mapping[str, Any]:
    rows = resources.kept("law", "requests.toml")["refusal_grounds"]
    row: Mapping[str, Any] = next(row for row in rows if row["code"] == code)
    return row
