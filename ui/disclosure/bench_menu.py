"""The menu of a workbench: what can be done with its documents."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dpdesk.law.exemptions import reason
from ui.disclosure.reason_box import reason_words

if TYPE_CHECKING:
    from ui.disclosure.frame import WorkbenchFrame


def fill_menu(
    bench: WorkbenchFrame,
    read_again: Callable[[], object],
    withhold: Callable[[], object],
    release: Callable[[], object],
) -> None:
    """What can be done with the documents, with the reason that would be given."""
    menu, page = bench.menu, bench.sitting.now
    menu.clear()
    menu.addAction("Next page not reviewed  J", bench.keys["J"])
    menu.addAction("Go to a page…  G", bench.keys["G"])
    again = menu.addAction("Read this page again, slower and better", read_again)
    again.setEnabled(page is not None and page.reading not in {"", "waiting"})
    menu.addSeparator()
    code = bench.foot.reason.code
    hold = menu.addAction(f"Withhold this whole document: {reason_words(reason(code))}", withhold)
    free = menu.addAction("Include this whole document again", release)
    mine = [p for p in bench.sitting.pages if page and p.document_id == page.document_id]
    hold.setEnabled(any(not p.withheld for p in mine))
    free.setEnabled(any(p.withheld for p in mine))
    menu.addSeparator()
    for words, key in (
        ("Set this document aside: not about this person", "X"),
        ("Set this page aside: not about this person", "Shift+X"),
    ):
        menu.addAction(f"{words}  {key}", bench.keys[key]).setEnabled(page is not None)
    menu.addAction("Sort the documents  D", bench.keys["D"])
