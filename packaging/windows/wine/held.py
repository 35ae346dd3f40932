"""Run by CPython for Windows: what happens when another program holds a file, briefly or longer.

python.exe held.py HOLD.EXE FOLDER
"""

import datetime as dt
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dpdesk import front_door
from dpdesk.desk import Desk
from dpdesk.errors import NoRoom
from dpdesk.store import files

HOLD, FOLDER = sys.argv[1], Path(sys.argv[2])
OPENS = "four words for trying"
ASKED = {"subject": "Zoë O’Brien", "relationship": "self", "received": dt.date(2026, 9, 1)}


@contextmanager
def held(path: Path, seconds: float) -> Iterator[None]:
    """Another program has the file open, from before the next line until it lets go."""
    command = [HOLD, str(path), str(int(seconds * 1000))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"held", path
        yield
        holder.terminate()


def main() -> None:
    """Saves, backs up and restores beside a program that is in the way."""
    FOLDER.mkdir(parents=True)
    paper = FOLDER / "bundle.pdf"
    files.write_whole(paper, b"first")
    with held(paper, 1.0):
        files.write_whole(paper, b"second")
    assert paper.read_bytes() == b"second"
    print("a file that is let go within a second is saved")

    with held(paper, 60):
        refusal = ""
        try:
            files.write_whole(paper, b"third")
        except NoRoom as refused:
            refusal = str(refused)
        assert "open in another program" in refusal, refusal
    assert paper.read_bytes() == b"second"
    assert [each.name for each in FOLDER.iterdir()] == ["bundle.pdf"], "something was left behind"
    print("a file that stays open is refused with the reason, and nothing is left behind")

    desk, key = Desk.create(FOLDER / "workspace", OPENS, {"name": "Test School", "dpo_name": "Pat"})
    saved = desk.requests.requests.save(ASKED).entry
    card = desk.documents.add("requests", saved.id, "note.txt", "a note of Łukasz".encode())
    archive = FOLDER / "first.dpbackup"
    desk.keeping.back_up(archive)
    with held(archive, 1.0):
        desk.keeping.back_up(archive)
    print("a backup waits for whoever reads the one before")

    inside = [each for each in (FOLDER / "workspace" / "vault").rglob("*") if each.is_file()]
    with held(inside[0], 60):
        assert desk.documents.page(card.id, 0).text().strip()
        desk.keeping.back_up(FOLDER / "second.dpbackup")
    print("a document that another program reads is read and backed up")
    desk.close()

    target = FOLDER / "restored"
    with held(FOLDER / "second.dpbackup", 60):
        front_door.restore_backup(FOLDER / "second.dpbackup", target, recovery_key=key)
    again = front_door.open_desk(target, OPENS)
    assert again.requests.requests.load(saved.id).values["subject"] == "Zoë O’Brien"
    assert not again.check().problems
    again.close()
    print("a backup that another program has open is restored whole")


if __name__ == "__main__":
    main()
