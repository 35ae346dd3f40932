"""Buttons, made in one line, always with words and an accessible name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolButton

from ui.kit.look.icons import SIZE, icon
from ui.kit.look.plain import set_focus_always, set_focus_by_click
from ui.kit.look.theme import give_role
from ui.kit.pieces.presence import somebody_is_here

_LEAST = 190
"""Pixels that a link is never narrower than; a shorter one stays in one line."""
_INK = {"primary": "on_accent", "danger": "danger"}


def _enter(press: QPushButton | QToolButton, event: QKeyEvent) -> bool:
    """Presses the button where the key is Enter, once for each time it goes down.

    The button itself answers, not the window: a line or a list that answers Enter by itself may
    move the keyboard to a button, which must not be pressed by the same key.
    """
    from PySide6.QtCore import Qt  # a thousand names, which the first picture does without

    if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
        return False
    if not event.isAutoRepeat():
        if press.menu() is not None:
            press.showMenu()
        else:
            press.click()
    return True


class Push(QPushButton):
    """A button that Enter presses as Space does."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it."""
        if not _enter(self, event):
            super().keyPressEvent(event)

    def nextCheckState(self) -> None:
        """Somebody pressed it, with or without a key."""
        somebody_is_here(self)
        super().nextCheckState()


class _Icon(QToolButton):
    """A button with an icon only that Enter presses as Space does."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it."""
        if not _enter(self, event):
            super().keyPressEvent(event)

    def nextCheckState(self) -> None:
        """Somebody pressed it, with or without a key."""
        somebody_is_here(self)
        super().nextCheckState()


class Option(Push):
    """A button that is on or off. ``picked`` says that somebody turned it, in whatever way.

    Screen readers and voices turn a button without any click, so nothing may hang on ``clicked``:
    what is shown as chosen would not be what is done or saved. ``setChecked`` only shows.
    ``again`` says that the one that is on was pressed once more and stays on.
    """

    picked = Signal(bool)
    again = Signal()

    def __init__(self, words: str = "", *, one_of: bool = False) -> None:
        super().__init__(words)
        self._showing = False
        self._was_on = False
        self.setCheckable(True)
        # Read as "1 of 3" by screen readers; without it each would be a box to tick.
        self.setAutoExclusive(one_of)
        self.toggled.connect(self._turned)
        self.pressed.connect(self._note)
        self.clicked.connect(self._pressed_again)

    def setChecked(self, on: bool) -> None:
        """Shows it as on or off, and tells nobody. One of several may be turned off, too."""
        group, alone = self.group(), self.autoExclusive()
        kept = group is not None and group.exclusive()
        self._showing = True
        try:
            if not on:
                # Qt refuses to have none of several chosen.
                self.setAutoExclusive(False)
                if group is not None:
                    group.setExclusive(False)
            super().setChecked(on)
        finally:
            self._showing = False
            self.setAutoExclusive(alone)
            if group is not None:
                group.setExclusive(kept)
        if on and alone:
            self._take_stop()

    def _take_stop(self) -> None:
        """Tab comes to the one that is on; Qt leaves it with the one that was pressed last."""
        parent = self.parentWidget()
        for other in parent.findChildren(Option) if parent is not None else ():
            if other is not self and other.parentWidget() is parent and other.autoExclusive():
                set_focus_by_click(other)
        set_focus_always(self)

    def _turned(self, on: bool) -> None:
        # One that goes off because another was chosen was not turned by anybody.
        if not self._showing and (on or not self.autoExclusive()):
            somebody_is_here(self)
            self.picked.emit(on)

    def _note(self) -> None:
        self._was_on = self.isChecked()

    def _pressed_again(self) -> None:
        if self._was_on and self.isChecked() and self.autoExclusive():
            self.again.emit()


class IconOption(_Icon):
    """An icon button that is on or off; ``picked`` as of :class:`Option`."""

    picked = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._showing = False
        self.setCheckable(True)
        self.toggled.connect(self._turned)

    def setChecked(self, on: bool) -> None:
        """Shows it as on or off, and tells nobody."""
        self._showing = True
        try:
            super().setChecked(on)
        finally:
            self._showing = False

    def _turned(self, on: bool) -> None:
        if not self._showing:
            somebody_is_here(self)
            self.picked.emit(on)


