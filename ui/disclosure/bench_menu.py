"""The menu of a workbench: what can be done with its documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpdesk.law.exemptions import reason
from ui.disclosure.reason_box import reason_words

if TYPE_CHECKING:
    from ui.disclosure.workbench import Workbench


def fill_menu(bench: Workbench) -> None:
    """What can be done with the documents, with the reason that would be given."""
    menu, page = bench.menu, bench.sitting.now
    menu.clear()
    menu.addAction("Next page not reviewed  J", bench.go_to_waiting)
    menu.addAction("Go to a page…  G", bench.ask_page)
    again = menu.addAction("Read this page again, slower and better", bench.read.read_again)
    again.setEnabled(page is not None and page.reading not in {"", "waiting"})
    menu.addSeparator()
    code = bench.foot.reason.code
    hold = menu.addAction(
        f"Withhold this whole document: {reason_words(reason(code))}", bench.withhold_document
    )
    free = menu.addAction("Release this whole document", bench.release_document)
    mine = [p for p in bench.sitting.pages if page and p.document_id == page.document_id]
    hold.setEnabled(any(not p.withheld for p in mine))
    free.setEnabled(any(p.withheld for p in mine))
    menu.addSeparator()
    for words, does in (
        ("Set this document aside: not about this person  X", bench.asider.document),
        ("Set this page aside  Shift+X", bench.asider.page),
    ):
        menu.addAction(words, does).setEnabled(page is not None)
    menu.addAction("Sort the documents  D", bench.asider.open)
