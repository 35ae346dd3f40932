"""``report``, ``beside``, ``evidence``, ``publish``, ``calendar export``, ``ask``: the whole."""

from __future__ import annotations

import datetime as dt
from argparse import Namespace
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from dpdesk.cli.answers import Answer
from dpdesk.cli.opening import folder_for, opened, place_for, write_all
from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError, UnreadableFile
from dpdesk.law.words import count, listed

if TYPE_CHECKING:
    from dpdesk.overview.guidance import GuidanceCard
    from dpdesk.papers.leaflet import Leaflet


def report(arguments: Namespace) -> Answer:
    """The report to the proprietor, as .pdf, .docx or .html. Raises NoRoom, DpdeskError."""
    from dpdesk.overview.governance import SHORT

    target = place_for(arguments.out)
    if arguments.until < arguments.since:
        raise DpdeskError("The period ends before it begins.", "Give --from before --to.")
    make = _way(target)
    with opened(arguments) as desk:
        comments = {SHORT: arguments.comment}
        leaflet = desk.governance.report(arguments.since, arguments.until, comments)
        desk.write(target, make(leaflet))
        number = 0
        if arguments.keep:
            number = desk.governance.keep(arguments.since, arguments.until, comments).number
        figures = _figures_beside(desk, target, arguments) if arguments.figures else ""
    words = f"Saved as {target}."
    words += f" Its figures: {figures}." if figures else ""
    words += f" Kept as report {number}." if number else ""
    return Answer({"file": str(target), "figures": figures, "kept": number}, words)


def _figures_beside(desk: Desk, target: Path, arguments: Namespace) -> str:
    """The figures of the report, in a file beside it."""
    from dpdesk.overview import figures_file

    school = str(desk.school.particulars().name)
    found = figures_file.of_period(desk.governance, school, arguments.since, arguments.until)
    file = place_for(target.with_name(f"{target.stem}{figures_file.ENDING}"))
    desk.write(file, figures_file.written(found))
    return str(file)


def beside(arguments: Namespace) -> Answer:
    """The figures of several reports side by side; needs no workspace.

    Raises UnreadableFile, NoRoom, DpdeskError; then nothing is written.
    """
    from dpdesk.overview import figures_file
    from dpdesk.store.files import write_whole

    reports = []
    for file in arguments.files:
        try:
            reports.append(figures_file.read(file))
        except UnreadableFile as error:
            raise UnreadableFile(f"{file.name}: {error.sentence}", error.next_step) from None
    content = dict(figures_file.counted(reports))
    if arguments.out is not None:
        make, target = _way(arguments.out), place_for(arguments.out)
        today = dt.datetime.now(dt.UTC).date()
        write_whole(target, make(figures_file.side_by_side(reports, today)))
        content["file"] = str(target)
        return Answer(content, f"Saved as {target}.")
    ordered = figures_file.in_order(reports)
    lines = [f"{number}. {' '.join(each.title.split())}" for number, each in enumerate(ordered, 1)]
    room = ""
    for line in figures_file.beside(ordered):
        if line.room != room:
            room = line.room
            lines += ["", room]
        lines.append(f"  {line.text}: {' | '.join(line.values)}")
    return Answer(content, "\n".join(lines))


def _way(out: Path) -> Callable[[Leaflet], bytes]:
    """How a report is written, by the ending of its file. Raises DpdeskError for others."""
    from dpdesk.papers.leaflet import leaflet_docx, leaflet_html, leaflet_pdf

    ways: Mapping[str, Callable[[Leaflet], bytes]] = {
        ".pdf": lambda leaflet: leaflet_pdf(leaflet).content,
        ".docx": leaflet_docx,
        ".html": leaflet_html,
    }
    if (make := ways.get(out.suffix.lower())) is None:
        raise DpdeskError(
            "The report cannot be written in this form.",
            f"Let the name of the file end with {', '.join(ways)}.",
        )
    return make


