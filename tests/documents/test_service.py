"""Documents on entries: kept untouched, found again, taken off and put back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from dpdesk.errors import Cancelled, DamagedWorkspace, NotFound, UnreadableFile
from dpdesk.registers.entries import Entry
from tests.builders import a_pdf, a_request


@pytest.fixture
def entry(desk) -> Entry:
    return a_request(desk)


def _add(desk, entry, name: str, *pages: str):
    return desk.documents.add("requests", entry.id, name, a_pdf(*pages))


def _names(desk, entry) -> list[str]:
    return [card.name for card in desk.documents.of_entry("requests", entry.id)]


def test_the_original_is_kept_byte_for_byte(desk, entry, tmp_path):
    content = a_pdf("one", "two")
    card = desk.documents.add("requests", entry.id, "a.pdf", content)
    assert card.sha256 == hashlib.sha256(content).hexdigest()
    assert (card.size, card.pages, card.kind, card.added_by) == (
        len(content), 2, "pdf", "Dana Pryce",
    )  # fmt: skip
    assert desk.documents.original(card.id) == content
    assert desk.documents.pdf(card.id) == content
    desk.documents.save_original(card.id, tmp_path / "saved.pdf")
    assert (tmp_path / "saved.pdf").read_bytes() == content
    assert desk.documents.page(card.id, 1).text() == "two"
    assert {desk.documents.page(card.id, page).kind for page in (0, 1)} == {"text"}


def test_plain_text_gets_pages_to_draw_and_keeps_its_original(desk, entry):
    card = desk.documents.add("requests", entry.id, "note.txt", "Dear Łódź,\n".encode())
    assert desk.documents.original(card.id) == "Dear Łódź,\n".encode()
    assert desk.documents.pdf(card.id).startswith(b"%PDF")
    assert "Łódź" in desk.documents.page(card.id, 0).text()
    assert desk.check().problems == ()


def test_the_same_file_twice_is_refused_and_names_where_it_is(desk, entry):
    first = _add(desk, entry, "a.pdf", "one")
    _add(desk, entry, "b.pdf", "two")
    desk.documents.remove(first.id)
    with pytest.raises(UnreadableFile, match="as document 1"):
        _add(desk, entry, "another name.pdf", "two")
    other = a_request(desk)
    assert _add(desk, other, "b.pdf", "two").entry_id == other.id
    assert _names(desk, entry) == ["b.pdf"]


def test_a_document_for_nothing_is_refused(desk, entry):
    for register, number in (("requests", 4711), ("no_such_register", 1)):
        with pytest.raises(NotFound, match="no longer exists"):
            desk.documents.add(register, number, "a.pdf", a_pdf("one"))
    assert desk.check().vault_files == 0


def test_what_cannot_be_read_leaves_nothing(desk, entry, tmp_path):
    before = desk.check()
    with pytest.raises(UnreadableFile):
        desk.documents.add("requests", entry.id, "a.pdf", b"%PDF-1.7 and nothing else")
    with pytest.raises(UnreadableFile):
        desk.documents.add_file("requests", entry.id, tmp_path / "gone.pdf")
    with pytest.raises(Cancelled):
        desk.documents.add("requests", entry.id, "a.pdf", a_pdf("one"), cancelled=lambda: True)
    assert desk.check() == before
    assert list(desk.workspace.vault.names()) == []


def test_taking_off_and_putting_back_are_in_the_history_once(desk, entry):
    card = _add(desk, entry, "a.pdf", "one")
    before = len(desk.requests.requests.history(entry.id))
    for _ in range(2):
        desk.documents.remove(card.id, why="not about Robin")
    assert _names(desk, entry) == []
    line = desk.requests.requests.history(entry.id)[0]
    assert (line.old, line.new, line.why) == ("a.pdf", "", "not about Robin")
    for _ in range(2):
        desk.documents.restore(card.id)
    assert _names(desk, entry) == ["a.pdf"]
    assert len(desk.requests.requests.history(entry.id)) == before + 2
    assert desk.check().problems == ()


def test_a_document_that_was_added_again_is_not_put_back_beside_itself(desk, entry):
    card = _add(desk, entry, "a.pdf", "one")
    desk.documents.remove(card.id)
    _add(desk, entry, "a.pdf", "one")
    with pytest.raises(UnreadableFile, match="already been added"):
        desk.documents.restore(card.id)
    assert _names(desk, entry) == ["a.pdf"]


def test_documents_keep_the_order_they_are_given(desk, entry):
    cards = [_add(desk, entry, f"{name}.pdf", name) for name in ("a", "b", "c")]
    desk.documents.move(cards[2].id, 0)
    assert _names(desk, entry) == ["c.pdf", "a.pdf", "b.pdf"]
    desk.documents.move(cards[2].id, 99)
    assert _names(desk, entry) == ["a.pdf", "b.pdf", "c.pdf"]
    desk.documents.remove(cards[0].id)
    with pytest.raises(NotFound):
        desk.documents.move(cards[0].id, 0)
    _add(desk, entry, "d.pdf", "d")
    assert _names(desk, entry) == ["b.pdf", "c.pdf", "d.pdf"]


def test_what_is_not_there_is_not_found(desk, entry):
    card = _add(desk, entry, "a.pdf", "one")
    with pytest.raises(NotFound, match="page 2"):
        desk.documents.page(card.id, 1)
    for work in (desk.documents.card, desk.documents.pdf, desk.documents.remove):
        with pytest.raises(NotFound):
            work(4711)
    for path in list(desk.workspace.vault.folder.rglob("*")):
        if path.is_file():
            path.unlink()
    with pytest.raises(DamagedWorkspace):
        desk.documents.original(card.id)
    assert desk.documents.page(card.id, 0).text() == "one"


@contextmanager
def _steps(desk) -> Iterator[list[int]]:
    """Counts what the database does, in hundreds of its own instructions, however fast it is."""
    counted = [0]

    def step() -> int:
        counted[0] += 1
        return 0

    def begin(connection, _record, _proxy) -> None:
        connection.set_progress_handler(step, 100)

    engine = desk.workspace.database.engine
    event.listen(engine, "checkout", begin)
    try:
        yield counted
    finally:
        event.remove(engine, "checkout", begin)
        with engine.connect() as connection:
            connection.connection.driver_connection.set_progress_handler(None, 100)


def test_the_thousandth_document_costs_what_the_third_costs(desk, entry):
    _add(desk, entry, "a.pdf", "one")
    _add(desk, entry, "b.pdf", "two")
    with _steps(desk) as few:
        _add(desk, entry, "c.pdf", "three")
    columns = "register, kind, size, original, drawn, page_count, warnings, added_at, added_by"
    with desk.workspace.database.engine.begin() as connection:
        connection.exec_driver_sql(
            "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
            f" INSERT INTO documents (entry_id, position, name, sha256, {columns})"
            f" SELECT {entry.id}, i, 'n', hex(randomblob(32)), {columns}"
            " FROM n JOIN documents WHERE documents.name = 'a.pdf'"
        )
    with _steps(desk) as many:
        card = _add(desk, entry, "d.pdf", "four")

    assert len(_names(desk, entry)) == 1003
    assert _names(desk, entry)[-1] == card.name
    assert many[0] < 1.2 * few[0] + 10, "a look at each of a thousand would cost a hundred more"
    with pytest.raises(UnreadableFile, match="as document 2"):
        _add(desk, entry, "e.pdf", "two")


def test_a_file_name_from_another_system_is_stored_in_readable_letters(desk, entry):
    named = b"caf\xe9 menu \xc5\x81.pdf".decode("utf-8", "surrogateescape")
    assert _add(desk, entry, named, "one").name == "café menu Ł.pdf"
    assert _add(desk, entry, "lone \ud800.pdf", "two").name == "lone ?.pdf"
