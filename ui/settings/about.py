"""What this program is, and whose work it stands on."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Final

from PySide6.QtWidgets import QGridLayout, QWidget

from dpdesk import __version__
from ui.kit.look.theme import LARGE, TINY
from ui.kit.pieces.cards import Card, help_words, words
from ui.settings.frame import SettingsSection

_STANDS_ON: Final = (
    ("PySide6-Essentials", "windows", "LGPL-3.0"),
    ("QtAwesome", "icons", "MIT; Material Design Icons: Apache-2.0"),
    ("SQLAlchemy", "registers", "MIT"),
    ("sqlcipher3", "the encrypted database", "zlib; SQLCipher: BSD-3-Clause"),
    ("cryptography", "vault and keys", "Apache-2.0 or BSD-3-Clause"),
    ("reportlab", "papers", "BSD-3-Clause"),
    ("pypdfium2", "drawing pages", "Apache-2.0 or BSD-3-Clause"),
    ("pikepdf", "repairing and checking PDF files", "MPL-2.0"),
    ("pillow", "pictures", "MIT-CMU"),
    ("holidays", "bank holidays", "MIT"),
)


class AboutSection(SettingsSection):
    """Version and licences."""

    def __init__(self) -> None:
        super().__init__("About dpdesk", f"Version {__version__}")
        card = Card("dpdesk")
        card.add(
            help_words(
                "A data protection desk for one small school. It works without the internet and "
                "sends nothing anywhere. Free under the MIT licence.",
                "",
            )
        )
        card.add(
            help_words(
                "It helps you follow the law and your school’s policy, but it is not legal advice. "
                "Every "
                "date and every legal text shows its source, so that it can be checked."
            )
        )
        self.body.addWidget(card)
        made = Card("Built on the work of others")
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(LARGE)
        grid.setVerticalSpacing(TINY)
        grid.setColumnStretch(2, 1)
        for line, (name, purpose, licence) in enumerate(_STANDS_ON):
            try:
                named = f"{name} {version(name)}"
            except PackageNotFoundError:
                # An installed build carries no names of packages.
                named = name
            for column, text in enumerate((named, purpose, licence)):
                grid.addWidget(words(text, "" if column == 0 else "muted"), line, column)
        made.add(inside)
        self.body.addWidget(made)
        self.body.addStretch(1)
