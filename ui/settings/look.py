"""Light or dark."""

from __future__ import annotations

from PySide6.QtWidgets import QRadioButton

from dpdesk.errors import DpdeskError
from ui.kit.look.appearance import Appearance, appearance
from ui.kit.pieces.cards import Card, help_words
from ui.kit.pieces.surroundings import Surroundings
from ui.settings.frame import SettingsSection

APPEARANCE = "appearance"
_WORDS = {
    Appearance.SYSTEM: "As the system says",
    Appearance.LIGHT: "Light",
    Appearance.DARK: "Dark",
}


class LookSection(SettingsSection):
    """Chosen at once and remembered on this computer."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__("Look", "Remembered on this computer only.")
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
                "Where the system asks for high contrast, its own colours are used. Larger "
                "letters are set in the display settings of the system."
            )
        )
        self.body.addWidget(card)
        self.body.addStretch(1)

    def choose(self, choice: Appearance) -> None:
        """Applies it to everything that is open."""
        appearance().choose(choice)
        try:
            self._around.preferences.set(APPEARANCE, str(choice))
        except DpdeskError as error:
            self.banner.say(str(error), "danger")
