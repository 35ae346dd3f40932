"""Lets a process work, kills it at a random moment, and looks at what it left."""

from __future__ import annotations

import hashlib
import multiprocessing
import random
import shutil
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from dpdesk.store import backup, migrate
from tests.builders import PASSPHRASE, QUICK, SCHOOL, Template, a_request
from tests.builders import faults as found_in
from tests.kills.places import Cabinet, Places, Promise, database_key
from tests.kills.works import ALONE, IN_A_DESK, Order, work_until_killed

EACH = 10
"""Kills of one workspace before the next one starts afresh."""
WEIGHTS = {"save": 4, "change": 4, "archive": 3, "draft": 3, "mark": 3, "vault": 3} | dict.fromkeys(
    ("add document", "back up", "open", "create", "restore", "migrate"), 2
)
"""How often a kind comes for one time of those that take long."""

SPANS = {"release": 2.0, "add document": 1.0} | dict.fromkeys(
    ("back up", "passphrase", "create", "restore", "migrate"), 0.5
)
"""Seconds within which the first kill of a kind comes; the later ones find their own."""
IN_THE_MAKING = {"create", "restore", "migrate"}
PROMISES = {"entry", "draft", "mark", "sealed", "document", "release", "backup", "passphrase"} | {
    "opened", "made",
}  # fmt: skip


@dataclass
class Tally:
    """What came of the kills of one kind. ``faults`` says what was lost or damaged."""

    kills: int = 0
    promises: int = 0
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)


