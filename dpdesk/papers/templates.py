"""Letter texts that the school can change without a programmer.

A template is a text file of ``resources/templates``. Blank lines part its paragraphs:

    % A line that begins with % is a note or a source; it is not printed.
    Subject: Your request for personal data
    ## A heading
    Words with a {place to be filled in} and a **stressed word**.
    - a point of a list; a place that holds several answers gives one point for each
    | Question | an answer beside it
    {if about a child} A paragraph that is left out while nothing is known under that name.
    {if not about a child} The other way round.
    {passage complaint} The paragraphs of the file passage-complaint.md.

Places are filled after the paragraphs are read, so nothing in an answer can become a heading
or a condition. A place without an answer is printed as ``[to be filled in: name]``, never as
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from dpdesk import resources
from dpdesk.law.words import long_date

from . import look
from .kit import Fact, Paper, Span, bold

Answer = str | date | bool | tuple[str, ...] | None
Kind = Literal["heading", "text", "bullets", "facts"]
Spans = tuple[Span, ...]

_PLACE = re.compile(r"\{([^{}\n]+)\}")
_STRESS = re.compile(r"\*\*([^*\n]+)\*\*")
_WHEN = re.compile(r"^\{if (not )?([^{}\n]+)\}\s*")
_PASSAGE = re.compile(r"^\{passage ([a-z-]+)\}$")
_LONE_PLACE = re.compile(r"^\{([^{}\n]+)\}$")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the letter, filled in: one text, the points of a list, or question and answer."""

    kind: Kind
    texts: tuple[Spans, ...]


@dataclass(slots=True)
class Filled:
    """A template with its places filled; ``missing`` names the places left open, once each."""

    subject: str
    blocks: list[Block] = field(default_factory=list)
    missing: dict[str, None] = field(default_factory=dict)
    sources: list[str] = field(default_factory=list)

    def text(self) -> str:
        """The letter as plain text, for an e-mail."""
        parts: list[str] = []
        for block in self.blocks:
            texts = ["".join(span.text for span in spans) for spans in block.texts]
            if block.kind == "bullets":
                texts = ["\n".join(f"- {text}" for text in texts)]
            elif block.kind == "facts":
                pairs = zip(texts[::2], texts[1::2], strict=True)
                texts = ["\n".join(f"{label}: {value}" for label, value in pairs)]
            parts += texts
        return "\n\n".join(parts)


Wording = Callable[[str], str]
"""Gives the text of a template by its name."""


def shipped(name: str) -> str:
    """The wording that comes with the program."""
    return resources.text("templates", f"{name}.md")


def fill(name: str, answers: Mapping[str, Answer], wording: Wording = shipped) -> Filled:
    """Fills the template of that name with answers."""
    filled = Filled(subject="")
    _Reader(answers, wording, filled).read(name)
    return filled


@dataclass(slots=True)
class _Reader:
    answers: Mapping[str, Answer]
    wording: Wording
    filled: Filled
    _open: tuple[str, ...] = ()

    def read(self, name: str) -> None:
        if name in self._open:
            return  # a passage that contains itself is printed once
        self._open = (*self._open, name)
        for block in _blocks(self.wording(name), self.filled.sources):
            self._block(block)
        self._open = self._open[:-1]

    def _block(self, lines: list[str]) -> None:
        while when := _WHEN.match(lines[0]):
            known = bool(self.answers.get(when[2].strip()))
            if known == bool(when[1]):
                return
            lines = [lines[0][when.end() :], *lines[1:]]
            if not lines[0]:
                lines = lines[1:]
            if not lines:
                return
        first = lines[0]
        if passage := _PASSAGE.match(first):
            self.read(f"passage-{passage[1]}")
        elif first.startswith("Subject:"):
            spans = self._spans(" ".join(lines).removeprefix("Subject:").strip())
            self.filled.subject = "".join(span.text for span in spans)
        elif first.startswith("## "):
            self._add("heading", [self._spans(first[3:])])
            if lines[1:]:
                self._block(lines[1:])
        elif first.startswith("- "):
            self._add("bullets", list(self._points(lines)))
        elif first.startswith("|"):
            self._add("facts", [self._spans(cell) for line in lines for cell in _pair(line)])
        else:
            self._add("text", [self._spans(" ".join(lines))])

    def _add(self, kind: Kind, texts: list[Spans]) -> None:
        if texts:
            self.filled.blocks.append(Block(kind, tuple(texts)))

    def _points(self, lines: list[str]) -> Iterator[Spans]:
        joined: list[str] = []
        for line in lines:
            if line.startswith("- ") or not joined:
                joined.append(line.removeprefix("- "))
            else:
                joined[-1] += " " + line.strip()
        for point in joined:
            lone = _LONE_PLACE.match(point)
            answer = self.answers.get(lone[1]) if lone else None
            if isinstance(answer, tuple) and answer:
                yield from ((Span(text),) for text in answer)
            else:
                yield self._spans(point)

    def _spans(self, text: str) -> Spans:
        spans: list[Span] = []
        for number, piece in enumerate(_STRESS.split(text)):
            at = 0
            stressed = number % 2 == 1
            for place in _PLACE.finditer(piece):
                if piece[at : place.start()]:
                    spans.append(_span(piece[at : place.start()], stressed))
                spans.append(self._answer(place[1].strip(), stressed))
                at = place.end()
            if piece[at:]:
                spans.append(_span(piece[at:], stressed))
        return tuple(spans)

    def _answer(self, name: str, stressed: bool) -> Span:
        answer = self.answers.get(name)
        if isinstance(answer, date):
            return _span(long_date(answer), stressed)
        if isinstance(answer, bool):
            return _span("yes" if answer else "no", stressed)
        if isinstance(answer, tuple):
            answer = "; ".join(answer)
        if answer is None or not answer.strip():
            self.filled.missing[name] = None
            return bold(f"[to be filled in: {name}]")
        return _span(answer, stressed)


def _span(text: str, stressed: bool) -> Span:
    return bold(text) if stressed else Span(text)


def _pair(line: str) -> tuple[str, str]:
    label, _, value = line.strip().strip("|").partition("|")
    return label.strip(), value.strip()


def _blocks(text: str, sources: list[str]) -> Iterator[list[str]]:
    """The paragraphs of a template, each as its lines; notes go to ``sources``."""
    block: list[str] = []
    for line in text.splitlines():
        if line.startswith("%"):
            note = line.lstrip("% ").strip()
            if note and note not in sources:
                sources.append(note)
        elif line.strip():
            block.append(line.strip())
        elif block:
            yield block
            block = []
    if block:
        yield block


def print_blocks(paper: Paper, filled: Filled) -> None:
    """Prints the filled paragraphs on a paper."""
    for block in filled.blocks:
        if block.kind == "heading":
            paper.heading("".join(span.text for span in block.texts[0]), 2)
        elif block.kind == "bullets":
            paper.bullets(block.texts)
        elif block.kind == "facts":
            pairs = zip(block.texts[::2], block.texts[1::2], strict=True)
            paper.facts(
                [Fact("".join(span.text for span in label), value) for label, value in pairs]
            )
        else:
            paper.text(block.texts[0], gap=look.SPACE_M + 2)
