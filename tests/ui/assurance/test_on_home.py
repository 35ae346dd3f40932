"""Through the window: what is wrong stands on Home, leads to its place, and is gone once mended."""

from __future__ import annotations

import datetime as dt

from dpdesk.assurance.pick_lists import pick
from ui.home.lines import FindingLine

TERMS = tuple(each.code for each in pick("clauses"))


def said(page):
    """The words of every line of Home that is seen, duties and gaps."""
    lines = page.findChildren(FindingLine)
    gaps = {each.finding.said for each in lines if each.isVisibleTo(page)}
    return gaps | {each.duty.text for each in page.lines}


def test_three_faults_stand_on_home_and_are_mended_in_the_window(home, qtbot):
    desk, pages = home.opened.desk, home.opened.pages
    assurance, people = desk.assurance, desk.people
    supplier = assurance.processors.save({"name": "Sample Photographs"}).entry
    course = people.courses.save({"name": "Data protection", "roles": ("teachers",)}).entry
    teacher = {"kind": "staff", "surname": "Reed", "forename": "Noor", "roles": ("teachers",)}
    person = people.people.save(teacher).entry
    old = assurance.measures.save({"name": "Restore a file", "months": 3}).entry
    tested = {"day": home.clock().date() - dt.timedelta(days=150), "result": "works"}
    assurance.measures.part_services[0].save(tested, parent_id=old.id)
    untrained = "Data protection: Noor Reed still to do it"
    faults = {"supplier without a contract", untrained, "Test again: Restore a file"}
    pages.open_page("risks")
    pages.open_page("home")
    qtbot.waitUntil(lambda: faults <= said(home.here))

    line = next(
        each
        for each in home.here.findChildren(FindingLine)
        if each.finding.said == "supplier without a contract" and each.isVisibleTo(home.here)
    )
    line.clicked.emit()
    assert pages.visit.page == "processors"
    pages.open_entry("processors", supplier.id)
    form = home.here.page.form
    form.rows["contract"].input.set_value("yes")
    form.rows["clauses"].input.set_value(TERMS)
    form.rows["checks"].input.set_value(("certificate",))
    assert home.here.page.save()

    pages.open_entry("measures", old.id)
    part = home.here.part("measure_tests")
    part.begin({"day": home.clock().date(), "result": "works"})
    assert part.save()

    pages.new_entry("training")
    form = home.here.page.form
    form.rows["person"].input.set_value(person.id)
    form.rows["course"].input.set_value(course.id)
    form.rows["done_on"].input.set_value(home.clock().date())
    assert home.here.page.save()

    pages.open_page("home")
    qtbot.waitUntil(lambda: not faults & said(home.here))
