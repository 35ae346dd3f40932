"""Light or dark, and what is blurred for onlookers."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QCheckBox, QRadioButton

from dpdesk.errors import DpdeskError
from ui.kit.look.appearance import Appearance, appearance
from ui.kit.look.onlookers import Blurred, onlookers
from ui.kit.pieces.cards import Card, help_words
from ui.kit.pieces.surroundings import Surroundings
from ui.settings.frame import SettingsSection

APPEARANCE = "appearance"
BLURRED, AWAY = "blurred_names", "blurred_when_away"
_WORDS = {
    Appearance.SYSTEM: "Same as the computer",
    Appearance.LIGHT: "Light",
    Appearance.DARK: "Dark",
}
_BLURRED = {
    Blurred.NOWHERE: "Do not blur names",
    Blurred.HOME: "Blur them on Home",
    Blurred.LISTS: "Blur them on Home and in lists",
}


class LookSection(SettingsSection):
    """Chosen at once and remembered on this computer."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__("Appearance", "Remembered on this computer only.")
        self._around = around
        card = Card("Colours")
        self.choices: dict[Appearance, QRadioButton] = {}
        for choice, label in _WORDS.items():
            made = QRadioButton(label)
            made.setChecked(appearance().chosen is choice)
            made.toggled.connect(lambda on, one=choice: self.choose(one) if on else None)
            self.choices[choice] = made
            card.add(made)
        card.add(
            help_words(
                "In high contrast, the computer’s own colours are used. For larger text, change "
                "the computer’s display settings."
            )
        )
        self.body.addWidget(card)
        self.body.addWidget(self._onlookers())
        self.body.addStretch(1)

    def _onlookers(self) -> Card:
        card = Card("People looking over your shoulder")
        card.add(
            help_words(
                "What needs doing, and every answer in a list that may name somebody, is "
                "blurred; references, dates and states stay. Hold F8 to read. Screen readers "
                "read everything."
            )
        )
        group = QButtonGroup(card)
        self.blurred: dict[Blurred, QRadioButton] = {}
        for where, label in _BLURRED.items():
            made = QRadioButton(label)
            made.setChecked(onlookers().where is where)
            made.toggled.connect(lambda on, one=where: self.blur(one) if on else None)
            group.addButton(made)
            self.blurred[where] = made
            card.add(made)
        self.away = QCheckBox("Blur the whole window while another program is used")
        self.away.setChecked(onlookers().away)
        self.away.toggled.connect(self.blur_away)
        card.add(self.away)
        return card

    def blur(self, where: Blurred) -> None:
        """Blurs names there from now on."""
        onlookers().blur(where)
        self._keep(BLURRED, str(where))

    def blur_away(self, on: bool) -> None:
        """Blurs the window whenever it is left, or no longer."""
        onlookers().away = on
        self._keep(AWAY, on)

    def choose(self, choice: Appearance) -> None:
        """Applies it to everything that is open."""
        appearance().choose(choice)
        self._keep(APPEARANCE, str(choice))

    def _keep(self, name: str, value: str | bool) -> None:
        try:
            self._around.preferences.set(name, value)
        except DpdeskError as error:
            self.banner.say(str(error), "danger")
