"""Why something is not given, in sentences for the requester (UK GDPR Art 12(4))."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dpdesk import resources
from dpdesk.law.exemptions import reason
from dpdesk.registers.fields import Values
from dpdesk.requests.letters import Withheld, lines


def withheld(values: Values, removed_for: tuple[str, ...] = ()) -> Withheld:
    """What a request that is refused, or given in part, says about what is not given.

    ``removed_for``: the plain words of the reasons for which the documents were redacted; they
    explain "everything is exempt" where no exemption was named.
    """
    if values.get("outcome") not in {"refused", "given_in_part"}:
        return Withheld()
    own = lines(values.get("refusal_why"))
    exemptions = tuple(values.get("refusal_exemptions") or ())
    reasons: dict[str, None] = {}
    unexplained = False
    for code in values.get("refusal_ground") or ():
        row = _ground(code)
        named = (tuple(map(_exemption, exemptions)) or removed_for) if code == "exempt" else ()
        sentence = str(row["told"]).replace("{data subject}", str(values["subject"]))
        reasons.update(dict.fromkeys(named or (sentence,)))
        unexplained |= bool(row.get("why")) and not own and not named
    reasons.update(dict.fromkeys(own))
    return Withheld(
        tuple(reasons),
        " ".join(lines(values.get("refused_part"))),
        " ".join(lines(values.get("refusal_help"))),
        unexplained,
        in_part=values["outcome"] == "given_in_part",
    )


def _exemption(code: str) -> str:
    """An exemption as the requester may read it: neutral where its name would tell too much."""
    found = reason(code)
    law = found.public_citation.replace("DPA 2018", "Data Protection Act 2018,")
    law = law.replace("Sch ", "Schedule ").replace(" para ", ", paragraph ")
    return f"{found.explanation.rstrip('.')} ({law})."


def _ground(code: str) -> Mapping[str, Any]:
    rows = resources.kept("law", "requests.toml")["refusal_grounds"]
    row: Mapping[str, Any] = next(row for row in rows if row["code"] == code)
    return row
