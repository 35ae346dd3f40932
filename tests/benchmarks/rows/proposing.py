"""suggest: what is proposed for a thousand pages, against a school of two thousand people."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from string import ascii_uppercase

from ahocorasick_rs import AhoCorasick
from sqlalchemy import insert

from dpdesk import resources
from dpdesk.desk import Desk
from dpdesk.documents.records import Document, DocumentPage
from dpdesk.documents.service import keep
from dpdesk.law.identifiers import upn_fault
from dpdesk.store.tables import utc_text
from tests.benchmarks.invented import NOW, PAGES, packed_page, text_pdf
from tests.benchmarks.measuring import Point, Promise, Row, alternate, timed
from tests.benchmarks.place import Bench
from tests.builders import PASSPHRASE, QUICK, SCHOOL, a_request

_WORDS = 350
_NAMES = 6
"""Names on a page, whole or in part."""
_SHORT = 20
"""Letters of a sentence that is none, but a heading."""
_SENTENCE = re.compile(r"[A-Z][^.?!]*[.?!]")
_SIGNS = re.compile(r"[#*`|>\[\]()]+|\s+")
_SURNAMES = Path(__file__).parents[1] / "surnames.txt"


@dataclass(frozen=True, slots=True)
class _Pupil:
    first: str
    last: str
    upn: str
    telephone: str
    email: str


def measure(bench: Bench) -> list[Row]:
    """Seeks afresh, as the button does, against the bare pass of an automaton over the text."""
    sizes = ((100, 2_000), (1_000, 2_000)) if bench.sizes.judged else ((4, 20), (8, 20))
    points = [
        Point(f"{pages:,} pages, {people:,} people", pages, *_times(bench, pages, people))
        for pages, people in sizes
    ]
    return [
        Row(
            "suggest",
            "seeking afresh: pages out of the database, who and what is on them, kept and told",
            "one bare Aho-Corasick pass for the same names and identifiers over the same text",
            Promise(3.0),
            tuple(points),
            cause=(
                "Ten places on each page, each of them weighed in Python: who bears the name, what "
                "stands around it, who else is named in the document. The bare pass only finds; "
                "taking a page out of the database alone takes longer than that."
            ),
        )
    ]


def _times(bench: Bench, pages: int, people: int) -> tuple[float, float]:
    dice, prose = random.Random(17), _prose()
    pupils = _pupils(dice, people)
    written = [_page(dice, prose, pupils, number) for number in range(pages)]
    bodies = [" ".join(words) for words in written]
    sought = sorted({part.casefold() for one in pupils for part in _parts(one)})
    desk, entry = _made(bench.fresh("suggest"), pupils, written)

    def bare() -> None:
        automaton = AhoCorasick(sought)
        for body in bodies:
            automaton.find_matches_as_indexes(body.casefold(), overlapping=True)

    try:
        return alternate(
            timed(lambda: desk.disclosure.suggestions.seek(entry)),
            timed(bare),
            min(3, bench.sizes.rounds),
        )
    finally:
        desk.close()


def _made(folder: Path, pupils: list[_Pupil], written: list[list[str]]) -> tuple[Desk, int]:
    """A workspace in which these people and these pages are; with the entry of the request."""
    desk, _ = Desk.create(folder, PASSPHRASE, SCHOOL, cost=QUICK, now=lambda: NOW)
    for one in pupils:
        desk.people.people.save(
            {
                "kind": "pupil", "forename": one.first, "surname": one.last, "upn": one.upn,
                "telephone": one.telephone, "email": one.email,
            }
        )  # fmt: skip
    entry = a_request(desk, subject=f"{pupils[0].first} {pupils[0].last}").id
    _add(desk, entry, written)
    return desk, entry


def _pupils(dice: random.Random, number: int) -> list[_Pupil]:
    firsts = resources.kept("names", "first.toml")["given"].split()
    lasts = [line for line in _SURNAMES.read_text("utf-8").split() if line]
    found: dict[tuple[str, str], _Pupil] = {}
    for place in count():
        first, last = dice.choice(firsts).title(), dice.choice(lasts).title()
        if len(found) == number:
            break
        found.setdefault(
            (first, last),
            _Pupil(
                first,
                last,
                next(
                    upn
                    for letter in ascii_uppercase
                    if not upn_fault(upn := f"{letter}{place:012}")
                ),
                f"07700 9{place:05}",
                f"{first[0].lower()}{last.lower()}{place}@mail.example",
            ),
        )
    return list(found.values())


def _parts(one: _Pupil) -> tuple[str, ...]:
    return one.first, one.last, one.upn, one.telephone, one.email


def _prose() -> list[str]:
    """Sentences of plain English: those of the help pages."""
    folder = Path(resources.__file__).parents[1] / "resources" / "help"
    told = " ".join(path.read_text("utf-8") for path in sorted(folder.glob("*.md")))
    return [one.strip() for one in _SENTENCE.findall(_SIGNS.sub(" ", told)) if len(one) > _SHORT]


def _page(dice: random.Random, prose: list[str], pupils: list[_Pupil], number: int) -> list[str]:
    """Running text in sentences, with some names and now and then how somebody is reached."""
    words: list[str] = []
    while len(words) < _WORDS:
        words += dice.choice(prose).split()
    for _ in range(_NAMES):
        one = dice.choice(pupils)
        forms = ([one.first, one.last], [one.first], ["Mrs", one.last], [f"{one.last},", one.first])
        place = dice.choice([at for at, word in enumerate(words) if word.islower()])
        words[place:place] = dice.choice(forms)
    one = dice.choice(pupils)
    words += ["Call", *one.telephone.split(), "or", one.email]
    if number % 5 == 0:
        words += ["born", "12/03/2015,", "UPN", one.upn]
    return words


def _add(desk: Desk, entry: int, written: list[list[str]]) -> None:
    stored = desk.workspace.vault.put(text_pdf(1))
    for first in range(0, len(written), PAGES):
        some = written[first : first + PAGES]
        with desk.workspace.database.changing() as change:
            keep(change.session, stored)
            row = Document(
                register="requests", entry_id=entry, position=first, name=f"letters {first}.pdf",
                kind="pdf", sha256=stored.sha256, size=stored.size, original=stored.name,
                drawn=stored.name, drawn_sha256=stored.sha256, page_count=len(some), warnings="",
                added_at=utc_text(NOW), added_by="Dana Pryce",
            )  # fmt: skip
            change.session.add(row)
            change.session.flush()
            change.session.execute(
                insert(DocumentPage),
                [
                    {"document_id": row.id, "number": n, "kind": "text", "words": packed_page(page)}
                    for n, page in enumerate(some)
                ],
            )
            change.note("requests", entry, "document", None, row.name)
