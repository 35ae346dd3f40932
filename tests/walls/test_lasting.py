"""A long session survives the wear of the Qt binding."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
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


LAYING = """
import sys
from dpdesk.documents import laid_out
from dpdesk.walls import inside
from dpdesk.walls.workers import Limits

inside.enclose(2_000_000_000)
laid_out.to_pdf("<p>Dear Sam</p>", {}, Limits())
before = sys.getrefcount(None)
for _ in range(30):
    laid_out.to_pdf("<p>Dear Sam</p>", {}, Limits())
sys.exit(before - sys.getrefcount(None) > before // 1_000)
"""


def test_a_long_session_does_not_wear_out_the_constants_of_python():
    done = subprocess.run(
        [sys.executable, "-c", SESSION], cwd=TOP, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "still here\n"), done.stderr


def test_a_worker_that_lays_out_many_messages_does_not_either():
    done = subprocess.run([sys.executable, "-c", LAYING], cwd=TOP, check=False)
    assert done.returncode == 0
