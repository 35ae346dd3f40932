"""Consents as they are recorded: who may answer, which words, what takes the place of what."""

from __future__ import annotations

import datetime as dt

import pytest

from dpdesk.errors import DpdeskError, InvalidEntry
from dpdesk.registers.entries import Query
from dpdesk.registers.spreadsheet import Sheet, SheetRow, accept, preview
from tests.consents.conftest import DAY


def state(consents, entry):
    return consents.load(entry.id).state


def check(consents, *names):
    return consents.may_use(names, "website")


def test_only_somebody_with_parental_responsibility_is_taken(
    consents, family, person, belongs, say
):
    ward = family()
    aunt = person("Hill", "Ida", kind="parent")
    belongs(ward.pupil, aunt, responsible="no")
    for who in (aunt, ward.pupil, family("Abbot").mother):
        for answer in ("given", "refused"):
            with pytest.raises(InvalidEntry) as refused:
                say(ward.pupil, answer, who)
            assert list(refused.value.problems) == ["by_whom"]
    assert say(ward.pupil, "given", ward.father).state == "given"


def test_a_contact_who_was_removed_is_no_longer_taken_nor_counted(
    consents, people, family, say, belongs
):
    ward = family()
    say(ward.pupil, "given", ward.mother)
    tie = people.relationships.parts(ward.pupil.id)[0]
    people.relationships.save({"ended_on": people.today()}, tie.id, tie.version)
    assert [name for _, name in consents.deciders_of(ward.pupil.id)] == ["Sam Ana Ward"]
    found = check(consents, "Ana Ward")
    assert not found.allowed
    assert "may not decide" in found.people[0].why


def test_who_is_suggested_first_is_the_first_of_the_list_and_the_same_everywhere(
    consents, person, belongs
):
    pupil = person("Ward", "Gracie")
    joan, alan = (person("Ward", name, kind="parent") for name in ("Joan", "Alan"))
    belongs(pupil, joan)
    belongs(pupil, alan)
    assert [name for _, name in consents.deciders_of(pupil.id)] == ["Joan Ward", "Alan Ward"]
    assert consents.first_deciders([pupil.id]) == {pupil.id: joan.id}
    aunt = person("Reed", "Zoë", kind="parent")
    belongs(pupil, aunt, priority=1)
    assert consents.deciders_of(pupil.id)[0][0] == aunt.id, "an order that is said goes before"
    assert consents.first_deciders([pupil.id]) == {pupil.id: aunt.id}


def test_a_pupil_who_was_judged_able_answers_too(consents, people, family, say):
    ward = family(competent="yes")
    assert consents.deciders_of(ward.pupil.id)[-1] == (ward.pupil.id, "Ana Ward")
    assert say(ward.pupil, "given", ward.pupil).state == "given"


def test_only_those_who_may_decide_are_offered(consents, family, person):
    ward = family()
    person("Stranger", kind="parent")
    field = consents.register.field("by_whom")
    offered = {number for number, _ in consents.link_choices(field)}
    assert offered == {ward.mother.id, ward.father.id}
    pupils = consents.link_choices(consents.register.field("pupil"))
    assert [number for number, _ in pupils] == [ward.pupil.id]


def test_consent_is_written_and_names_who_gave_it(consents, family, say):
    ward = family()
    for answers, field in (({"how": "spoken"}, "how"), ({"by_whom": None}, "by_whom")):
        with pytest.raises(InvalidEntry) as refused:
            say(ward.pupil, "given", ward.mother, **answers)
        assert list(refused.value.problems) == [field]
    assert say(ward.pupil, "withdrawn", ward.mother, how="spoken").state == "withdrawing"
    assert say(ward.pupil, "refused", None).state == "refused"


def test_consents_are_for_pupils(consents, family, say):
    ward = family()
    with pytest.raises(InvalidEntry):
        say(ward.mother, "given", ward.mother)


