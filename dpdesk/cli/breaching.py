"""``breach-report``: the report of a breach to the regulator, as a PDF."""

from __future__ import annotations

from argparse import Namespace

from dpdesk.cli.answers import Answer
from dpdesk.cli.opening import entry_called, opened, place_for
from dpdesk.errors import DpdeskError
from dpdesk.law.words import count


def breach_report(arguments: Namespace) -> Answer:
    """Writes the report as it would go now, and says what is missing and what looks like a name.

    It is a print, not a sending: nothing is noted as reported. Raises NotFound, NoRoom.
    """
    target = place_for(arguments.to)
    with opened(arguments) as desk:
        entry = entry_called(desk, arguments.reference)
        if entry.register.key != desk.breaches.breaches.register.key:
            raise DpdeskError(
                f"{entry.reference} is not in the breach log.", "See: entries breaches"
            )
        answers = desk.breaches.reporting.answers(entry, follow_up=arguments.follow_up)
        warned = desk.breaches.reporting.warnings(entry, answers)
        printed = desk.breaches.reporting.report(entry, follow_up=arguments.follow_up)
        desk.write(target, printed.content)
    missing = [each.question.number for each in answers if not each.known]
    warnings = [each.sentence for each in warned] + list(printed.warnings)
    kind = "follow-up" if arguments.follow_up else "initial"
    content = {
        "reference": entry.reference,
        "kind": kind,
        "file": str(target),
        "pages": printed.pages,
        "questions": [each.question.number for each in answers],
        "missing": missing,
        "warnings": warnings,
    }
    words = f"{kind.capitalize()} report of {entry.reference}: {count(printed.pages, 'page')}."
    if missing:
        words += f" Not yet known: {', '.join(missing)}."
    return Answer(content, "\n".join([f"{words} Saved as {target}.", *warnings]))
