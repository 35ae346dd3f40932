"""A letter as words that anybody can change, and back again to what is printed.

A template filled in becomes a :class:`LetterDraft`: subject, salutation, text. In the text a blank
line parts paragraphs, and four light marks stand at the beginning of a line or around words:

    ## A heading
    - a point of a list
    | Question | an answer beside it
    a **stressed word**

Nothing else is a mark: no place is filled and no condition read any more, so what somebody types
is printed as it stands. What is still to be filled in keeps its visible gap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from .kit import Span, bold
from .templates import Block, Filled, Kind, Spans

_GAP: Final = re.compile(r"\[to be filled in: ([^\[\]\n]+)\]")
_MARKED: Final = re.compile(r"\*\*([^*\n]+)\*\*|(\[to be filled in: [^\[\]\n]+\])")
_LINE_MARK: Final = re.compile(r"#{1,3} |[-•*] |\|")
_NOBODY: Final = "[to be filled in: salutation]"
_NO_STRESS: Final = ("**", "*\u2060*")
"""Two stars in an answer are no mark: a sign that is not seen parts them in the draft."""
_BLANK: Final = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


@dataclass(frozen=True, slots=True, eq=False)
class LetterDraft:
    """The words of a letter. ``salutation`` is what follows "Dear"; empty where nobody is.

    Two are the same where they read the same: a field of text hands out the spaces at which no
    line may break, such as those in a telephone number, as ordinary ones.
    """

    subject: str
    text: str
    salutation: str = ""

    def __eq__(self, other: object) -> bool:
        """Do both read the same?"""
        return isinstance(other, LetterDraft) and self.read == other.read

    def __hash__(self) -> int:
        """By what is read."""
        return hash(self.read)

    @property
    def read(self) -> str:
        """All of it as it is read, to be compared."""
        return f"{self.subject}\n{self.salutation}\n{self.text}".replace("\u00a0", " ")

    @property
    def gaps(self) -> tuple[str, ...]:
        """What is still to be filled in, each once."""
        return tuple(dict.fromkeys(_GAP.findall(f"{self.subject}\n{self.salutation}\n{self.text}")))

    @property
    def greeting(self) -> str:
        """The line with which the letter begins."""
        return f"Dear {self.salutation}," if self.salutation else ""

    @property
    def whole(self) -> str:
        """All words of the letter, to be looked through."""
        return "\n\n".join(part for part in (self.subject, self.greeting, self.text) if part)


def draft_of(filled: Filled, salutation: str) -> LetterDraft:
    """The words of a filled template; its line "Dear …" is parted from the text."""
    dear = salutation if salutation.strip() else _NOBODY
    blocks = filled.blocks
    first = _plain(blocks[0].texts[0]) if blocks and blocks[0].kind == "text" else ""
    greeted = first == f"Dear {dear},"
    parts = [_written(block) for block in (blocks[1:] if greeted else blocks)]
    text = "\n\n".join(part for part in parts if part)
    return LetterDraft(filled.subject, text, dear if greeted else "")


def filled_of(draft: LetterDraft) -> Filled:
    """What is printed of a draft."""
    filled = Filled(subject=_one_line(draft.subject))
    if draft.greeting:
        greeting = bold(draft.greeting) if draft.salutation == _NOBODY else Span(draft.greeting)
        filled.blocks.append(Block("text", ((greeting,),)))
    for paragraph in _BLANK.split(draft.text.replace("\r\n", "\n").strip("\n")):
        filled.blocks.extend(_blocks(paragraph))
    filled.missing = dict.fromkeys(draft.gaps)
    return filled


# --- from blocks to words ----------------------------------------------------------------


def _written(block: Block) -> str:
    texts = [_with_marks(spans) for spans in block.texts]
    if block.kind == "heading":
        return f"## {_one_line(texts[0])}"
    if block.kind == "bullets":
        return "\n".join(f"- {_continued(text)}" for text in texts)
    if block.kind == "facts":
        pairs = zip(texts[::2], texts[1::2], strict=True)
        return "\n".join(f"| {_one_line(label)} | {_listed(value)}" for label, value in pairs)
    return _unmarked(texts[0])


def _with_marks(spans: Spans) -> str:
    found = []
    for span in spans:
        text = span.text.replace(*_NO_STRESS)
        gap = text.startswith("[to be filled in: ")
        found.append(f"**{text}**" if span.face and text.strip() and not gap else text)
    return "".join(found)


def _unmarked(text: str) -> str:
    """An answer may begin a line as a mark does: a space before it says that it is none."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n")]
    return "\n".join(f" {line}" if _LINE_MARK.match(line) else line for line in lines)


def _continued(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return "\n  ".join(lines)


def _listed(text: str) -> str:
    return "; ".join(line.strip().rstrip(";") for line in text.splitlines() if line.strip())


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _plain(spans: Spans) -> str:
    return "".join(span.text for span in spans)


# --- from words to blocks ----------------------------------------------------------------


def _blocks(paragraph: str) -> Iterator[Block]:
    """The pieces of a paragraph: lines of one kind that follow each other belong together."""
    kind: Kind = "text"
    lines: list[str] = []
    for line in paragraph.split("\n"):
        found, words = _kind_of(line)
        goes_on = kind == "bullets" and lines and line.startswith("  ")
        if goes_on and found == "text":
            lines[-1] += f"\n{words}"
            continue
        if lines and (found != kind or found == "heading"):
            yield _block(kind, lines)
            lines = []
        kind = found
        if words:
            lines.append(words)
    if lines:
        yield _block(kind, lines)


def _kind_of(line: str) -> tuple[Kind, str]:
    bare = line.strip()
    if mark := re.match(r"#{1,3} ", line):
        return "heading", line[mark.end() :].strip()
    if re.match(r"[-•*] ", line):
        return "bullets", line[2:].strip()
    if line.startswith("|"):
        return "facts", bare
    return "text", bare


def _block(kind: Kind, lines: list[str]) -> Block:
    if kind == "text":
        return Block(kind, (_spans("\n".join(lines)),))
    if kind == "facts":
        cells = (cell for line in lines for cell in _cells(line))
        return Block(kind, tuple(_spans(cell) for cell in cells))
    return Block(kind, tuple(_spans(line) for line in lines))


def _cells(line: str) -> tuple[str, str]:
    label, _, value = line.strip().removeprefix("|").removesuffix("|").partition("|")
    return label.strip(), value.strip()


def _spans(text: str) -> Spans:
    pieces: list[tuple[str, bool]] = []
    at = 0
    for found in _MARKED.finditer(text):
        pieces += [(text[at : found.start()], False), (found[1] or found[2], True)]
        at = found.end()
    pieces.append((text[at:], False))
    told = (
        (words.replace(_NO_STRESS[1], _NO_STRESS[0]), stressed)
        for words, stressed in pieces
        if words
    )
    return tuple(bold(words) if stressed else Span(words) for words, stressed in told)
