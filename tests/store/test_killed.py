"""Killed at any moment: what was saved is there, and everything checks out.

``DPDESK_KILLS=1000`` runs it as often as the promise says.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from dpdesk.desk import Desk
from tests.builders import PASSPHRASE, Template, a_pdf, a_request
from tests.store.killed import save_until_killed

KILLS = int(os.environ.get("DPDESK_KILLS", "40"))
EACH = 8
"""Kills of one workspace before the next one starts afresh."""

Promise = tuple[Any, ...]


@pytest.fixture(scope="module")
def starter() -> Any:
    """Starts processes: where the system can, from one that has loaded everything already."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.store.killed"])
    return context


def _kill_while_saving(
    starter: Any, folder: Path, document: int, dice: random.Random
) -> list[Promise]:
    """Lets a program save for a while, kills it, and gives what it had promised."""
    here, there = starter.Pipe(duplex=False)
    saving = starter.Process(
        target=save_until_killed, args=(str(folder), document, str(dice.random()), there)
    )
    saving.start()
    there.close()
    promised: list[Promise] = []
    assert here.recv() == ("ready",)
    timer = threading.Timer(dice.uniform(0, 0.35), saving.kill)
    timer.start()
    while True:
        try:
            promised.append(here.recv())
        except (EOFError, OSError):
            break
    timer.join()
    saving.join()
    saving.close()
    here.close()
    return promised


def _missing(desk: Desk, promised: list[Promise], document: int) -> list[Promise]:
    """Everything promised that is not there."""
    marks = {mark.id for mark in desk.review.marks(document, 0)}
    drafts = {note.entry_id: note.answers for note in desk.drafts.of_register("requests")}
    missing = []
    for promise in promised:
        kind, *what = promise
        if kind == "entry":
            there = desk.requests.find(what[0]).version >= what[1]
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
def test_nothing_that_was_saved_is_lost_by_a_kill(starter, template: Template, tmp_path):
    dice = random.Random(20261120)
    promises = 0
    for start in range(0, KILLS, EACH):
        folder = template.copy(tmp_path / f"workspace {start}")
        desk = Desk.open(folder, PASSPHRASE)
        entry = a_request(desk)
        document = desk.documents.add("requests", entry.id, "a.pdf", a_pdf("one")).id
        desk.close()
        promised: list[Promise] = []
        for _ in range(min(EACH, KILLS - start)):
            promised += _kill_while_saving(starter, folder, document, dice)
        desk = Desk.open(folder, PASSPHRASE)
        assert _missing(desk, promised, document) == []
        assert desk.check().problems == ()
        assert not list((folder / "vault").glob(".*.part"))
        a_request(desk, subject="Saved after all the kills")
        desk.close()
        promises += len(promised)
    assert promises > KILLS, "the kills came before anything was saved: nothing was shown"
