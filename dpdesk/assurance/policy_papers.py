"""What is printed about a policy that is out of date: each place and what it could say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from dpdesk.assurance.policy_rules import PolicyPlace
from dpdesk.law.words import count
from dpdesk.papers import look
from dpdesk.papers.flow import Printed
from dpdesk.papers.kit import Paper
from dpdesk.papers.letterhead import Letterhead


def older_paper(
    policy: str,
    read_in: str,
    places: Sequence[PolicyPlace],
    day: dt.date,
    letterhead: Letterhead | None,
) -> Printed:
    """Prints the places one by one, with a box to tick when it is changed.

    ``read_in`` is the document in which they were found.
    """
    paper = Paper(f"To change in “{policy}”", letterhead=letterhead, printed_on=day)
    paper.text(
        f"{count(len(places), 'place')} in “{read_in}” "
        f"{'is' if len(places) == 1 else 'are'} out of date with the law. "
        "The wording is a proposal: have it approved like any other change of the policy. "
        "The clause is where policies often say it; yours may have another number."
    )
    for number, place in enumerate(places, start=1):
        with paper.unparted():
            paper.heading(f"{number}. {place.label} (clause {place.clause})", 2)
            paper.text(place.about)
            paper.note(
                place.wording,
                title="It could say",
                source=" ".join(part for part in (f"{place.source}.", place.caution) if part),
            )
            paper.tick_boxes(["Changed", "Left as it is, because:"])
    if not places:
        paper.text("dpdesk found no place that is out of date with the law.", style=look.STRONG)
    return paper.printed()