class _Link(Push):
    """A button that looks like a link, also under the pointer, and wraps as words do.

    The names of letters and of work are longer than a rail is wide; a button of Qt would be cut.
    """

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self._words = words
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def text(self) -> str:
        """The words, without the breaks of their lines."""
        return self._words

    def setText(self, words: str) -> None:
        """Shows other words."""
        self._words = words
        super().setText(words)
        self._wrap()

    def sizeHint(self) -> QSize:
        """All words in one line."""
        return QSize(self._beside() + self._advance(self._words), self._high(1))

    def minimumSizeHint(self) -> QSize:
        """A short link stays in one line; a long one may be as narrow as this."""
        size = self.sizeHint()
        return QSize(min(size.width(), _LEAST), size.height())

    def heightForWidth(self, width: int) -> int:
        """The height of as many lines as the words take."""
        return self._high(len(self._lines(width)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the lines elsewhere."""
        super().resizeEvent(event)
        self._wrap()

    def _wrap(self) -> None:
        shown = "\n".join(self._lines(self.width()))
        if shown != super().text():
            super().setText(shown)

    def _lines(self, width: int) -> list[str]:
        """The words in lines that fit; one that is wider than all is a line of its own."""
        room = width - self._beside()
        lines: list[str] = []
        for word in self._words.split(" "):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self._advance(longer) <= room:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def _advance(self, words: str) -> int:
        return self.fontMetrics().horizontalAdvance(words.replace("&&", "&"))

    def _beside(self) -> int:
        """Pixels that the frame, an icon and a menu's arrow take."""
        shown = super().text().split("\n")
        return super().sizeHint().width() - max(self._advance(line) for line in shown)

    def _high(self, lines: int) -> int:
        more = lines - 1 - super().text().count("\n")
        return super().sizeHint().height() + more * self.fontMetrics().lineSpacing()

    def enterEvent(self, event: QEnterEvent) -> None:
        """The hand is set when a pointer comes, as naming it costs the start of the program."""
        from PySide6.QtCore import Qt

        self.setCursor(Qt.CursorShape.PointingHandCursor)
        super().enterEvent(event)


def button(
    words: str,
    icon_name: str = "",
    *,
    role: str = "button",
    does: Callable[[], object] | None = None,
    key: str = "",
    hint: str = "",
) -> QPushButton:
    """A push button.

    ``role``: "primary" (one on a page), "button", "danger" (cannot be undone) or "link".
    ``key`` names the shortcut in the tool tip; the shortcut itself belongs to the page.
    """
    made = _Link(words) if role == "link" else Push(words)
    _dress(made, words, icon_name, role, key, hint)
    if does is not None:
        action = does
        made.clicked.connect(lambda _on=False: action())
    return made


def option(
    words: str,
    icon_name: str = "",
    *,
    role: str,
    picked: Callable[[bool], object] | None = None,
    one_of: bool = False,
    key: str = "",
    hint: str = "",
) -> Option:
    """A push button that is on or off; ``picked`` gets which, once somebody turned it.

    ``one_of``: one of several, of which always one is on; ``picked`` is then called for that one
    only. ``role`` as the style sheet knows it: "chip", "segment", "side", "stage" or "button".
    """
    made = Option(words, one_of=one_of)
    _dress(made, words, icon_name, role, key, hint)
    if picked is not None:
        made.picked.connect(picked)
    return made


def _dress(made: QPushButton, words: str, icon_name: str, role: str, key: str, hint: str) -> None:
    give_role(made, role)
    made.setAutoDefault(False)
    if icon_name:
        made.setIcon(icon(icon_name, _INK.get(role, "accent")))
        made.setIconSize(QSize(SIZE, SIZE))
    tip = hint or words
    if key or hint:
        made.setToolTip(f"{tip} ({key})" if key else tip)


def icon_button(
    name: str, icon_name: str, *, does: Callable[[], object] | None = None, key: str = ""
) -> QToolButton:
    """A button that shows an icon only; ``name`` is said by screen readers and the tool tip."""
    made = _Icon()
    _dress_icon(made, name, icon_name, key)
    if does is not None:
        action = does
        made.clicked.connect(lambda _on=False: action())
    return made


def icon_option(
    name: str, icon_name: str, *, picked: Callable[[bool], object], key: str = ""
) -> IconOption:
    """An icon button that is on or off; ``picked`` gets which, once somebody turned it."""
    made = IconOption()
    _dress_icon(made, name, icon_name, key)
    made.picked.connect(picked)
    return made


def _dress_icon(made: QToolButton, name: str, icon_name: str, key: str) -> None:
    give_role(made, "icon")
    made.setIcon(icon(icon_name, "muted"))
    made.setIconSize(QSize(SIZE, SIZE))
    made.setAccessibleName(name)
    made.setToolTip(f"{name} ({key})" if key else name)
    set_focus_always(made)
