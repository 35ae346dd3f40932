"""What people read is plain British English: phrases once found to be stilted stay away.

The table names each phrase with what the house says instead. It is sought in every string of the
program but its docstrings, in the help pages, and in the texts of the pick lists and templates.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from dpdesk.law.exemptions import reasons
from tests.architecture import house

TOP = Path(__file__).resolve().parents[2]

# Small letters; whole words only; a run of spaces and line breaks counts as one space.
INSTEAD = {
    "a decision by a machine": "an automated decision",
    "a drawn area": "an area",
    "a hold is put on": "a hold is placed",
    "a look at the accounts": "an access review",
    "about will do": "an estimate will do",
    "accounts looked through": "access review",
    "address for the answer": "where to send the answer",
    "address kept back": "address withheld",
    "all that is here": "everything kept",
    "approve, and what comes": "approve",
    "as shipped": "standard",
    "as that person tells": "as that person describes",
    "ask for identity": "ask for proof of identity",
    "at the latest by": "by … at the latest",
    "behind another filter": "hidden by the filter",
    "belongs to no thread": "is not part of a thread",
    "build it all the same": "build it anyway",
    "by machine alone": "by a computer alone",
    "by the words of the act": "by the wording of the Act",
    "came of it": "the outcome",
    "cannot bring back": "cannot recall",
    "changes thrown away": "changes discarded",
    "concerns no people": "no one is affected",
    "consent is left for nothing": "there is no consent left for any use",
    "contract on that": "contract for that",
    "counts to its end": "counts to the end of",
    "data go abroad": "data goes abroad",
    "data go": "data is sent",
    "data that are protected more": "special category data",
    "decisions by a machine": "automated decisions",
    "does an answer hold": "is an answer valid",
    "does it lie": "is it kept",
    "done again:": "redone:",
    "due by itself": "due automatically",
    "empty it when": "clear it when",
    "enclosed schedule": "enclosed list",
    "falls due by itself": "falls due automatically",
    "figures beside those": "figures next to those",
    "from afar": "remotely",
    "gives and takes accounts": "creates and removes accounts",
    "go through it with": "review it with",
    "goes from this list": "leaves this list",
    "goes on on": "continues on",
    "goes on working": "still works",
    "gone through with": "reviewed with",
    "half filled in": "much is filled in already",
    "half-time": "halfway",
    "handed out": "given",
    "hold up its disposal": "prevent its disposal",
    "holds until": "valid until",
    "holds up its disposal": "prevents its disposal",
    "how far you are": "what progress you have made",
    "how it came": "how it was given",
    "if they are several": "if there are several",
    "in small letters: may be two words": "may be two ordinary words",
    "is called so": "has this name",
    "is changed. the old": "has been changed. the old",
    "is no common transfer file": "is not a Common Transfer File",
    "is no picture": "is not a picture",
    "is not noted": "is not recorded",
    "is not unlikely": "is likely",
    "is read so": "is read that way",
    "it is not noted": "it has not been recorded",
    "it lies here": "where it is kept",
    "it rests on a law": "it is based on a law",
    "it wants to be": "do this: (say what to do)",
    "it would be surer with": "these answers would help",
    "kept among the notes": "kept in the notes",
    "larger letters are set": "text size is set",
    "leaves the lines": "leaves the table",
    "lets it go again": "includes it again",
    "lie in one another": "are nested",
    "lies on its side": "is on its side",
    "list afresh": "reload the list",
    "look at caps lock": "check Caps Lock",
    "look at each again": "review each one",
    "look before disclosing": "check before disclosing",
    "looked at afresh": "looked at again",
    "looked at again today": "reviewed today",
    "months until it is looked at again": "months until the next review",
    "more said of them": "about whom more is said",
    "needs a reason of": "must give a reason",
    "never by itself": "no automatic date",
    "next or the last day": "next or previous day",
    "no counted day": "is not counted",
    "no form is begun": "no form has been started",
    "nobody administers": "no administrator",
    "nobody answers for it": "nobody owns it",
    "nobody looks after": "unassigned",
    "nobody of the": "nobody in the",
    "none changes": "never changes",
    "none is entered": "none has been entered",
    "not be looked through": "not be checked",
    "not looked at again": "not reviewed yet",
    "not noted as": "not recorded as",
    "not on the request any more": "no longer on the request",
    "not on the roll any more": "no longer on the roll",
    "note a meeting": "record a meeting",
    "note a training": "record training",
    "note as done": "record as done",
    "note how it ended": "record the outcome",
    "note the handover": "record the handover",
    "note what was found": "record what was found",
    "note when they": "record when they",
    "note why it was late": "record why it was late",
    "nothing of it falls due": "nothing in it falls due",
    "nothing under “": "no entries under “",
    "of its day": "you had then",
    "of the period before": "of the previous period",
    "of the register is called": "in the register has this name",
    "of their day": "you had then",
    "older than the law": "out of date with the law",
    "on a day to come": "in the future",
    "on hold: hold": "on hold",
    "pages were looked through": "pages were checked",
    "please name the reference": "please quote reference",
    "present passphrase": "current passphrase",
    "put on a hold": "place a hold",
    "rather too much than too little": "if in doubt, include it",
    "read a workbook back": "import the edited workbook",
    "read in again": "imported",
    "request for identity": "request for proof of identity",
    "requests of the police": "requests from the police",
    "right now: confirm": "correct now: confirm",
    "risks: look again": "review the risks",
    "schedule of redactions": "list of what was removed",
    "sealed schedule": "list for the school only",
    "somebody of the": "somebody in the",
    "stand in this file": "are in this file",
    "stands beside it": "is next to it",
    "stands in red": "is shown in red",
    "stands in settings": "is in Settings",
    "stands on home": "is shown on Home",
    "stands on the work": "built on the work",
    "stands ready to be chosen": "can be chosen from a list",
    "take it off this": "remove it from this",
    "take that tick away": "untick",
    "take the tick away": "untick",
    "take the tick": "untick",
    "taken back:": "undone:",
    "taken over as shipped": "added from the standard schedule",
    "taking the import back": "undoing the import",
    "that are no year group": "that are not year groups",
    "that workbook": "the edited workbook",
    "the answer held": "the answer was valid",
    "the data are": "the data is",
    "the like holds for": "there are similar reasons for",
    "the people concerned": "the people affected",
    "the post that answers": "the job title responsible",
    "the post that": "the job title that",
    "the printer does not answer": "the printer did not respond",
    "the regulator": "the ICO",
    "the same once more": "type it again",
    "the schedule itself goes": "the schedule itself does not change",
    "this answer rests on": "this answer is based on",
    "this is no breach": "this is not a breach",
    "this very file": "this file",
    "throw it away": "discard it",
    "tick what it is about first": "choose what it is about first",
    "to be done again": "due again",
    "to look at again": "due for review",
    "told aloud": "said to",
    "took consent back": "withdrew consent",
    "trainings recorded": "records of training",
    "upright line": "vertical bar",
    "usual classes": "standard classes",
    "usual records": "typical records",
    "usual schedule": "standard schedule",
    "version before": "previous version",
    "version of the words": "version of the wording",
    "what became of your": "what happened to your",
    "what became of": "what happened to",
    "what is half typed": "what you were typing",
    "what is learnt": "what have you learned",
    "what is registered": "what the register says",
    "what was looked for?": "what did you search for?",
    "where it lies": "where it is kept",
    "where the state": "who to tell of cyber attacks",
    "which assets rest on it": "which assets rely on it",
    "which replaces policy": "instead of policy",
    "who answers for it": "who is responsible for it",
    "who does what until when": "who will do what, and by when",
    "who got the": "who received the",
    "who is that?": "(say which person)",
    "who judged that": "who decided that",
    "who looks after it": "assigned to",
    "whom to ask": "who to contact",
    "whom to ring": "who to ring",
    "with your own eyes": "yourself",
    "without a key or the mouse": "without use",
    "without the story": "without the background",
    "words of the log": "wording of the log",
    "worked out afresh": "worked out again",
    "write it afresh": "start again",
    "write no name of": "do not include the name of",
    "write of progress": "send an update",
    "you may also complain": "you have the right to complain",
    "you noted that": "you recorded that",
}
# One word for one thing: the bundle is built, kept and handed over; a page is included. A text of
# one word is a name in the program, and the steps between versions stay as they were.
OF_A_BUNDLE = re.compile(r"\breleas(?:es?|ed|ing)\b")
STAYS = "dpdesk/store/migrations/"
# A reason for a mark by its short sign; in brackets it stands behind the words it is short for.
SHORT_SIGN = re.compile(r"\b[A-Z]{1,3}-\d+[A-Z]?\b")
IN_BRACKETS = re.compile(r"\([^()]*\)")
# What is not ours to word: headings of the regulator's own template.
QUOTED = ("personal data are transferred to",)
# What staff may type to find a card: their words, which nobody reads.
TYPED = "asked"


def words(text: str) -> str:
    """A text as the table writes phrases."""
    plain = re.sub(r"\s+", " ", text).casefold()
    for quoted in QUOTED:
        plain = plain.replace(quoted, "")
    return plain


def said_in(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every string of a source but its docstrings, with its line; a gap for what is filled in."""
    apart = {
        id(node.value)
        for node in house.nodes(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in house.nodes(tree):
        if isinstance(node, ast.JoinedStr):
            pieces = [part for part in node.values if isinstance(part, ast.Constant)]
            apart |= {id(part) for part in pieces}
            parts = (p.value if isinstance(p, ast.Constant) else "…" for p in node.values)
            yield node.lineno, "".join(str(part) for part in parts)
        elif (
            isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in apart
        ):
            yield node.lineno, node.value


def texts_of(value: object) -> Iterator[str]:
    """Every text in a file of data, however deep; the keys are not shown to anybody."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key != TYPED:
                yield from texts_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_of(inner)


def said(top: Path) -> Iterator[tuple[str, str]]:
    """Everything that people may read, with the place where it is written."""
    for file, tree, _ in house.sources(top, "dpdesk", "ui"):
        for line, text in said_in(tree):
            yield f"{file}:{line}", text
    for path in sorted((top / "resources").rglob("*")):
        place = str(path.relative_to(top))
        if path.suffix == ".md":
            yield place, path.read_text(encoding="utf-8")
        elif path.suffix == ".toml":
            for text in texts_of(tomllib.loads(path.read_text(encoding="utf-8"))):
                yield place, text


def stilted(top: Path) -> list[str]:
    """Phrases of the table that somebody would read, with what to write instead."""
    sought = re.compile(rf"\b({'|'.join(map(re.escape, INSTEAD))})\b")
    return [
        f"{place}: “{phrase}”: write “{INSTEAD[phrase]}”"
        for place, text in said(top)
        for phrase in sorted(set(sought.findall(words(text))))
    ]


def two_words_for_one(top: Path) -> list[str]:
    """Texts that call a bundle, or its handover, a release."""
    return [
        f"{place}: {text}"
        for place, text in said(top)
        if " " in text.strip() and not place.startswith(STAYS) and OF_A_BUNDLE.search(words(text))
    ]


def test_nobody_reads_a_stilted_phrase() -> None:
    assert not stilted(TOP)


def unexplained(top: Path) -> list[str]:
    """Sentences that name a reason for a mark by its short sign, without the words for it."""
    codes = {each.code for each in reasons()}
    return [
        f"{place}: {sign} in “{text}”"
        for place, text in said(top)
        if " " in text
        for sign in SHORT_SIGN.findall(IN_BRACKETS.sub("", text))
        if sign in codes
    ]


def test_no_sentence_names_a_reason_by_its_short_sign_alone() -> None:
    assert not unexplained(TOP)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ('x = "Withheld with the reason H-5."\n', 1),
        ('x = "Withheld as serious harm (H-5)."\n', 0),
        ('x = "H-5"\n', 0),
        ('x = "Class RR-12 is another list."\n', 0),
    ],
)
def test_a_short_sign_alone_is_found(tmp_path: Path, content: str, found: int) -> None:
    plant(tmp_path, "dpdesk/requests/health.py", content)

    assert len(unexplained(tmp_path)) == found


def test_a_bundle_has_one_name_for_whoever_reads() -> None:
    assert not two_words_for_one(TOP)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ('x = f"Release {n} is ready"\n', 1),
        ('x = f"{ref} release {n}.pdf"\n', 1),
        ('x = "Now look again, as released."\n', 1),
        ('x = {"releases": "Bundles"}\n', 0),
    ],
)
def test_a_second_name_of_a_bundle_is_found(tmp_path: Path, content: str, found: int) -> None:
    plant(tmp_path, "ui/disclosure/releases_panel.py", content)

    assert len(two_words_for_one(tmp_path)) == found


@pytest.mark.parametrize(
    ("place", "content"),
    [
        ("dpdesk/assets/records.py", 'x = text("Where does it lie?")\n'),
        ("dpdesk/assets/rules.py", 'x = (\n    f"{a}: data "\n    "go to {b}."\n)\n'),
        ("ui/retention/due_page.py", 'x = f"Put on a hold for {name}"\n'),
        ("resources/help/assets.md", "# Assets\nIt is gone\nthrough with its owner.\n"),
        ("resources/law/assets.toml", '[[findings]]\nmend = "Take the tick away."\n'),
    ],
)
def test_a_stilted_phrase_is_found_wherever_it_stands(
    tmp_path: Path, place: str, content: str
) -> None:
    plant(tmp_path, place, content)

    assert len(stilted(tmp_path)) == 1


@pytest.mark.parametrize(
    ("place", "content"),
    [
        ("dpdesk/assets/records.py", 'def f() -> None:\n    """Where does it lie?"""\n'),
        ("dpdesk/assets/records.py", "# Put on a hold.\nx = 'It realises, data goes.'\n"),
        ("resources/law/assets.toml", '# gone through with its owner\n[a]\nlabel = "Paper"\n'),
        ("resources/guidance/cards.toml", '[[card]]\nasked = ["ring the regulator"]\n'),
    ],
)
def test_what_nobody_reads_may_say_it(tmp_path: Path, place: str, content: str) -> None:
    plant(tmp_path, place, content)

    assert not stilted(tmp_path)


def plant(top: Path, place: str, content: str) -> None:
    """Writes one file of an otherwise empty checkout."""
    file = top / place
    file.parent.mkdir(parents=True, exist_ok=True)
    (top / "dpdesk").mkdir(exist_ok=True)
    file.write_text(content, encoding="utf-8")
