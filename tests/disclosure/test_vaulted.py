"""What is released is what was reviewed, and what is handed out is what was released."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from dpdesk.disclosure import looking, planning
from dpdesk.disclosure.asides import AsidePlace
from dpdesk.disclosure.released import PARTS
from dpdesk.errors import DamagedWorkspace, ReleaseRefused
from dpdesk.store.database import connect
from tests.builders import a_pdf, a_request

SECRET = "Quillfeather"


@pytest.fixture
def entry(desk):
    entry = a_request(desk)
    for rank in (1, 2):
        content = a_pdf(f"Robin sat beside {SECRET}", f"{SECRET} went home {rank}")
        desk.documents.add("requests", entry.id, f"about {SECRET} {rank}.pdf", content)
    desk.disclosure.review.mark_found(
        desk.disclosure.review.find("requests", entry.id, SECRET), "TP-16"
    )
    return entry


def names(desk, table, column):
    connection = connect(desk.workspace.database.path, desk.workspace.keys.database)
    rows = connection.execute(f"SELECT {column} FROM {table} ORDER BY id")
    found = [row[0] for row in rows]
    connection.close()
    return found


def kept(desk, part):
    """The name in the vault of a part of the only release."""
    connection = connect(desk.workspace.database.path, desk.workspace.keys.database)
    found = connection.execute("SELECT paper FROM kept_papers WHERE kind = ?", (part,)).fetchall()
    connection.close()
    ((name,),) = found
    return name


@pytest.mark.parametrize("part", PARTS)
def test_another_file_in_the_place_of_a_part_is_never_handed_out(desk, entry, tmp_path, part):
    card = desk.disclosure.releases.release(entry.id)
    vault = desk.workspace.vault
    other = "full_copy" if part != "full_copy" else "sealed"
    mine, others = kept(desk, part), kept(desk, other)
    shutil.copyfile(vault.path(others), vault.path(mine))
    target = tmp_path / "saved.pdf"
    with pytest.raises(DamagedWorkspace):
        desk.disclosure.releases.content(card.id, part)
    for password in ("", "for the requester"):
        with pytest.raises(DamagedWorkspace):
            desk.disclosure.releases.save(card.id, part, target, password)
    assert not target.exists()
    assert desk.disclosure.releases.content(card.id, other)


@pytest.mark.parametrize("part", PARTS)
def test_a_part_is_compared_with_its_row_each_time_it_is_read(desk, entry, part):
    """Whatever the vault itself may notice: here its file is whole, and the row says another."""
    card = desk.disclosure.releases.release(entry.id)
    name = kept(desk, part)
    connection = connect(desk.workspace.database.path, desk.workspace.keys.database)
    connection.execute("UPDATE vault_files SET sha256 = ? WHERE name = ?", ("0" * 64, name))
    connection.commit()
    connection.close()
    with pytest.raises(DamagedWorkspace, match="bundle 1 is not the file that was kept"):
        desk.disclosure.releases.content(card.id, part)


def _refused(desk, entry, match, **how):
    sealed = set(desk.workspace.vault.names())
    with pytest.raises(ReleaseRefused, match=match) as caught:
        desk.disclosure.releases.release(entry.id, **how)
    assert SECRET not in str(caught.value)
    assert desk.disclosure.releases.of_request(entry.id) == ()
    assert set(desk.workspace.vault.names()) == sealed
    return caught.value


def test_a_damaged_source_is_named_by_its_place_and_stops_the_release(desk, entry):
    path = desk.workspace.vault.path(names(desk, "documents", "drawn")[1])
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    refused = _refused(desk, entry, "stored file of document 2 is missing, damaged or not")
    assert "add the document again" in refused.next_step


def test_sources_that_changed_places_stop_the_release(desk, entry):
    one, other = (desk.workspace.vault.path(name) for name in names(desk, "documents", "drawn"))
    kept = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(kept)
    _refused(desk, entry, "stored file of document 1 is missing, damaged or not")


def rewrite(desk, statement):
    """Changes rows as somebody does who has the key, and the guards out of the way."""
    connection = connect(desk.workspace.database.path, desk.workspace.keys.database)
    for (trigger,) in connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'kept_papers'"
    ).fetchall():
        connection.execute(f"DROP TRIGGER {trigger}")
    connection.execute(statement)
    connection.commit()
    connection.close()


FIRST_NAMES_SECOND = (
    "UPDATE documents SET {0} = (SELECT {0} FROM documents WHERE id = 2) WHERE id = 1"
)


def test_a_document_that_names_the_pages_of_another_is_refused_wherever_they_are_read(desk, entry):
    first, _ = desk.documents.of_entry("requests", entry.id)
    rewrite(desk, FIRST_NAMES_SECOND.format("drawn"))
    with pytest.raises(DamagedWorkspace):
        desk.documents.pdf(first.id)
    _refused(desk, entry, "stored file of document 1 is missing, damaged or not")


def test_a_document_that_names_the_original_of_another_is_not_saved_as_its_own(desk, entry):
    first, _ = desk.documents.of_entry("requests", entry.id)
    rewrite(desk, FIRST_NAMES_SECOND.format("original"))
    with pytest.raises(DamagedWorkspace):
        desk.documents.original(first.id)


def test_pages_that_do_not_say_what_their_rows_say_are_not_released(build, desk):
    """Where the name and the sum are those of another document, its words still are not."""
    entry = a_request(desk)
    for text in ("Ogilvie wrote about a boat", "Quigg asked for a bicycle"):
        desk.documents.add("requests", entry.id, f"{text}.pdf", a_pdf(text, text.upper()))
    for column in ("drawn", "drawn_sha256"):
        rewrite(desk, FIRST_NAMES_SECOND.format(column))
    refused = _refused(desk, entry, "does not show what its document shows")
    assert refused.pages


@pytest.mark.parametrize("part", PARTS)
def test_a_release_that_names_another_part_as_this_one_hands_out_neither(desk, entry, part):
    card = desk.disclosure.releases.release(entry.id)
    other = "full_copy" if part != "full_copy" else "sealed"
    rewrite(
        desk,
        f"UPDATE kept_papers SET paper = '{kept(desk, other)}' WHERE paper = '{kept(desk, part)}'",
    )
    with pytest.raises(DamagedWorkspace, match="bundle 1 is not the file that was kept"):
        desk.disclosure.releases.content(card.id, part)


def one_more_mark(desk, entry, document):
    desk.disclosure.review.mark_words(document, 0, [0], "TP-16")


def one_mark_less(desk, entry, document):
    desk.disclosure.review.remove([desk.disclosure.review.marks(document, 0)[0].id])


def a_page_withheld(desk, entry, document):
    desk.disclosure.review.withhold([(document, 1)], "TP-16")


def one_more_document(desk, entry, document):
    desk.documents.add("requests", entry.id, "b.pdf", a_pdf("One page more"))


def a_document_taken_off(desk, entry, document):
    desk.documents.remove(document)


def documents_in_another_order(desk, entry, document):
    desk.documents.move(document, 1)


def one_mark_for_another_reason(desk, entry, document):
    marks = desk.disclosure.review.marks(document, 0)
    desk.disclosure.review.change_code([marks[0].id], "LPP-19")


def a_page_set_aside(desk, entry, document):
    desk.disclosure.asides.set_aside(entry.id, [AsidePlace(document, 1)], "not-about")


STEPS = ["Building the bundle", "Checking the bundle", "Keeping a full copy for the school"]


@pytest.mark.parametrize("during", STEPS)
@pytest.mark.parametrize(
    "change",
    [one_more_mark, one_mark_less, a_page_withheld, one_more_document, a_document_taken_off,
     documents_in_another_order, one_mark_for_another_reason, a_page_set_aside],
    ids=lambda change: change.__name__,
)  # fmt: skip
def test_what_changes_while_a_bundle_is_made_stops_it(build, desk, entry, change, during):
    document = desk.documents.of_entry("requests", entry.id)[0].id
    changed: list[str] = []

    def step(what, done, total):
        if what == during and not changed:
            changed.append(what)
            change(desk, entry, document)

    with pytest.raises(ReleaseRefused) as caught:
        desk.disclosure.releases.release(entry.id, step=step)
    assert str(caught.value) == (
        "Marks were changed while the bundle was being built. Build it again."
    )
    assert desk.disclosure.releases.of_request(entry.id) == ()


def test_a_mark_that_planning_loses_stops_the_release(build, desk, entry, monkeypatch):
    real = looking.marks_within
    monkeypatch.setattr(planning, "marks_within", lambda *a: real(*a)[1:])
    refused = _refused(desk, entry, "plan of the bundle lacks a mark")
    assert refused.pages


def test_a_withheld_page_that_planning_loses_stops_the_release(build, desk, entry, monkeypatch):
    document = desk.documents.of_entry("requests", entry.id)[0].id
    desk.disclosure.review.withhold([(document, 1)], "TP-16")
    real = looking.pages_within

    def shown(*asked):
        return tuple(replace(page, withheld="") for page in real(*asked))

    monkeypatch.setattr(planning, "pages_within", shown)
    _refused(desk, entry, "plan of the bundle lacks")
