"""Privacy notices: written from the registers, and kept in step with them."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.assurance import notice_writing
from dpdesk.assurance.notice_writing import ChangedBlock
from dpdesk.errors import InvalidEntry

SENTENCE = st.text("abcdefg ", min_size=1, max_size=12).map(lambda t: t.strip() + ".")


@pytest.fixture
def files(asset):
    return asset(
        "Pupil files",
        "legal_obligation",
        people_kinds=("pupils",),
        data_kinds=("contact", "medical"),
        recipients=("next", "health"),
        origins=("parents",),
        retention_words="until the pupil is 25",
    )


@pytest.fixture
def notice(room, files):
    values = {"name": "Privacy notice for parents", "audience": "parents"}
    return room.notices.save(values).entry


def test_a_notice_writes_itself_from_the_register(notice):
    values = notice.values
    assert "names and contact details" in values["what"]
    assert "medical information" in values["what"].lower()
    assert "next school and health services" in values["sharing"]
    assert values["why"] == "For keeping in touch: legal obligation."
    assert "Pupil files: until the pupil is 25." in values["keeping"]
    assert "within 30 days" in values["complaints"]
    assert "abroad" not in values, "nothing is said of what the register does not know"


def test_data_of_other_people_is_not_in_it(room, asset, files):
    asset("Payroll", "contract", people_kinds=("staff",), data_kinds=("payroll",))
    entry = room.notices.save({"name": "For pupils", "audience": "pupils"}).entry
    assert "payroll" not in entry.values["what"].lower()


def test_a_changed_recipient_shows_the_sentence_and_taking_it_over_keeps_other_words(
    desk, room, notice, files
):
    mine = notice.values["sharing"] + "\nAsk us if you want to know more."
    entry = room.notices.save({"sharing": mine}, notice.id, notice.version).entry
    assert room.notices.changes(entry.id) == ()
    assets = desk.assets.assets
    fresh = assets.load(files.id)
    assets.save({"recipients": ("next", "dfe")}, fresh.id, fresh.version)
    (change,) = room.notices.changes(entry.id)
    assert (change.block, len(change.gone), len(change.fresh)) == ("sharing", 1, 1)
    assert "Department for Education" in change.fresh[0]
    duties = [duty.text for each in room.answers for duty in each.duties()]
    assert "Privacy notice for parents: 1 sentence has to change, as the registers did" in duties
    saved = room.notices.take_over(entry.id, entry.version).entry
    assert "Department for Education" in saved.values["sharing"]
    assert "health services" not in saved.values["sharing"]
    assert saved.values["sharing"].endswith("Ask us if you want to know more.")
    assert room.notices.changes(entry.id) == ()


@given(
    st.lists(SENTENCE, unique=True, max_size=4),
    st.lists(SENTENCE, unique=True, max_size=4),
    st.lists(SENTENCE, unique=True, max_size=3),
)
def test_own_sentences_survive_every_change_of_the_register(before, now, own):
    own = [each for each in own if each not in before and each not in now]
    text = "\n".join([*before, *own])
    for change in notice_writing.changed({"what": before}, {"what": now}):
        text = notice_writing.revised(text, change)
    lines = text.split("\n") if text else []
    assert [line for line in lines if line in own] == own
    assert set(lines) == {*now, *own}


@pytest.mark.parametrize(
    ("before", "after", "out", "new"),
    [
        ("With a, b and c.", "With a, b, c and the music service.", "", "the music service"),
        ("With the council and a.", "With a.", "the council", ""),
        ("For teaching: consent.", "For teaching: contract.", "consent", "contract"),
    ],
)
def test_the_words_that_differ_are_told_from_a_long_sentence(before, after, out, new):
    assert notice_writing.differing(before, after) == out
    assert notice_writing.differing(after, before) == new


def test_a_new_sentence_stands_where_the_old_one_stood():
    change = ChangedBlock("why", ("Old.",), ("New.",))
    assert notice_writing.revised("First.\nOld.\nMine.", change) == "First.\nNew.\nMine."


def test_approval_keeps_a_copy_and_nobody_types_its_day(room, notice):
    today = room.notices.today()
    with pytest.raises(InvalidEntry):
        room.notices.save({"approved_on": today}, notice.id, notice.version)
    with pytest.raises(InvalidEntry):
        room.notices.save({"published_on": today}, notice.id, notice.version)
    entry = room.notices.approve(notice.id, notice.version, "The proprietor").entry
    assert entry.state == "approved"
    entry = room.notices.save({"published_on": today}, entry.id, entry.version).entry
    assert entry.state == "published"
    (edition,) = room.notices.editions(entry.id)
    kept = room.notices.edition(edition.id)
    room.notices.save({"what": "Something else"}, entry.id, entry.version)
    assert room.notices.edition(edition.id) == kept
    assert kept.startswith(b"%PDF")


def test_words_that_changed_since_approval_are_a_draft_until_they_are_approved(room, notice):
    """What nobody approved is never handed out as the version that somebody did."""
    entry = room.notices.approve(notice.id, notice.version, "The proprietor").entry
    entry = room.notices.save({"notes": "Ring the printer"}, entry.id, entry.version).entry
    assert entry.state == "approved", "notes are for oneself"
    published = {"published_on": room.notices.today(), "published": ("website",)}
    entry = room.notices.save(published, entry.id, entry.version).entry
    entry = room.notices.save({"what": "Something else"}, entry.id, entry.version).entry
    assert entry.state == "reworded"
    page = room.notices.paper(entry).page().decode()
    assert "Draft: changed since version 1, approved on Friday 20 November 2026." in page
    told = {each.said for answers in room.answers for each in answers.findings()}
    assert "privacy notice that was changed since it was approved" in told
    entry = room.notices.save({"what": notice.values["what"]}, entry.id, entry.version).entry
    assert entry.state == "published", "as it was approved, again"
    entry = room.notices.save({"what": "Something else"}, entry.id, entry.version).entry
    entry = room.notices.approve(entry.id, entry.version, "The proprietor").entry
    assert entry.state == "approved"
    assert room.notices.load(entry.id).state == "approved"
    assert "Version 2, approved on" in room.notices.paper(entry).page().decode()


def test_the_same_words_on_paper_in_word_and_on_the_web(room, notice):
    import docx
    import pypdfium2

    paper = room.notices.paper(notice)
    pdf = pypdfium2.PdfDocument(paper.printed().content)
    printed = " ".join(page.get_textpage().get_text_range() for page in pdf)
    pdf.close()
    word = "\n".join(p.text for p in docx.Document(io.BytesIO(paper.word())).paragraphs)
    page = paper.page().decode()
    for text in (word, page):
        assert "within one month, and it costs nothing" in text
    assert "costs nothing" in " ".join(printed.split())
    assert "<script" not in page
    assert paper.ease() is not None


def test_nothing_typed_becomes_markup_on_the_web(room, notice):
    wild = {"opening": "<script>alert(1)</script> & more"}
    entry = room.notices.save(wild, notice.id, notice.version).entry
    page = room.notices.paper(entry).page().decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_children_get_simple_words(room, files):
    entry = room.notices.save({"name": "For children", "audience": "children"}).entry
    assert "We write down things about you" in entry.values["what"]
    assert room.notices.paper(entry).ease().score >= 60
