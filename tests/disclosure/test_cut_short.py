"""A release that is cut short, by a full disk or by a worker that ends, leaves nothing behind."""

from __future__ import annotations

import multiprocessing
import sys

import pytest

from dpdesk.errors import DpdeskError, NoRoom
from tests.builders import a_pdf, a_request

SECRET = "Quillfeather"
STEPS = ("Building the bundle", "Checking the bundle", "Keeping a full copy for the school")


@pytest.fixture
def entry(desk):
    entry = a_request(desk)
    pages = [f"Robin sat beside {SECRET} on day {day}" for day in range(4)]
    desk.documents.add("requests", entry.id, "told.pdf", a_pdf(*pages))
    found = desk.disclosure.review.find("requests", entry.id, SECRET)
    desk.disclosure.review.mark_found(found, "TP-16")
    return entry


@pytest.fixture
def untouched(desk, entry):
    """Asks whether everything is as it was, and whether it can then be released all the same."""

    def sealed() -> set[str]:
        files = desk.workspace.vault.folder.rglob("*")
        return {path.name for path in files if path.is_file()}

    before, marks = sealed(), _marks(desk, entry)
    history = desk.check().history_rows
    yield lambda: (sealed(), _marks(desk, entry), desk.check().history_rows) == (
        before, marks, history,
    )  # fmt: skip
    assert desk.disclosure.releases.of_request(entry.id) == ()
    assert desk.disclosure.releases.release(entry.id).marks == 4


def _marks(desk, entry) -> int:
    return sum(page.marks for page in desk.disclosure.review.pages("requests", entry.id))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of this kind")
@pytest.mark.parametrize("during", STEPS)
@pytest.mark.parametrize("room", [0, 30_000])
def test_a_disk_that_is_full_leaves_no_release(desk, entry, untouched, during, room):
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def full(what: str, _done: int, _total: int) -> None:
        if what == during:
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))

    try:
        with pytest.raises(NoRoom):
            desk.disclosure.releases.release(entry.id, step=full)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert untouched()


@pytest.mark.parametrize("during", STEPS)
def test_a_worker_that_is_killed_leaves_no_release(desk, entry, untouched, during):
    killed: list[int] = []

    def kill(what: str, done: int, _total: int) -> None:
        if what == during and not killed:
            for worker in multiprocessing.active_children():
                worker.kill()
                killed.append(done)

    with pytest.raises(DpdeskError, match=r"[Pp]age") as told:
        desk.disclosure.releases.release(entry.id, step=kill)
    assert killed
    assert SECRET not in str(told.value)
    assert untouched()
