"""``photo-check``, ``class-sheet`` and the consent forms: consent for photographs."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dpdesk.cli.answers import Answer, table
from dpdesk.cli.opening import opened, place_for
from dpdesk.cli.watching import watching
from dpdesk.errors import DpdeskError
from dpdesk.law.words import count

if TYPE_CHECKING:
    from dpdesk.consents.form_pile import FormRead
    from dpdesk.consents.roll import Roll


def photo_check(arguments: Namespace) -> Answer:
    """Yes, or who not and why. Raises NotFound for an unknown use."""
    with opened(arguments) as desk:
        found = desk.consents.consents.may_use(arguments.names, arguments.use)
    content = {
        "allowed": found.allowed,
        "only_if": found.only_if,
        "people": [
            {"name": each.name, "answer": str(each.answer), "why": each.why}
            for each in found.people
        ],
    }
    head = "No, do not use this picture."
    if found.allowed:
        head = f"Yes, this picture may be used{found.only_if and ', ' + found.only_if}."
    rows = [[each.name, str(each.answer), each.why] for each in found.people]
    return Answer(content, f"{head}\n{table(rows)}")


def class_sheet(arguments: Namespace) -> Answer:
    """The sheet of a class as a PDF. Raises NotFound, NoRoom."""
    target = place_for(arguments.to)
    with opened(arguments) as desk:
        printed = desk.consents.prints.class_sheet(arguments.name)
        desk.write(target, printed.content)
    return Answer({"file": str(target), "pages": printed.pages}, f"Saved as {target}.")


def consent_forms(arguments: Namespace) -> Answer:
    """A form for each pupil of a class as one PDF. Raises NotFound, NoRoom, DpdeskError."""
    target = place_for(arguments.to)
    with opened(arguments) as desk:
        printed = desk.consents.prints.forms(arguments.name)
        desk.write(target, printed.content)
    return Answer({"file": str(target), "pages": printed.pages}, f"Saved as {target}.")


def read_forms(arguments: Namespace) -> Answer:
    """What each page seems to say; fails where a file cannot be read, and names it."""
    forms: list[dict[str, Any]] = []
    left: list[dict[str, Any]] = []
    failed = 0
    with opened(arguments) as desk, watching() as line:
        roll = desk.consents.consents.roll()
        for path in arguments.files:
            try:
                pages = desk.consents.forms.read(
                    path, step=lambda done, of: line.step("pages read", done, of)
                )
            except DpdeskError as error:
                failed += 1
                left.append({"file": path.name, "page": None, "why": str(error)})
                continue
            for page in pages:
                known = _form(page, roll)
                if known is None:
                    why = page.why or "This pupil is no longer on the roll."
                    left.append({"file": page.file, "page": page.page, "why": why})
                else:
                    forms.append(known)
    rows = [[form["pupil"], ", ".join(_told(form))] for form in forms] + [
        [f"{each['file']}, page {each['page'] or '-'}", each["why"]] for each in left
    ]
    complaint = ""
    if failed:
        complaint = f"{failed} of {count(len(arguments.files), 'file')} could not be read."
    return Answer({"forms": forms, "unread": left}, table(rows), complaint)


def _told(form: dict[str, Any]) -> Iterator[str]:
    """What stands on a form, in words; what the pupil says and a missing signature included."""
    for use, said in form["answers"].items():
        yield f"{use}: {said}"
    wishes = {"yes": "is happy with it", "no": "does not want it"}
    if form["wish"] or form["wish_unclear"]:
        yield f"the pupil: {wishes.get(form['wish'], 'not plain')}"
    if form["signed"] is False:
        yield "not signed"


def _form(page: FormRead, roll: Roll) -> dict[str, Any] | None:
    """One page as JSON; None where it is nobody's."""
    pupil = next((each for each in roll.pupils if each.id == page.pupil), None)
    if pupil is None:
        return None
    names = {use.id: use.name for use in roll.uses}
    return {
        "file": page.file,
        "page": page.page,
        "code": page.code,
        "pupil": pupil.name,
        "class": pupil.place,
        "answers": {names.get(use, str(use)): said for use, said in page.uses.items()},
        "wish": page.wish,
        "wish_unclear": page.wish_unclear,
        "signed": page.signed,
        "why": page.why,
    }