class Victim:
    """A process that works until it is killed. It loads ahead, and takes its order later:
    loading is the slow part, and the next one can do it while this one is killed."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.here, there = context.Pipe()
        self.process = context.Process(target=work_until_killed, args=(there,))
        self.process.start()
        there.close()

    def close(self) -> None:
        """Ends it."""
        self.process.kill()
        self.process.join()
        self.process.close()
        self.here.close()

    def work(self, order: Order, pause: float) -> list[Promise]:
        """Lets it work for so many seconds, kills it, and gives what it had promised."""
        self.here.send(order)
        promised: list[Promise] = []
        if self.here.recv() != ("ready",):
            return [("failed", "not even ready")]
        timer = threading.Timer(pause, self.process.kill)
        timer.start()
        while True:
            try:
                promised.append(self.here.recv())
            except (EOFError, OSError):
                break
        timer.cancel()
        timer.join()
        self.process.join()
        return promised


def kinds(kills: int) -> list[str]:
    """The kinds of work for so many kills, mixed: each once before one comes again."""
    order: list[str] = []
    turn = 0
    every = [*IN_A_DESK, *ALONE]
    while len(order) < kills:
        order += [kind for kind in every if WEIGHTS.get(kind, 1) > turn % max(WEIGHTS.values())]
        turn += 1
    return order[:kills]


class Killing:
    """A number of kills in one folder that is thrown away."""

    def __init__(self, folder: Path, template: Template, seed: int) -> None:
        self.tallies = {kind: Tally() for kind in (*IN_A_DESK, *ALONE)}
        self._dice = random.Random(seed)
        self._places = Places(folder, template)
        self._cabinet: Cabinet | None = None
        self._spans = {kind: SPANS.get(kind, 0.2) for kind in self.tallies}

    def run(self, works: Iterable[str], say: Callable[[int], object] = lambda _done: None) -> None:
        """Kills once for each kind of work named; ``say`` hears how many are done."""
        waiting = [Victim()]
        try:
            for done, kind in enumerate(works, 1):
                waiting.append(Victim())
                begun = time.perf_counter()
                self._kill(waiting[0], kind)
                self.tallies[kind].seconds += time.perf_counter() - begun
                waiting.pop(0).close()
                say(done)
            self._retire()
        finally:
            for victim in waiting:
                victim.close()

    def _kill(self, victim: Victim, kind: str) -> None:
        tally = self.tallies[kind]
        cabinet = None if kind in IN_THE_MAKING else self._in_use()
        order = self._order(kind, cabinet)
        pause = self._dice.uniform(0, self._spans[kind])
        promised = victim.work(order, pause)
        kept = [promise for promise in promised if promise[0] in PROMISES]
        tally.kills += 1
        tally.promises += len(kept)
        # So that as many are killed before the first promise as after it.
        self._spans[kind] *= 0.9 if kept else 1.1
        faults = [str(promise) for promise in promised if promise[0] == "failed"]
        try:
            if cabinet is None:
                faults += self._left_alone(order, bool(kept))
            else:
                faults += _left_in(cabinet, promised)
        except (DpdeskError, OSError) as error:
            faults.append(f"{type(error).__name__}: {error}")
            self._cabinet = None
        tally.faults += faults

    def _order(self, kind: str, cabinet: Cabinet | None) -> Order:
        salt = f"{self._dice.getrandbits(48):012x}"
        if cabinet is not None:
            opens, document, entry = cabinet.passphrases[0], cabinet.document, cabinet.entry
            return Order(kind, str(cabinet.folder), salt, opens, document, entry)
        if kind == "migrate":
            folder, source = self._places.older(), str(self._places.steps)
        else:
            folder, source = self._places.fresh(), str(self._places.archive)
        return Order(kind, str(folder), salt, source=source)

    def _in_use(self) -> Cabinet:
        if self._cabinet is None or self._cabinet.kills >= EACH:
            self._retire()
            self._cabinet = self._places.cabinet()
        self._cabinet.kills += 1
        return self._cabinet

    def _retire(self) -> None:
        """Looks a last time for everything that was ever promised of a workspace."""
        cabinet, self._cabinet = self._cabinet, None
        if cabinet is None:
            return
        desk = cabinet.open()
        try:
            missing = _missing(desk, cabinet.promised)
            self.tallies["open"].faults += [f"missing later: {each}" for each in missing]
            a_request(desk, subject="Saved after all the kills")
        finally:
            desk.close()
        for left in cabinet.folder.parent.glob(f"{cabinet.folder.name}*"):
            shutil.rmtree(left) if left.is_dir() else left.unlink()

    def _left_alone(self, order: Order, made: bool) -> list[str]:
        """A workspace in the making: it is there and whole, or it can be made again."""
        folder = Path(order.folder)
        entries = self._places.entries
        if order.kind == "create":
            entries = 0
            if not (folder / "dpdesk.keys.json").exists():
                if made:
                    return ["a workspace that was made is not there"]
                Desk.create(folder, PASSPHRASE, SCHOOL, cost=QUICK)[0].close()
        elif order.kind == "restore":
            if not folder.exists():
                if made:
                    return ["a backup that was brought back is not there"]
                backup.restore(self._places.archive, folder, passphrase=PASSPHRASE)
        else:
            key, database = database_key(folder), folder / "dpdesk.db"
            again = migrate.bring_up_to_date(
                database, key, folder / "backups", scripts=self._places.steps
            )
            if again and made:
                return ["a migration that was done is not there"]
        desk = Desk.open(folder, PASSPHRASE)
        try:
            faults = found_in(desk)
            if desk.requests.requests.listing().total != entries:
                faults.append("entries are missing")
        finally:
            desk.close()
        shutil.rmtree(folder)
        return faults


def _note(cabinet: Cabinet, promised: list[Promise]) -> None:
    """Takes the promises down, and which passphrases may open the workspace now."""
    for kind, *what in promised:
        if kind == "passphrase begun":
            cabinet.passphrases = [cabinet.passphrases[0], what[0]]
        elif kind == "passphrase":
            cabinet.passphrases = [what[0]]
    cabinet.promised += promised


def _left_in(cabinet: Cabinet, promised: list[Promise]) -> list[str]:
    """What is wrong with a workspace after a kill."""
    _note(cabinet, promised)
    backups = [Path(what[0]) for kind, *what in promised if kind == "backup begun"]
    done = {what[0] for kind, *what in promised if kind == "backup"}
    faults = [f"no backup {path}" for path in map(Path, done) if not path.exists()]
    desk = cabinet.open()
    try:
        faults += [f"missing: {promise}" for promise in _missing(desk, promised)]
        faults += found_in(desk)
    finally:
        desk.close()
    # A file that bears the name of a backup is one, also where nobody was told of it yet.
    for path in [path for path in backups if path.exists()][-1:]:
        copy = path.with_suffix(".restored")
        backup.restore(path, copy, passphrase=cabinet.passphrases[0])
        shutil.rmtree(copy)
    for path in backups:
        path.unlink(missing_ok=True)
    return faults


def _missing(desk: Desk, promised: list[Promise]) -> list[Promise]:
    """Everything promised that is not there."""
    drafts = {note.entry_id: note.answers for note in desk.drafts.of_register("requests")}
    missing = []
    for promise in promised:
        kind, *what = promise
        there = True
        if kind == "entry":
            reference, version, subject, archived = what
            entry = desk.requests.requests.find(reference)
            later = entry.version > version
            same = entry.version == version and entry.values["subject"] == subject
            there = (later or same) and (entry.archived or not archived)
        elif kind == "mark":
            there = what[1] in {found.id for found in desk.disclosure.review.marks(what[0], 0)}
        elif kind == "sealed":
            there = desk.workspace.vault.verify(*what)
        elif kind == "draft":
            there = drafts.get(what[0], {}).get("subject") == what[1]
        elif kind == "document":
            there = hashlib.sha256(desk.documents.original(what[0])).hexdigest() == what[1]
        elif kind == "release":
            there = hashlib.sha256(desk.disclosure.releases.content(what[0])).hexdigest() == what[1]
        if not there:
            missing.append(promise)
    return missing
