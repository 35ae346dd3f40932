"""A disk that is full while a backup is written or brought back."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dpdesk.desk import Desk
from dpdesk.errors import Cancelled
from dpdesk.store import backup
from tests.builders import PASSPHRASE, Template

FULL = """
import resource, signal, sys
from pathlib import Path
from dpdesk.desk import Desk
from dpdesk.errors import NoRoom
from dpdesk.store import backup
from tests.builders import faults_of
place, passphrase = Path(sys.argv[1]), sys.argv[2]
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
desk = Desk.open(place / "workspace", passphrase)
desk.keeping.back_up(place / "good.dpbackup")
good = (place / "good.dpbackup").read_bytes()
told = []
for limit in (1_000, 100_000, len(good) - 2_000):
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    for work in (
        lambda: desk.keeping.back_up(place / "good.dpbackup"),
        lambda: backup.restore(place / "good.dpbackup", place / "new", passphrase=passphrase),
    ):
        try:
            work()
        except NoRoom as refused:
            told.append(str(refused))
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert (place / "good.dpbackup").read_bytes() == good
    assert sorted(path.name for path in place.iterdir()) == ["good.dpbackup", "workspace"]
assert len(told) >= 5, told
assert faults_of(desk) == (), faults_of(desk)
backup.restore(place / "good.dpbackup", place / "new", passphrase=passphrase)
desk.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of file sizes are set by Unix calls")
def test_a_full_disk_leaves_the_older_backup_and_no_half_workspace(template: Template, tmp_path):
    template.copy(tmp_path / "workspace")
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path), PASSPHRASE],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert done.returncode == 0, done.stderr


def test_stopping_while_restoring_leaves_nothing(desk: Desk, tmp_path):
    desk.keeping.back_up(tmp_path / "elmfield.dpbackup")

    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        backup.restore(
            tmp_path / "elmfield.dpbackup", tmp_path / "new", passphrase=PASSPHRASE, step=stop
        )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["elmfield.dpbackup", "workspace"]