def evidence(arguments: Namespace) -> Answer:
    """What proves each clause, with a manifest. Raises NoRoom, DpdeskError."""
    from dpdesk.overview.pack import PackChoice, PackNames

    if arguments.who is not None and not arguments.pseudonyms:
        raise DpdeskError("The list of who is who is made only with --pseudonyms.")
    if arguments.who is not None and arguments.to.absolute() in arguments.who.absolute().parents:
        raise DpdeskError(
            "The list of who is who would be in the pack itself.",
            "Choose a place outside its folder.",
        )
    names = (
        PackNames.INCLUDED
        if arguments.with_personal
        else PackNames.PSEUDONYMS
        if arguments.pseudonyms
        else PackNames.LEFT_OUT
    )
    with opened(arguments) as desk:
        last = arguments.until or desk.packs.today()
        first = arguments.since or last - dt.timedelta(days=365)
        chosen = frozenset(arguments.only) if arguments.only else None
        choice = PackChoice(first, last, chosen, names)
        folder_for(arguments.to)
        if arguments.who is not None:
            place_for(arguments.who)
        clauses = desk.evidence.clauses()
        pack = desk.packs.make(choice)
        written = write_all(desk, arguments.to, pack.files)
        if arguments.who is not None:
            desk.write(place_for(arguments.who), desk.packs.who_is_who(pack))
    gaps = [each.clause for each in clauses if each.gap]
    content = {
        "files": written,
        "manifest_sha256": pack.sha256,
        "left_out": list(pack.left_out),
        "clauses": [
            {
                "clause": each.clause,
                "asks": each.asks or each.explains,
                "state": each.state,
                "proofs": [proof.text for proof in each.proofs],
            }
            for each in clauses
        ],
        "gaps": gaps,
    }
    words = f"{count(len(written), 'file')} written. "
    if pack.left_out:
        words += f"Left out because a person is or may be named: {listed(pack.left_out)}. "
    words += f"Without proof: {', '.join(gaps)}." if gaps else "Every clause has its proof."
    return Answer(content, words)


def publish(arguments: Namespace) -> Answer:
    """What parents may read, as a web page and a paper. Raises NoRoom, DpdeskError."""
    from dpdesk.overview.publishing import told_of

    with opened(arguments) as desk:
        rows = desk.publishing.rows()
        known = {row.reference for row in rows}
        unknown = [each for each in arguments.without if each not in known]
        if unknown:
            raise DpdeskError(f"There is nothing called {unknown[0]} to be held back.")
        shown = [row for row in rows if row.reference not in arguments.without]
        named = [row for row in shown if row.named]
        folder_for(arguments.to)
        if named and not arguments.anyway:
            raise DpdeskError(
                told_of(named),
                f"Nothing is written. Look first: --without {' '.join(r.reference for r in named)} "
                "holds them back; --anyway publishes them.",
            )
        changes = desk.publishing.changes(arguments.without)
        files = desk.publishing.publish(arguments.without, although_named=arguments.anyway)
        names = write_all(desk, arguments.to, files)
    content = {
        "files": names,
        "rows": [row.reference for row in shown],
        "may_name_somebody": [row.reference for row in named],
        "changes": changes,
    }
    words = f"{count(len(names), 'file')} written, with {count(len(shown), 'row')}."
    words += f" {told_of(named)}" if named else ""
    words += "".join(f"\n{line}" for line in changes)
    return Answer(content, words)


def calendar_export(arguments: Namespace) -> Answer:
    """Everything that is due, without names, for other calendars. Raises NoRoom."""
    from dpdesk.overview.year import calendar_file

    target = place_for(arguments.file)
    with opened(arguments) as desk:
        duties = [duty for group in desk.overview.duties() for duty in group.duties]
        dated = [duty for duty in duties if duty.due is not None]
        desk.write(target, calendar_file(dated, desk.registers, desk.now()))
    return Answer(
        {"file": str(target), "due": len(dated)}, f"{len(dated)} dates saved as {target}."
    )


def ask(arguments: Namespace) -> Answer:
    """The cards that answer a question; needs no workspace."""
    from dpdesk.overview import guidance

    found = guidance.ask(" ".join(arguments.words))
    content = {
        "as_at": guidance.as_at().isoformat(),
        "cards": [
            {
                "key": card.key,
                "question": card.question,
                "steps": list(card.steps),
                "questions": [
                    {
                        "ask": each.ask,
                        "answers": [{"say": one.say, "then": one.then} for one in each.answers],
                    }
                    for each in card.decide
                ],
                "source": card.source,
                "opens": card.opens,
            }
            for card in found
        ],
    }
    told = [_said(card) for card in found]
    return Answer(content, "\n\n".join(told) or "There is no card for that. Ask your adviser.")


def _said(card: GuidanceCard) -> str:
    lines = [card.question]
    for each in card.decide:
        lines.append(f"  {each.ask}")
        lines += [f"    {one.say}: {one.then}" for one in each.answers]
    return "\n".join([*lines, *(f"  - {step}" for step in card.steps), f"  {card.source}"])
