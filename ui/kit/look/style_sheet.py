"""The one style sheet: rounded inputs, buttons, cards, tabs, all in the named colours."""

from __future__ import annotations

from ui.kit.look import fonts
from ui.kit.look.palette import TONES, Colours

_LABELS = """
QLabel[role="title"] {{ font-size: {title}pt; font-weight: 600; }}
QLabel[role="heading"] {{ font-size: {heading}pt; font-weight: 600; }}
QLabel[role="strong"], QLabel[role="label"] {{ font-weight: 600; }}
QLabel[role="figure"] {{ font-size: {figure}pt; font-weight: 600; }}
QLabel[role="muted"], QLabel[role="column"] {{ color: {c.muted}; }}
QLabel[role="help"] {{ color: {c.muted}; font-size: {small}pt; }}
QLabel[role="error"] {{ color: {c.danger}; font-size: {small}pt; }}
QLabel[role="accent"] {{ color: {c.accent}; font-weight: 600; }}
QToolTip {{ background: {c.base}; color: {c.text}; border: 1px solid {c.edge}; padding: 6px; }}
"""

_FRAMES = """
QFrame[role="card"] {{ background: {c.base}; border: 1px solid {c.line}; border-radius: 10px; }}
QFrame[role="bar"] {{ background: {c.base}; border: none; border-top: 1px solid {c.line}; }}
QFrame[role="top"] {{ background: {c.base}; border: none; border-bottom: 1px solid {c.line}; }}
QFrame[role="panel"] {{ background: {c.base}; border: none; }}
QFrame[role="line"] {{ background: {c.line}; border: none; max-height: 1px; }}
QFrame[role="segments"] {{ background: {c.base}; border: 1px solid {c.edge}; border-radius: 6px; }}
QFrame[role="segments"][invalid="true"] {{ border-color: {c.danger}; }}
QFrame[role="checks"] {{ background: {c.base}; border: 1px solid {c.edge}; border-radius: 6px; }}
QFrame[role="checks"][invalid="true"] {{ border-color: {c.danger}; }}
QFrame[role="pop"] {{ background: {c.base}; border: 1px solid {c.edge}; border-radius: 8px; }}
QScrollArea, QScrollArea > QWidget > QWidget[role="page"] {{ background: transparent;
    border: none; }}
QSplitter::handle {{ background: {c.line}; }}
"""