def test_a_later_answer_of_the_same_person_takes_the_place_of_the_earlier(consents, family, say):
    ward = family()
    first = say(ward.pupil, "given", ward.mother, asked_on=consents.today() - DAY)
    other = say(ward.pupil, "given", ward.father)
    second = say(ward.pupil, "refused", ward.mother)
    assert [state(consents, each) for each in (first, other, second)] == [
        "replaced",
        "given",
        "refused",
    ]
    consents.archive(second.id, second.version)
    assert state(consents, first) == "given"
    late = say(ward.pupil, "refused", ward.mother, asked_on=consents.today() - 9 * DAY)
    assert late.state == "replaced", "an older form that turns up changes nothing"
    assert consents.counts()["all"] == 3


def test_changing_the_words_makes_a_version_and_leaves_answers_with_theirs(
    room, consents, family, say, website
):
    ward = family()
    entry = say(ward.pupil, "given", ward.mother)
    assert entry.values["wording"] == 1
    use = room.uses.load(website.id)
    room.uses.save({"words": "Online, anywhere, for ever."}, use.id, use.version)
    versions = room.uses.wordings.parts(use.id)
    assert [v.values["number"] for v in versions] == [1, 2]
    assert versions[0].values["words"] == "Online, on the school website."
    assert consents.load(entry.id).values == entry.values
    found = check(consents, "Ana Ward")
    assert [p.answer for p in found.people] == ["expired"]
    assert say(ward.pupil, "given", ward.mother).values["wording"] == 2
    assert check(consents, "Ana Ward").allowed


def test_earlier_answers_hold_where_it_is_said_that_the_words_mean_the_same(
    room, consents, family, say, website
):
    ward = family()
    say(ward.pupil, "given", ward.mother)
    use = room.uses.load(website.id)
    room.uses.save({"words": "On the website of the school, online."}, use.id, use.version)
    newest = room.uses.wordings.parts(use.id)[-1]
    room.uses.wordings.save({"same": "yes"}, newest.id, newest.version)
    assert check(consents, "Ana Ward").allowed


def test_words_that_come_back_bring_the_answers_that_were_given_to_them(
    room, consents, family, say, website
):
    ward = family()
    say(ward.pupil, "given", ward.mother)
    use = room.uses.load(website.id)
    saved = room.uses.save({"words": "Anywhere at all."}, use.id, use.version)
    assert not check(consents, "Ana Ward").allowed
    room.uses.undo(saved)
    assert check(consents, "Ana Ward").allowed


@pytest.mark.parametrize(
    ("name", "answer", "versions", "titled"),
    [
        ("WEBSITE", "given", 1, "WEBSITE"),
        ("School website", "given", 2, "Website"),
        ("Website and social media", "expired", 2, "Website"),
    ],
)
def test_a_new_name_never_makes_an_answer_say_more_than_was_asked(
    room, consents, family, say, website, name, answer, versions, titled
):
    ward = family()
    entry = say(ward.pupil, "given", ward.mother)
    use = room.uses.load(website.id)
    room.uses.save({"name": name}, use.id, use.version)
    assert consents.may_use(["Ana Ward"], name).people[0].answer == answer
    assert len(room.uses.wordings.parts(use.id)) == versions
    after = consents.load(entry.id)
    assert (after.values, after.state) == (entry.values, "given")
    assert after.title == f"Ward, Ana: {titled}"
    by_father = say(ward.pupil, "given", ward.father)
    assert by_father.title == f"Ward, Ana: {name}", "asked today, in the words of today"
    older = {"wording": 1, "note": "An older form was returned"}
    changed = consents.save(older, by_father.id, by_father.version).entry
    assert changed.title == f"Ward, Ana: {titled}"


def test_a_version_that_was_shown_cannot_be_rewritten(room, website):
    shown = room.uses.wordings.parts(website.id)[0]
    for changed in ({"words": "Other words"}, {"number": 7}):
        with pytest.raises(DpdeskError, match="as parents saw it"):
            room.uses.wordings.save(changed, shown.id, shown.version)
    with pytest.raises(DpdeskError, match="as parents saw it"):
        room.uses.wordings.save({"number": 2, "words": "New"}, parent_id=website.id)


def test_the_usual_uses_are_added_once(room):
    room.uses.add_usual()
    room.uses.add_usual()
    names = [use.title for use in room.uses.every()]
    assert names == ["In school", "Outside agencies", "Website and social media"]


