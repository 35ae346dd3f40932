"""The pages of each area, as :mod:`screens` draws them; ``pen`` is its draughtsman."""

from __future__ import annotations

from typing import Any


def requests(pen: Any, window: Any) -> None:
    """The log, a request at every state there is, a new one, and the workbench."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    pages, desk = window.opened.pages, window.opened.desk
    pages.open_page("requests")
    pen.draw(window, "requests")
    listing = desk.requests.requests.listing()
    best, most = 0, 0
    seen: set[str] = set()
    for row in listing.rows:
        number, state = int(row[0]), str(row[3])
        count = sum(card.pages for card in desk.documents.of_entry("requests", number))
        if count > most:
            best, most = number, count
        if state not in seen:
            seen.add(state)
            pages.open_entry("requests", number)
            pen.draw(window, f"request-{state}")
    pages.new_entry("requests")
    pen.draw(window, "request-new")
    pages.open_page("home")
    if best:
        pages.open_page("workbench", entry_id=best)
        drawn: list[object] = []
        pages.currentWidget().artist.drawn.connect(lambda *_: drawn.append(1))
        pen.wait(lambda: bool(drawn))
        # A page is first drawn for the narrow window that it was made in, then for its place.
        for _ in range(10):
            pen.wait()
        pen.draw(window, "workbench")
        bench = pages.currentWidget()
        QTest.keyPress(bench.viewer, Qt.Key.Key_V)
        pen.draw(window, "workbench-released")
        QTest.keyRelease(bench.viewer, Qt.Key.Key_V)
        bench.open_build()
        pen.draw(window, "workbench-bundle")
        pages.open_page("home")


def sorting(pen: Any, window: Any) -> None:
    """The documents of a request with many messages: the list, and what was seen before."""
    from tests.disclosure.mail_pile import SUBJECT, mail_pile

    pages, desk = window.opened.pages, window.opened.desk
    entry = desk.requests.requests.save(
        {"subject": SUBJECT, "subject_kind": "pupil", "received": desk.requests.requests.today()}
    ).entry
    for name, content in mail_pile(60).files.items():
        desk.documents.add("requests", entry.id, name, content)
    desk.disclosure.suggestions.seek(entry.id)
    pages.open_page("workbench", entry_id=entry.id, sort=True)
    bench = pages.currentWidget()
    pen.wait(lambda: bool(bench.sort.documents.rows) and bench.sort.look.viewer.ready)
    pen.draw(window, "workbench-sort")
    bench.asider.close()
    bench.sitting.go_to(4)
    bench.proposer.turn(False)
    pen.wait(lambda: bench.viewer.ready and bool(bench.viewer.shown.seen))
    pen.draw(window, "workbench-seen")
    pages.open_page("home")


def area_page(pen: Any, window: Any, key: str) -> None:
    """A page of an area; of a register also an entry in every state, and a new one."""
    pages, desk = window.opened.pages, window.opened.desk
    pages.open_page(key)
    room = pages.currentWidget()
    if key not in desk.registers:
        pen.draw(window, key)
        return
    room.show_chip("all")
    pen.draw(window, key)
    seen: set[str] = set()
    for row in desk.registers[key].listing().rows:
        number, state = int(row[0]), str(row[3])
        if state not in seen:
            seen.add(state)
            pages.open_entry(key, number)
            pen.wait()
            pen.draw(window, f"{key}-{state or 'entry'}")
    pages.new_entry(key)
    pen.draw(window, f"{key}-new")
    pages.open_page("home")


def breach_report(pen: Any, window: Any) -> None:
    """The report to the regulator beside the questions, and a letter to many."""
    pages, desk = window.opened.pages, window.opened.desk
    reported = next(
        entry
        for entry, _clock in desk.breaches.breaches.countdowns()
        if entry.values.get("outcome")
    )
    pages.open_entry("breaches", reported.id)
    room = pages.currentWidget()
    room.show_report(on=True)
    for _ in range(3):
        pen.wait()
    pen.draw(window, "breach-report")
    room.letters.asked.emit(room.letters.first(room.page.entry))
    pen.wait()
    pen.draw(window, "breach-letters")
    pages.open_page("home")


def assets(pen: Any, window: Any) -> None:
    """The usual records, and the look at a workbook; what every area has is drawn by itself."""
    from ui.assets.workbook_dialog import WorkbookDialog

    pages, desk = window.opened.pages, window.opened.desk
    pages.open_page("assets")
    pages.currentWidget().show_starters()
    pen.draw(window, "assets-usual")
    pages.open_page("home")
    seen = desk.assets.ropa.preview(desk.assets.ropa.export())
    dialog = WorkbookDialog(seen, "Workbook.xlsx", again=lambda *_: None)
    dialog.show()
    pen.draw(dialog, "assets-import")
    dialog.close()


def retention(pen: Any, window: Any) -> None:
    """What is due and its questions, the lists, an entry of each, and what is beside the lists."""
    pages, desk = window.opened.pages, window.opened.desk
    pages.open_page("retention_due")
    due = pages.currentWidget()
    due.show_chip("all")
    pen.draw(window, "due")
    due.table.tick_all()
    due.approve()
    pen.draw(window, "due-approve")
    due.rail.close_questions()
    due.keep()
    pen.draw(window, "due-keep")
    due.rail.close_questions()
    for key in ("holdings", "retention_rules", "retention_editions", "holds", "disposals"):
        pages.open_page(key)
        pen.draw(window, key)
        pages.open_entry(key, int(desk.registers[key].listing().rows[0][0]))
        pen.draw(window, f"{key}-entry")
    pages.open_page("holdings", section="many")
    lines = [["P04", "", "1 March 2010", "Robin Example"], ["H07", "Box 3", "2001/02"], ["X", "?"]]
    pages.currentWidget().many.grid.put(lines)
    pages.currentWidget().many.look()
    pen.draw(window, "holdings-many")
    pages.currentWidget().many.grid.clear_lines()
    pages.open_page("retention_rules", section="usual")
    pen.draw(window, "retention-usual")
    pages.new_entry("retention_editions")
    pen.draw(window, "retention-sign-off")
    pages.open_page("disposals", section="figures")
    pen.draw(window, "disposals-figures")
    pages.open_page("home")