_BUTTONS = """
QPushButton, QToolButton[role="button"] {{
    background: {c.base}; color: {c.text}; border: 1px solid {c.edge}; border-radius: 6px;
    padding: 6px 14px; min-height: 18px; }}
QPushButton:hover, QToolButton[role="button"]:hover {{ background: {c.hover}; }}
QPushButton:pressed, QToolButton[role="button"]:pressed {{ background: {c.selected}; }}
QPushButton:disabled, QToolButton[role="button"]:disabled {{
    color: {c.faint}; background: {c.window}; }}
QPushButton:focus, QToolButton[role="button"]:focus {{ border: 2px solid {c.accent};
    padding: 5px 13px; }}
QPushButton[role="primary"] {{ background: {c.accent}; color: {c.on_accent}; font-weight: 600;
    border-color: {c.accent}; }}
QPushButton[role="primary"]:hover {{ background: {c.accent_over}; }}
QPushButton[role="primary"]:focus {{ border: 4px double {c.accent}; padding: 3px 11px;
    background-clip: padding; }}
QPushButton[role="primary"]:disabled {{ background: {c.quiet_bg}; color: {c.faint};
    border-color: {c.line}; }}
QPushButton[role="danger"] {{ color: {c.danger}; border-color: {c.danger}; }}
QPushButton[role="danger"]:hover {{ background: {c.danger_bg}; }}
QPushButton[role="chip"] {{ border-radius: 15px; padding: 5px 14px; }}
QPushButton[role="chip"]:checked {{ background: {c.selected}; color: {c.chip};
    border-color: {c.accent}; }}
QPushButton[role="chip"]:focus {{ border: 2px solid {c.accent}; padding: 4px 13px; }}
QPushButton[role="segment"] {{ border: 1px solid transparent; border-radius: 5px;
    background: transparent; padding: 5px 12px; }}
QPushButton[role="segment"]:hover {{ background: {c.hover}; }}
QPushButton[role="segment"]:checked {{ background: {c.selected}; color: {c.chip};
    font-weight: 600; border-color: {c.accent}; }}
QPushButton[role="segment"]:focus {{ border: 2px dashed {c.muted}; padding: 4px 11px; }}
QPushButton[role="segment"]:checked:focus {{ border: 2px solid {c.accent}; }}
QPushButton[role="link"], QToolButton[role="link"] {{ background: transparent; color: {c.accent};
    border: 1px solid transparent; border-radius: 4px; padding: 2px 4px; font-weight: 600;
    min-height: 1em; text-align: left; }}
QPushButton[role="link"]:hover, QToolButton[role="link"]:hover {{ background: {c.hover}; }}
QPushButton[role="link"]:focus, QToolButton[role="link"]:focus {{
    border: 1px solid {c.accent}; padding: 2px 4px; }}
QPushButton[role="side"] {{ border: 1px solid transparent; background: transparent;
    padding: 6px 10px; text-align: left; }}
QPushButton[role="side"]:hover {{ background: {c.hover}; }}
QPushButton[role="side"]:checked {{ background: {c.selected}; color: {c.chip};
    font-weight: 600; }}
QPushButton[role="side"]:focus {{ border: 2px solid {c.accent}; padding: 5px 9px; }}
QPushButton[role="line"] {{ background: transparent; border: 1px solid transparent;
    text-align: left; padding: 6px 8px; }}
QPushButton[role="line"]:hover {{ background: {c.hover}; }}
QPushButton[role="line"]:focus {{ border: 1px solid {c.accent}; padding: 6px 8px; }}
QPushButton[role="stage"] {{ background: transparent; border: 1px solid transparent;
    border-radius: 6px; padding: 5px 10px; color: {c.muted}; }}
QPushButton[role="stage"]:hover {{ background: {c.hover}; }}
QPushButton[role="stage"][when="now"] {{ color: {c.chip}; background: {c.selected};
    font-weight: 600; }}
QPushButton[role="stage"][when="done"] {{ color: {c.text}; }}
QPushButton[role="stage"]:checked {{ border-color: {c.accent}; }}
QPushButton[role="stage"]:focus {{ border: 2px solid {c.accent}; padding: 4px 9px; }}
QPushButton[role="tab"] {{ background: {c.base}; color: {c.muted}; border: none; border-radius: 0;
    border-bottom: 3px solid transparent; padding: 9px 14px; }}
QPushButton[role="tab"][narrow="true"] {{ padding: 9px 10px; }}
QPushButton[role="tab"]:hover {{ color: {c.text}; background: {c.hover}; }}
QPushButton[role="tab"]:checked {{ color: {c.accent}; font-weight: 600;
    border-bottom-color: {c.accent}; }}
QPushButton[role="tab"]:focus {{ color: {c.text}; border: 2px solid {c.accent};
    border-bottom-width: 3px; padding: 7px 12px 9px 12px; }}
QPushButton[role="tab"][narrow="true"]:focus {{ padding: 7px 8px 9px 8px; }}
QToolButton[role="icon"] {{ background: transparent; border: 1px solid transparent;
    border-radius: 6px; padding: 4px; }}
QToolButton[role="icon"]:hover {{ background: {c.hover}; }}
QToolButton[role="icon"]:checked {{ background: {c.selected}; }}
QToolButton[role="icon"]:focus {{ border: 1px solid {c.accent}; }}
QToolButton[role="icon"]::menu-indicator, QPushButton[role="button"]::menu-indicator {{
    image: none; width: 0; }}
"""