def test_an_answer_holds_as_long_as_its_use_says(room, consents, family, say, website, clock):
    ward = family()
    use = room.uses.load(website.id)
    room.uses.save({"renewal": "year"}, use.id, use.version)
    entry = say(ward.pupil, "given", ward.mother)
    last = entry.values["valid_until"]
    assert (last.month, last.day) == (8, 31)
    clock.on(last)
    assert check(consents, "Ana Ward").allowed
    clock.on(last + DAY)
    assert check(consents, "Ana Ward").people[0].answer == "expired"
    assert consents.counts()["expired"] == 1


def test_an_older_answer_can_be_tidied_after_its_giver_lost_responsibility(
    consents, people, family, say
):
    ward = family()
    entry = say(ward.pupil, "withdrawn", ward.mother)
    tie = people.relationships.parts(ward.pupil.id)[0]
    people.relationships.save({"responsible": "no"}, tie.id, tie.version)
    entry = consents.load(entry.id)
    done = {"closed_on": consents.today(), "others_had": "no"}
    closed = consents.save(done, entry.id, entry.version).entry
    assert closed.state == "withdrawn"


def test_many_are_answered_wholly_or_not_at_all(consents, family, person, website):
    one, two, alone = family("Ward"), family("Quill"), person("Alone")
    pupils = [one.pupil.id, two.pupil.id, alone.id]
    by = consents.first_deciders(pupils)
    assert by == {one.pupil.id: one.mother.id, two.pupil.id: two.mother.id}
    with pytest.raises(DpdeskError, match="nobody with parental responsibility"):
        consents.answer_many(pupils, {website.id: "given"}, by_whom=by)
    assert consents.counts()["all"] == 0
    consents.answer_many(pupils[:2], {website.id: "given"}, by_whom=by)
    assert consents.counts()["given"] == 2
    assert check(consents, "Ana Ward", "Ana Quill").allowed


def test_many_answers_leave_the_same_as_one_by_one(consents, family, website, say):
    one, two = family("Ward"), family("Quill")
    before = say(one.pupil, "given", one.mother)
    pupils = [one.pupil.id, two.pupil.id]
    told: list[object] = []
    done = consents.answer_many(
        pupils, {website.id: "refused"}, by_whom=consents.first_deciders(pupils), step=told.append
    )
    moss = family("Moss")
    by_hand = say(moss.pupil, "refused", moss.mother)
    assert consents.load(before.id).state == "replaced"
    assert ("consents", before.id) in done.entries
    made = sorted(number for _, number in done.made)
    assert [consents.load(n).state for n in made] == ["refused", "refused"]
    assert told == [0]

    def noted(number):
        return {each.label for each in consents.history(number)}

    assert noted(made[1]) == noted(by_hand.id)
    assert len(consents.listing(Query(search="Quill")).rows) == 1


def test_what_is_wrong_with_one_of_many_is_said_without_its_row(consents, family, website):
    one, two = family("Ward"), family("Quill")
    with pytest.raises(InvalidEntry) as wrong:
        consents.answer_many(
            [one.pupil.id, two.pupil.id],
            {website.id: "given"},
            by_whom={one.pupil.id: one.mother.id, two.pupil.id: one.mother.id},
        )
    assert "Parental responsibility is not on record" in str(wrong.value)
    assert "Row" not in str(wrong.value)
    assert consents.counts()["all"] == 0


def test_answers_taken_back_leave_what_they_replaced_as_it_was(consents, family, website, say):
    ward = family()
    before = say(ward.pupil, "given", ward.mother)
    by = consents.first_deciders([ward.pupil.id])
    done = consents.answer_many([ward.pupil.id], {website.id: "refused"}, by_whom=by)
    assert consents.load(before.id).state == "replaced"
    consents.take_back(done)
    entry = consents.load(before.id)
    assert (entry.archived, entry.state) == (False, "given")
    assert check(consents, "Ana Ward").allowed


