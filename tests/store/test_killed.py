"""Killed at any moment: what was saved is there, and everything checks out.

``DPDESK_KILLS=1000`` runs it as often as the promise says.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import threading
from pathlib import Path
from typing import Any

import pytest

from dpdesk.desk import Desk
from tests.builders import PASSPHRASE, Template, a_pdf, a_request
from tests.store.killed import save_until_killed

KILLS = int(os.environ.get("DPDESK_KILLS", "16"))
EACH = 8
"""Kills of one workspace before the next one starts afresh."""

Promise = tuple[Any, ...]


class Saver:
    """A process that saves until it is killed. It loads ahead, and opens the workspace on demand:
    loading is the slow part, and the next one can do it while this one is killed."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.here, there = context.Pipe()
        self.process = context.Process(target=save_until_killed, args=(there,))
        self.process.start()
        there.close()

    def close(self) -> None:
        """Ends it."""
        self.process.kill()
        self.process.join()
        self.process.close()
        self.here.close()


def _kill_while_saving(
    saver: Saver, folder: Path, document: int, dice: random.Random
) -> list[Promise]:
    """Lets a program save for a while, kills it, and gives what it had promised."""
    here, saving = saver.here, saver.process
    here.send((str(folder), document, str(dice.random())))
    promised: list[Promise] = []
    assert here.recv() == ("ready",)
    timer = threading.Timer(dice.uniform(0, 0.25), saving.kill)
    timer.start()
    while True:
        try:
            promised.append(here.recv())
        except (EOFError, OSError):
            break
    timer.join()
    saving.join()
    return promised


def _missing(desk: Desk, promised: list[Promise], document: int) -> list[Promise]:
    """Everything promised that is not there."""
    marks = {mark.id for mark in desk.disclosure.review.marks(document, 0)}
    drafts = {note.entry_id: note.answers for note in desk.drafts.of_register("requests")}
    missing = []
    for promise in promised:
        kind, *what = promise
        if kind == "entry":
            there = desk.requests.requests.find(what[0]).version >= what[1]
        elif kind == "mark":
            there = what[0] in marks
        elif kind == "sealed":
            there = desk.workspace.vault.verify(*what)
        else:
            there = what[0] in drafts
        if not there:
            missing.append(promise)
    return missing


@pytest.mark.timeout(60 + 4 * KILLS)
def test_nothing_that_was_saved_is_lost_by_a_kill(template: Template, tmp_path):
    dice = random.Random(20261120)
    promises = 0
    waiting = [Saver()]
    for start in range(0, KILLS, EACH):
        folder = template.copy(tmp_path / f"workspace {start}")
        desk = Desk.open(folder, PASSPHRASE)
        entry = a_request(desk)
        document = desk.documents.add("requests", entry.id, "a.pdf", a_pdf("one")).id
        desk.close()
        promised: list[Promise] = []
        for _ in range(min(EACH, KILLS - start)):
            waiting.append(Saver())
            promised += _kill_while_saving(waiting[0], folder, document, dice)
            waiting.pop(0).close()
        desk = Desk.open(folder, PASSPHRASE)
        assert _missing(desk, promised, document) == []
        assert desk.check().problems == ()
        assert not list((folder / "vault").glob(".*.part"))
        a_request(desk, subject="Saved after all the kills")
        desk.close()
        promises += len(promised)
    waiting.pop().close()
    assert promises > KILLS, "the kills came before anything was saved: nothing was shown"