_INPUTS = """
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox {{
    background: {c.base}; color: {c.text}; border: 1px solid {c.edge}; border-radius: 6px;
    padding: 5px 9px; selection-background-color: {c.accent};
    selection-color: {c.on_accent}; placeholder-text-color: {c.faint}; }}
QLineEdit, QComboBox, QSpinBox {{ min-height: 20px; }}
QPlainTextEdit, QTextEdit {{ padding: 3px 5px; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus {{
    border: 2px solid {c.accent}; padding: 4px 8px; }}
QPlainTextEdit:focus, QTextEdit:focus {{ padding: 2px 4px; }}
QLineEdit[invalid="true"], QPlainTextEdit[invalid="true"], QComboBox[invalid="true"] {{
    border: 2px solid {c.danger}; padding: 4px 8px; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {{
    background: {c.window}; color: {c.faint}; border-color: {c.line}; }}
QLineEdit:read-only, QPlainTextEdit:read-only {{ background: {c.window}; border-color: {c.line}; }}
QLineEdit[role="search"]:focus {{ border: 2px solid {c.accent}; }}
QTextBrowser {{ border: none; background: {c.base}; padding: 8px; }}
QComboBox {{ padding-right: 26px; combobox-popup: 0; }}
QComboBox::drop-down {{ border: none; width: 26px; }}
QComboBox::down-arrow {{ image: url({pictures}/down.png); width: 16px; height: 16px; }}
QComboBox QLineEdit {{ border: none; padding: 0; background: transparent; }}
QComboBox QAbstractItemView {{ background: {c.base}; color: {c.text};
    border: 1px solid {c.edge}; padding: 4px; outline: none;
    selection-background-color: {c.selected}; selection-color: {c.chip}; }}
QComboBox QAbstractItemView::item {{ min-height: 24px; padding: 0 6px; border-radius: 4px; }}
QComboBox QAbstractItemView::item:selected {{ background: {c.selected}; color: {c.chip}; }}
QSpinBox::up-button, QSpinBox::down-button {{ border: none; width: 20px;
    background: transparent; }}
QSpinBox::up-arrow {{ image: url({pictures}/up.png); width: 12px; height: 12px; }}
QSpinBox::down-arrow {{ image: url({pictures}/down.png); width: 12px; height: 12px; }}
QCheckBox::indicator, QRadioButton::indicator, QTableView::indicator, QListView::indicator,
QTreeView::indicator, QMenu::indicator:non-exclusive {{ width: 16px; height: 16px;
    background: {c.base}; border: 1px solid {c.edge}; border-radius: 4px; }}
QRadioButton::indicator {{ border-radius: 9px; }}
QMenu::indicator:non-exclusive {{ margin-left: 6px; }}
QCheckBox::indicator:checked, QTableView::indicator:checked, QListView::indicator:checked,
QTreeView::indicator:checked, QMenu::indicator:non-exclusive:checked {{ background: {c.accent};
    border-color: {c.accent}; image: url({pictures}/tick.png); }}
QRadioButton::indicator:checked {{ background: {c.accent}; border-color: {c.accent};
    image: url({pictures}/dot.png); }}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ background: {c.window};
    border-color: {c.line}; }}
QCheckBox::indicator:checked:disabled {{ background: {c.faint}; }}
QCalendarWidget QWidget#qt_calendar_navigationbar {{ background: {c.base}; }}
QCalendarWidget QToolButton {{ background: transparent; color: {c.text}; border: none;
    border-radius: 6px; padding: 6px 8px; font-weight: 600; }}
QCalendarWidget QToolButton:hover {{ background: {c.hover}; }}
QCalendarWidget QToolButton::menu-indicator {{ image: none; }}
QCalendarWidget QToolButton#qt_calendar_prevmonth {{ qproperty-icon: url({pictures}/left.png); }}
QCalendarWidget QToolButton#qt_calendar_nextmonth {{ qproperty-icon: url({pictures}/right.png); }}
QCalendarWidget QSpinBox {{ min-height: 18px; padding: 2px 6px; }}
QCalendarWidget QTableView {{ border: none; border-radius: 0;
    selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}
QCheckBox, QRadioButton {{ spacing: 8px; padding: 3px 2px; border: 1px solid transparent;
    border-radius: 4px; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {c.accent}; }}
"""

