"""The words of a letter beside the page as it will print, with what to look at before it goes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.kit.look.theme import MEDIUM, SMALL, theme
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import row, words
from ui.kit.pieces.low import is_low
from ui.kit.pieces.paper_view import PaperView
from ui.kit.pieces.presence import somebody_is_here

if TYPE_CHECKING:
    from dpdesk.papers.drafts import LetterDraft
    from dpdesk.papers.letters import Letter

_WAIT: Final = 450
"""Milliseconds without a key before the page is drawn anew."""
_GAP: Final = re.compile(r"\[to be filled in: [^\[\]\n]+\]")
_STRESSED: Final = re.compile(r"\*\*[^*\n]+\*\*")
_SIGN: Final = re.compile(r"(?:#{1,3}|-) ")
"""What makes a line a heading or a point of a list; it is not printed."""
_HELP: Final = (
    "The pale signs that the buttons write (##, - and **) are not printed. A blank line begins a "
    "new paragraph. Everything may be changed; what is still to be filled in is marked."
)


class _Marks(QSyntaxHighlighter):
    """Colours gaps, headings and stressed words while somebody writes."""

    def highlightBlock(self, text: str) -> None:
        """Colours one line."""
        colours = theme().colours
        gap, loud, pale = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
        ink, ground = colours.tone("warn")
        gap.setForeground(QColor(ink))
        gap.setBackground(QColor(ground))
        loud.setFontWeight(QFont.Weight.Bold)
        if text.startswith(("# ", "## ", "### ")):
            self.setFormat(0, len(text), loud)
        pale.setForeground(QColor(colours.muted))
        if sign := _SIGN.match(text):
            self.setFormat(0, sign.end(), pale)
        for found in _STRESSED.finditer(text):
            self.setFormat(found.start(), len(found[0]), loud)
            for place in (found.start(), found.end() - 2):
                self.setFormat(place, 2, pale)
        for found in _GAP.finditer(text):
            self.setFormat(found.start(), len(found[0]), gap)


class LetterEditor(QWidget):
    """Salutation, subject and text on the left; the page on the right.

    ``changed`` fires when the writer pauses. Whoever owns the editor prints the letter and hands
    it to ``show_letter``.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filling = False
        self.salutation = self._line("Dear …")
        self.subject = self._line("Subject")
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("Text of the letter")
        self.text.textChanged.connect(self._typed)
        self._marks = _Marks(self.text.document())
        self.heading = button(
            "Heading",
            "mdi6.format-title",
            does=lambda: self._mark("## "),
            hint="Makes this line a heading, or plain again",
        )
        self.point = button(
            "List",
            "mdi6.format-list-bulleted",
            does=lambda: self._mark("- "),
            hint="Makes each line that is chosen a point of a list, or plain again",
        )
        self.stress = button(
            "Bold",
            "mdi6.format-bold",
            does=self._stress,
            key="Ctrl+B",
            hint="Makes the words that are chosen bold, or plain again",
        )
        self.next_gap = button("Next gap", "mdi6.arrow-down", role="link", does=self.go_to_gap)
        self.banner = Banner(closable=False)
        self.ease = words("", "muted", wraps=True)
        self.paper = PaperView()
        self._timer = QTimer(self, singleShot=True, interval=_WAIT)
        self._timer.timeout.connect(self.changed)
        theme().changed.connect(self._marks.rehighlight)
        self._lay_out()
        # On a low window the words give way, and not the head of the page above them.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)

    def _line(self, name: str) -> QLineEdit:
        made = QLineEdit()
        made.setAccessibleName(name)
        made.textChanged.connect(self._typed)
        return made

    def _lay_out(self) -> None:
        self.left = QWidget()
        left = QVBoxLayout(self.left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(SMALL)
        for name, line in (("Dear …", self.salutation), ("Subject", self.subject)):
            label = words(name, "label")
            label.setMinimumWidth(label.fontMetrics().horizontalAdvance("Subject") + SMALL)
            label.setBuddy(line)
            left.addLayout(row(label, line))
        left.addLayout(row(self.heading, self.point, self.stress, None, self.next_gap))
        left.addWidget(self.text, 1)
        self.help = words(_HELP, "help", wraps=True)
        left.addWidget(self.help)
        left.addWidget(self.banner)
        left.addWidget(self.ease)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM)
        layout.addWidget(self.left, 1)
        layout.addWidget(self.paper, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the words of the letter have the room; the tip of their field helps."""
        super().resizeEvent(event)
        low = is_low(self)
        self.help.setVisible(not low)
        self.text.setToolTip(_HELP if low else "")

    def put_beside(self, card: QWidget) -> None:
        """Keeps a place for a card that takes the place of the words while it is shown."""
        layout = self.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.insertWidget(0, card, 1, Qt.AlignmentFlag.AlignTop)

    def show_beside(self, card: QWidget, *, on: bool) -> None:
        """Shows the card beside the page, or the words again."""
        card.setVisible(on)
        self.left.setVisible(not on)

    # --- the words -----------------------------------------------------------------------

    @property
    def draft(self) -> LetterDraft:
        """The words as they stand here."""
        from dpdesk.papers.drafts import LetterDraft

        return LetterDraft(
            self.subject.text().strip(), typed_words(self.text), self.salutation.text().strip()
        )

    def show_draft(self, draft: LetterDraft) -> None:
        """Shows other words, from their beginning."""
        self._filling = True
        try:
            self.salutation.setText(draft.salutation)
            self.subject.setText(draft.subject)
            self.text.setPlainText(draft.text)
        finally:
            self._filling = False
        self._timer.stop()

    def show_letter(
        self, letter: Letter, notes: Sequence[str] = (), gaps: Sequence[str] | None = None
    ) -> None:
        """Shows how it prints, and what to look at; ``notes`` stand first.

        ``gaps``: what is to be filled in, by the words of the screen that asks for it.
        """
        self.paper.show_paper(letter.content, f"{letter.subject}\n\n{letter.text}")
        self.next_gap.setVisible(bool(letter.missing))
        named = letter.missing if gaps is None else gaps
        open_ = [f"Still to be filled in: {'; '.join(named)}."] if named else []
        said = [*notes, *letter.lacking, *open_, *letter.warnings]
        if said:
            self.banner.say("\n".join(said), "danger" if letter.lacking else "warn")
        else:
            self.banner.hide()
        self.ease.setText(_ease_said(letter))

    # --- doing ---------------------------------------------------------------------------

    def go_to_gap(self) -> None:
        """Chooses the next thing to be filled in, so that typing replaces it."""
        text = self.text.toPlainText()
        at = self.text.textCursor().selectionEnd()
        found = _GAP.search(text, at) or _GAP.search(text)
        if found is None:
            return
        cursor = self.text.textCursor()
        cursor.setPosition(found.start())
        cursor.setPosition(found.end(), QTextCursor.MoveMode.KeepAnchor)
        self.text.setTextCursor(cursor)
        self.text.setFocus()
        self.text.ensureCursorVisible()

    def _mark(self, mark: str) -> None:
        """Puts a mark before the lines that are chosen, or takes it away again."""
        cursor = self.text.textCursor()
        last = cursor.selectionEnd()
        cursor.setPosition(cursor.selectionStart())
        cursor.beginEditBlock()
        while True:
            cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
            line = cursor.block().text()
            if line.startswith(mark):
                move = QTextCursor.MoveMode.KeepAnchor
                cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, move, len(mark))
                cursor.removeSelectedText()
                last -= len(mark)
            elif line.strip():
                cursor.insertText(mark)
                last += len(mark)
            below = cursor.movePosition(QTextCursor.MoveOperation.NextBlock)
            if not below or cursor.position() > last:
                break
        cursor.endEditBlock()
        self.text.setFocus()

    def _stress(self) -> None:
        """Makes the words that are chosen bold, or plain again."""
        cursor = self.text.textCursor()
        chosen = cursor.selectedText()
        if not chosen.strip() or "\u2029" in chosen:
            return
        plain = chosen.removeprefix("**").removesuffix("**")
        cursor.insertText(plain if plain != chosen else f"**{chosen}**")
        self.text.setFocus()

    def _typed(self, *_: object) -> None:
        if not self._filling:
            somebody_is_here(self)
            self._timer.start()


def _ease_said(letter: Letter) -> str:
    ease = letter.ease
    if ease is None:
        return ""
    if not ease.longest:
        return ease.said
    begins = " ".join(ease.longest.split()[:7])
    return f"{ease.said} One sentence has {ease.words} words: “{begins} …”"


def typed_words(field: QPlainTextEdit) -> str:
    """What stands in a field of text, with the spaces at which no line may break."""
    return field.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")