def test_a_pupil_of_another_name_keeps_their_answers(consents, people, family, say):
    ward = family()
    entry = say(ward.pupil, "given", ward.mother)
    people.save({"surname": "Hill"}, ward.pupil.id, ward.pupil.version)
    assert consents.load(entry.id).title == "Hill, Ana: Website"


def test_home_says_that_no_uses_are_set_up(room):
    assert [f.register for f in room.answers[0].findings()] == ["photo_uses"]
    room.uses.add_usual()
    assert list(room.answers[0].findings()) == []


def test_answers_come_from_a_spreadsheet_with_names_as_people_write_them(consents, family, website):
    one, two = family("Ward"), family("Quill")
    words = {
        "pupil": "Ana Ward",
        "use": "Website",
        "answer": "given",
        "by_whom": "Jo Ana Ward",
        "asked_on": "3 Sept 2026",
        "how": "paper",
    }
    values = consents.read_words(words)
    assert (values["pupil"], values["by_whom"]) == (one.pupil.id, one.mother.id)
    values = consents.read_words({**words, "pupil": "Quill, Ana", "by_whom": two.father.reference})
    assert (values["pupil"], values["by_whom"]) == (two.pupil.id, two.father.id)
    family("Ward")
    with pytest.raises(InvalidEntry, match="More than one"):
        consents.read_words(words)
    with pytest.raises(InvalidEntry):
        consents.read_words({**words, "pupil": "Nobody Else"})


def test_a_sheet_with_rows_that_cannot_be_says_of_each_what_is_wrong(consents, family, say):
    """One answer of somebody who may not decide must not keep the other rows out."""
    one, two = family(), family("Quill", "Ben")
    head = ("Pupil", "Use", "Answer", "By whom", "Asked on")
    day = consents.today()
    rows = (
        (one.pupil.reference, "Website", "Given", one.mother.reference, day),
        (one.pupil.reference, "Website", "Given", two.mother.reference, day),
        (None, "Website", "Given", two.mother.reference, day),
    )
    names = ("pupil", "use", "answer", "by_whom", "asked_on")
    sheet = Sheet(head, tuple(SheetRow(n, cells) for n, cells in enumerate(rows, 2)))
    seen = preview(consents, sheet, dict(enumerate(names)))
    assert [list(row.problems) for row in seen.rows] == [[], ["by_whom"], ["pupil"]]
    accept(consents, seen)
    assert consents.listing(Query()).total == 1


def test_two_uses_whose_names_differ_only_in_capitals_are_refused(room, website):
    for name in ("WEBSITE", "web" + "site.", " Website"):
        with pytest.raises(InvalidEntry, match="is a use already"):
            room.uses.save({"name": name, "place": "online", "words": "Online."})
    assert room.uses.called("website").title == "Website"


def test_a_use_stays_in_the_archive_while_another_has_its_name(room, website):
    archived = room.uses.archive(website.id, website.version).entry
    other = room.uses.save({"name": "WEBSITE.", "place": "online", "words": "Online."}).entry
    with pytest.raises(DpdeskError, match="is a use already"):
        room.uses.restore(archived.id, archived.version)
    assert [use.id for use in room.uses.every()] == [other.id]
    room.uses.save({"name": "Prospectus"}, other.id, other.version)
    room.uses.restore(archived.id, archived.version)
    assert [use.title for use in room.uses.every()] == ["Website", "Prospectus"]


@pytest.mark.parametrize(("asked", "ends"), [((7, 5), 2028), ((5, 5), 2027)])
def test_who_agrees_again_shortly_before_the_end_agrees_for_the_year_to_come(
    room, consents, family, say, website, clock, asked, ends
):
    room.uses.save({"renewal": "year"}, website.id, website.version)
    ward = family()
    first = say(ward.pupil, "given", ward.mother)
    assert consents.load(first.id).values["valid_until"] == dt.date(2027, 8, 31)
    clock.on(dt.date(2027, *asked))
    again = say(ward.pupil, "given", ward.mother)
    assert consents.load(again.id).values["valid_until"] == dt.date(ends, 8, 31)
    other = say(ward.pupil, "given", ward.father)
    assert consents.load(other.id).values["valid_until"] == dt.date(2027, 8, 31), "asked first"
