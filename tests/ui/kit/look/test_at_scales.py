"""Where the keyboard is can be seen at every scale of the screen, in the light and in the dark."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[4]
LOOK = """
import json
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication, QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QTableWidget,
    QTableWidgetItem, QVBoxLayout, QWidget
)
from ui.kit.look.appearance import appearance
from ui.kit.look.palette import contrast
from ui.kit.look.theme import theme
from ui.kit.pieces.buttons import button, icon_button, option

application = QApplication([])
found = []
for chosen in ("light", "dark"):
    appearance().choose(chosen)
    window = QWidget()
    inside = QVBoxLayout(window)
    made = {
        "button": button("Words"),
        "first button": button("Words", role="primary"),
        "link": button("Words", role="link"),
        "icon": icon_button("Show more", "mdi6.dots-horizontal"),
        "line": QLineEdit("Words"),
        "text": QPlainTextEdit("Words"),
        "list": QComboBox(),
        "box": QCheckBox("Words"),
        **{role: option("Words", role=role) for role in ("chip", "segment", "side", "stage")},
        "rows": QTableWidget(1, 1),
        "rest": QLineEdit(),
    }
    made["list"].addItem("Words")
    made["rows"].setItem(0, 0, QTableWidgetItem("Words"))
    made["rows"].setCurrentCell(0, 0)
    for each in made.values():
        inside.addWidget(each)
    window.show()
    window.activateWindow()
    application.processEvents()
    for name, each in made.items():
        if name == "rest":
            continue
        made["rest"].setFocus()
        without = window.grab().toImage()
        each.setFocus(Qt.FocusReason.TabFocusReason)
        assert each.hasFocus(), name
        with_it = window.grab().toImage()
        ratio = without.devicePixelRatio()
        place = each.geometry().adjusted(-3, -3, 3, 3)
        told = 0
        for x in range(int(place.left() * ratio), int(place.right() * ratio)):
            for y in range(int(place.top() * ratio), int(place.bottom() * ratio)):
                if without.pixel(x, y) != with_it.pixel(x, y):
                    pair = without.pixelColor(x, y).name(), with_it.pixelColor(x, y).name()
                    told += contrast(*pair) >= 3
        found.append([chosen, name, ratio, told / ratio])
    window.close()
print(json.dumps(found))
"""
"""For each thing that takes the keyboard: how many dots change, so that eyes can tell it."""


@pytest.mark.parametrize("scale", ["1", "1.25", "1.5", "2"])
def test_where_the_keyboard_is_can_be_seen_at_every_scale(scale: str):
    done = subprocess.run(
        [sys.executable, "-c", LOOK],
        capture_output=True,
        text=True,
        check=False,
        cwd=TOP,
        env={**os.environ, "QT_SCALE_FACTOR": scale, "PYTHONPATH": str(TOP)},
    )

    assert done.returncode == 0, done.stderr[-2000:]
    seen = json.loads(done.stdout)
    assert len(seen) == 26
    assert {ratio for _, _, ratio, _ in seen} == {float(scale)}
    # A ring round a small button has some 60 dots of the size at 100 %.
    hidden = [f"{look}: {name}, {dots:.0f}" for look, name, _, dots in seen if dots < 30]
    assert hidden == []