_LISTS = """
QTableView, QListView, QTreeView {{ background: {c.base}; color: {c.text};
    border: 1px solid {c.line}; border-radius: 10px; outline: none; gridline-color: {c.line};
    selection-background-color: {c.selected}; selection-color: {c.ink}; }}
QTableView[role="inset"], QListView[role="inset"], QTreeView[role="inset"] {{ border: none; }}
QListView[role="inset"]::item {{ padding: 7px 8px; border-radius: 6px; }}
QListView[role="inset"]::item:hover {{ background: {c.hover}; }}
QListView[role="inset"]::item:selected {{ background: {c.selected}; color: {c.chip}; }}
QTableView:focus, QListView:focus, QTreeView:focus {{ border-color: {c.accent}; }}
QHeaderView, QHeaderView::section {{ background: transparent; color: {c.muted}; font-weight: 600;
    border: none; }}
QHeaderView::section {{ padding: 8px 12px; border-bottom: 1px solid {c.line}; }}
QTreeView QHeaderView::section, QHeaderView[role="flush"]::section {{ padding: 8px 3px; }}
QHeaderView::section:hover {{ color: {c.text}; }}
QTableView QTableCornerButton::section {{ background: {c.base}; border: none; }}
QMenu {{ background: {c.base}; color: {c.text}; border: 1px solid {c.edge}; padding: 4px; }}
QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: 4px; }}
QMenu::item:selected {{ background: {c.selected}; color: {c.chip}; }}
QMenu::item:disabled {{ color: {c.faint}; }}
QMenu::separator {{ height: 1px; background: {c.line}; margin: 4px 8px; }}
QTabWidget::pane {{ border: none; }}
QProgressBar {{ background: {c.line}; border: none; border-radius: 4px; max-height: 8px;
    min-height: 8px; color: transparent; }}
QProgressBar::chunk {{ background: {c.accent}; border-radius: 4px; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 2px; }}
QScrollBar::handle {{ background: {c.line}; border-radius: 4px; min-height: 32px;
    min-width: 32px; }}
QScrollBar::handle:hover, QScrollBar::handle:pressed {{ background: {c.edge}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
"""

_TONE = """
QFrame[role="banner"][tone="{tone}"] {{ background: {ground}; border: 1px solid {ground};
    border-radius: 8px; }}
QFrame[role="banner"][tone="{tone}"] QLabel {{ color: {ink}; }}
QFrame[role="banner"][tone="{tone}"] QPushButton[role="link"] {{ color: {ink};
    text-decoration: underline; }}
QLabel[tone="{tone}"] {{ color: {ink}; }}
QPushButton[role="link"][tone="{tone}"] {{ color: {ink}; }}
"""


def place_of(colours: Colours) -> str:
    """Where the pictures in these colours stand, once :mod:`.pictures` has drawn them."""
    return f":/kit-{abs(hash(colours)):x}"


def style_sheet(colours: Colours, pictures: str) -> str:
    """The style sheet of the application; ``pictures`` is the place of ticks and arrows."""
    words = {
        "c": colours,
        "title": fonts.in_points(fonts.TITLE),
        "heading": fonts.in_points(fonts.HEADING),
        "figure": fonts.in_points(fonts.TITLE + 6),
        "small": fonts.in_points(fonts.BODY) * 0.92,
        "pictures": pictures,
    }
    sheet = "".join(part.format(**words) for part in (_LABELS, _FRAMES, _BUTTONS, _INPUTS, _LISTS))
    for tone in TONES:
        ink, ground = colours.tone(tone)
        sheet += _TONE.format(tone=tone, ink=ink, ground=ground)
    return sheet
