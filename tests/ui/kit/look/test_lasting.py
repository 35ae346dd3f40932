"""A long session survives the wear of the Qt binding."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[4]
SESSION = """
import ui.kit
from PySide6.QtCore import QAbstractTableModel, QModelIndex

class Silent(QAbstractTableModel):
    def rowCount(self, parent=QModelIndex()): return 1
    def columnCount(self, parent=QModelIndex()): return 1
    def data(self, index, role=0): return None

model = Silent()
index = model.index(0, 0)
for _ in range(200_000):
    index.data()
print("still here")
"""


def test_a_long_session_does_not_wear_out_the_constants_of_python():
    done = subprocess.run(
        [sys.executable, "-c", SESSION], cwd=TOP, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "still here\n"), done.stderr
