"""The two lists of what a release leaves out: the requester's, and the school's own."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from dpdesk.disclosure import papers
from dpdesk.disclosure.planning import PlannedRelease
from dpdesk.law.exemptions import reason
from dpdesk.papers.flow import Printed
from dpdesk.registers.wording import show_moment
from dpdesk.store.tables import utc_moment


def printed_schedules(
    head: papers.Schedule,
    planned: PlannedRelease,
    told: tuple[int, Collection[int], str],
    names: Mapping[int, str],
) -> tuple[Printed, Printed]:
    """The list for the requester, and the sealed one with the names of the files.

    ``told``: pages of front matter before the pages, which redactions are uneven, and what was
    proposed and left open.
    """
    before, uneven, proposed = told
    titles = {each.id: each.title for each in planned.documents}
    open_ = papers.requester_schedule(
        head,
        [
            papers.Redaction(
                each.number,
                each.page + before,
                reason(each.code),
                each.whole_page,
                titles.get(each.document, ""),
            )
            for each in planned.removed
        ],
        uneven,
    )
    sealed = papers.sealed_schedule(
        head,
        [
            papers.SealedRedaction(
                each.number,
                each.page + before,
                names.get(each.document, ""),
                reason(each.code),
                each.words,
                each.who,
                show_moment(utc_moment(each.at)),
                each.note,
                each.whole_page,
            )
            for each in planned.removed
        ],
        proposed,
    )
    return open_, sealed
