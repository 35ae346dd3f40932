"""Which names are proposed for redaction, which only shown as doubtful, and which never."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.disclosure.candidates import PartyStanding
from dpdesk.disclosure.known_people import Party, called_also
from dpdesk.disclosure.suggesting import Suggesting
from tests.disclosure.proposing import (
    PEOPLE,
    SCHOOL,
    TODAY,
    a_party,
    doubtful,
    kept,
    proposed,
    suggest,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("today Harry Smith ran", ["Harry Smith"]),
        ("SMITH, Harry (5B)", ["SMITH, Harry"]),
        ("Smith Harry and", ["Smith Harry"]),
        ("H. Smith was late", ["H. Smith"]),
        ("signed Smith, H.", ["Smith, H."]),
        ("ask Harry P. about it", ["Harry P."]),
        ("ask Harry A B C or Harry A. B. C. S. now", ["Harry A B C", "Harry A. B. C. S."]),
        ("Smith, Harry J came, and SMITH Harry J K too", ["Smith, Harry J", "SMITH Harry J K"]),
        ("then Harry S I think, and a Harry A ran", ["Harry S", "Harry A"]),
        ("harry smith hit him", ["harry smith"]),
        ("Harry Smith. Later Harry's mother rang", ["Harry Smith.", "Harry's"]),
        ("Harry Smyth. Harry Smiht too", ["Harry Smyth.", "Harry Smiht"]),
        ("Oluwaseun said Mr Adeyemi-Cole rang", ["Oluwaseun", "Adeyemi-Cole"]),
        ("the boy Ade- yemi-Cole, Oluwaseun", ["Ade- yemi-Cole, Oluwaseun"]),
        ("Grace Young and May Hall sat", ["Grace Young", "May Hall"]),
        ("with Will Harper. I told Will to stop", ["Will Harper.", "Will"]),
        ("William Harper, or Bill, or B. Harper", ["William Harper,", "Bill,", "B. Harper"]),
        ("Tom Ward rang, Thomas sent it", ["Tom Ward", "Thomas"]),
        ("the Young family moved", ["Young"]),
        ("see Smith_Harry.docx and HarryPatel2.pdf", ["Smith_Harry.docx", "HarryPatel2.pdf"]),
        ("Harry Smith/Grace Young", ["Harry Smith/Grace Young"]),
        ("Lily Walker is his sister", ["Lily Walker"]),
        ("Dr Zajac and Mrs O’Hale-Price wrote", ["Zajac", "O’Hale-Price"]),
        ("Ethan Patel is another Ethan", ["Ethan Patel"]),
        ("Tara Le Roux and Jean-Luc Le Fèvre", ["Tara Le Roux", "Jean-Luc Le Fèvre"]),
        ("Kind regards, Gethin and Nerys Pugh", ["Gethin", "Nerys Pugh"]),
        ("see https://x.example/pupils/harry-smith.docx or www.harrysmith.example",
         ["https://x.example/pupils/harry-smith.docx", "www.harrysmith.example"]),
        ("https://x.example/Harry%20Smith%202.docx", ["https://x.example/Harry%20Smith%202.docx"]),
        ("then Har-ry Sm-ith came, and Oluwa-seun's coat", ["Har-ry Sm-ith", "Oluwa-seun's"]),
        ("From: Mr J Vance <j.vance@mail.example> To: Mrs Tull came",
         ["J Vance", "<j.vance@mail.example>", "Tull"]),
        ("Nick was there with Kit", ["Nick", "Kit"]),
        ("present: van Dijk, Noor and Smith", ["van Dijk, Noor", "Smith"]),
        ("Lars van den Berg was seen", ["Lars van den Berg"]),
        ("May Hall came. We told May so", ["May Hall", "May"]),
        ("it was @harrysmith again", ["@harrysmith"]),
        ("PC Threlfall and Revd Pilkington and Cllr Ghent came",
         ["Threlfall", "Pilkington", "Ghent"]),
        ("then Zbigniew and Geraint left", ["Zbigniew", "Geraint"]),
        ("a scan says Harry Sm1th and Oluwaseun Adeyemi-C0le",
         ["Harry Sm1th", "Oluwaseun Adeyemi-C0le"]),
        ("Zofia 8/10 Will 9/10 Grace 7/10", ["Zofia", "Will", "Grace"]),
        ("1A Zofia 1B Will 1C Grace", ["Zofia", "Will", "Grace"]),
        ("(Zofia) [Will] and so on", ["(Zofia)", "[Will]"]),
        ("written by HSmith and (WHarper2)", ["HSmith", "(WHarper2)"]),
        ("as I told Mrs Smith Oluwaseun sits alone", ["Smith", "Oluwaseun"]),
        ("Mr J Smith Grace Young left", ["J Smith", "Grace Young"]),
        ("ask Mr Harry Young or Mrs Thomas Smith", ["Harry Young", "Thomas Smith"]),
        ("then Miss Adeyemi Cole came", ["Adeyemi Cole"]),
    ],
)  # fmt: skip
def test_a_name_is_proposed_however_it_is_written(text, found):
    assert proposed(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Joint work. Joanne's jotter",
        "Will you come? Will he? We will. Where there is a Will",
        "In May we may. On 4 May, May 2026, early May",
        "the Hall, Sports Hall, our Hall and a hall",
        "young people, the Young Carers group, by Grace of God",
        "Harper Close and Smith Street",
        "Brown Class, the brown coat, Smithfield market, Hallway",
        "Thank you. Best wishes. Kind regards. Please reply",
        "Price list; the Price of lunch",
        "From September to April, Monday and Friday",
        "https://x.example/hall/young/will/smithfield www.brown.example",
        "On Mon, 3 Nov 2026 at 10:00 they met",
        "Kit list: PE Kit is needed. Fee waiver. Pen licence",
        "the Carol Service, a Grant, Row 3, Col 4. Win at football",
        "Row A Carol Concert Row B Harvest Supper",
        "Row A / Carol Concert and Victoria Sponge",
        "St Harry's Church, St. Ethan Ambulance and King Harry",
        "Will 2, Grace 3 and the PC Suite",
        "Sharper pencils, SHARPER, a NHSmith and QSmith, Ghall, THall-mark",
    ],
)
def test_words_are_no_names(text):
    assert proposed(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Marks: Zofia A B B C Harry B B C A", ["Zofia", "Harry"]),
        ("then Harry A B C, Mr Zajac", ["Harry A B C,", "Zajac"]),
        ("Harry A B C Zofia B A D then", ["Harry", "Zofia"]),
        ("Harry Smith A B Noor van Dijk C D", ["Harry Smith", "Noor van Dijk"]),
        ("Smith, Harry U E E so", ["Smith, Harry"]),
        ("grades of Harry A B C now", ["Harry"]),
        ("Harry A* B+ C now", ["Harry"]),
        ("Harry D O B 01/04/2015", ["Harry", "01/04/2015"]),
        ("Harry D. O. B. 01/04/2015", ["Harry", "01/04/2015"]),
        ("Harry D.O.B. 01/04/2015", ["Harry", "01/04/2015"]),
        ("Harry Q & A", ["Harry"]),
        ("Harry Q&A now", ["Harry"]),
        ("Harry S & Zofia T", ["Harry S", "Zofia T"]),
        ("told Harry D B so", ["Harry D B"]),
        ("Harry A B S and Zofia C M", ["Harry A B S", "Zofia C M"]),
    ],
)
def test_marks_and_labels_are_no_initials(text, found):
    assert proposed(text) == found


def test_a_line_that_begins_with_a_first_name_takes_no_surname_from_the_line_before():
    assert proposed("as we told Mrs Walker Ethan sits alone") == []
    assert proposed("as we told Mr and Mrs Walker Harry sits alone") == ["Harry"]


_TITLES = st.sampled_from(["Mr", "Mrs", "Mr and Mrs", "Miss", "Ms", "Dr", "PC"])
_BEGINNERS = st.sampled_from(["Harry", "Grace", "Joanna", "Jo", "Tom", "Bill", "Zofia", "Geraint"])


@given(_TITLES, st.sampled_from(["Walker", "Patel", "Smith", "Brown"]), _BEGINNERS)
def test_a_titled_surname_ends_where_a_first_name_begins_the_next_line(title, surname, first):
    words = f"as we told {title} {surname} {first} sits alone".split()
    made = Suggesting(PEOPLE, SCHOOL, today=TODAY)
    made.read(1, 0, words)
    together = {words.index(surname), words.index(first)}
    assert not any(together <= set(one.indexes) for one in made.finish().candidates)


def test_who_asks_is_kept_before_a_short_or_unknown_first_name():
    assert proposed("as we told Mrs Walker Zofia sits alone") == ["Zofia"]
    assert kept("as we told Mrs Walker Tom sits alone") == {"Walker": "requester"}


def test_a_titled_surname_that_nobody_bears_ends_before_the_first_name_of_somebody_known():
    assert proposed("as we told Mrs Zajac Ethan sits alone") == ["Zajac"]
    assert kept("as we told Mrs Zajac Ethan sits alone") == {"Ethan": "subject"}
    assert proposed("as we told Mrs James Harry sits alone") == ["James", "Harry"]
    assert proposed("as we told Mrs Zajac Harry Smith sits") == ["Zajac", "Harry Smith"]


@pytest.mark.parametrize("name", [
    "Zajac Grace", "Zajac Tom", "Zajac Ross", "Xolani Ward", "J Harry", "van Harry"
])  # fmt: skip
def test_a_titled_name_stays_whole_where_its_second_half_might_be_lost(name):
    assert proposed(f"as we told Mr {name} so") == [name]


def test_what_may_be_a_word_or_a_name_is_only_looked_through():
    assert proposed("Grace came home. I saw Young there") == []
    assert doubtful("Grace came home. I saw Young there") == ["Grace", "Young"]


def test_a_name_of_two_words_in_small_letters_is_looked_through():
    text = "then grace young hit harry smith, and they may hall it off"
    assert proposed(text) == ["harry smith,"]
    assert doubtful(text) == ["grace young"]


def test_a_thing_that_somebody_is_called_like_is_only_looked_through():
    people = (*PEOPLE, a_party(20, "parent", "Grant Marlow"))
    text = "we got the Grant and the Pupil Premium Grant. A Grant of land"
    assert proposed(text, people=people) == []
    assert doubtful(text, people=people) == ["Grant", "Grant.", "Grant"]


def test_a_name_before_a_comma_is_looked_through_whatever_follows():
    assert doubtful("“Will,” she said. Grace\u2014the girl ran") == ["“Will,”", "Grace\u2014the"]


def test_a_first_name_that_is_a_word_is_believed_where_somebody_is_called_so():
    people = (*PEOPLE, a_party(20, "pupil", "Kit Marlow"))
    text = "Kit list: boots. Kit left"
    assert proposed(text, people=people) == ["Kit", "Kit"]
    assert proposed(text) == ["Kit"]
    assert doubtful(text) == ["Kit"]


def test_a_word_is_a_name_where_its_owner_is_named_in_the_same_document():
    text = "Grace Young hit him. I told Grace off, and Young cried"
    assert proposed(text) == ["Grace Young", "Grace", "Young"]


@pytest.mark.parametrize(
    ("others", "text"),
    [
        ("formerly Ward", "Ethan Ward. Ward came"),
        ("previously Ward-Hay", "Ethan Ward-Hay. Hay came"),
        ("known as Bud; Ethan Ward (until 2019)", "Bud Walker, Bud, Ethan Ward"),
    ],
)
def test_whatever_else_the_data_subject_is_called_is_kept(others, text):
    party = Party(
        "person:1", "Ethan Walker", "pupil", PartyStanding.SUBJECT,
        tuple(called_also("Ethan Walker", others)),
    )  # fmt: skip
    assert proposed(text, people=(party,)) == []
    assert set(kept(text, people=(party,)).values()) == {"subject"}
    assert proposed("Until then Known As Maiden", people=(party,)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Ethan Walker", "Walker, Ethan", "E. Walker", "E.J. Walker", "Ethan's book", "ETHAN",
        "Ethan James Walker", "Etahn Walker", "James Walker", "Walker was late", "Ethan W.",
        "19walkere@elmfield.example", "call 07700 900111", "at 4 Quarry Rise, Bolton BL9 9ZZ",
        "born 12/03/2015", "d.o.b. 12 March 2015", "EthanWalker.pdf", "ethan walker",
        "https://x.example/ethan_walker",
    ],
)  # fmt: skip
def test_the_data_subject_is_seen_and_never_proposed(text):
    assert proposed(text) == []
    assert set(kept(text).values()) == {"subject"}


def _over_pages(*pages: str) -> list[tuple[int, str]]:
    """What is proposed on the pages of one document, with the page, from 0."""
    made = Suggesting(PEOPLE, SCHOOL, today=TODAY)
    for number, words in enumerate(pages):
        made.read(1, number, words.split())
    found = made.finish()
    return [
        (one.page, one.text)
        for one in found.candidates
        if not one.doubtful and not found.groups[one.group].kept
    ]


@pytest.mark.parametrize(
    ("pages", "halves"),
    [
        (("told Gra-", "ce about it"), [(0, "Gra-"), (1, "ce")]),
        (("we saw Harry", "Smith and he ran"), [(0, "Harry"), (1, "Smith")]),
        (("see May Page 1 of 2", "- 2 - Hall is shut"), [(0, "May"), (1, "Hall")]),
        (("told SMITH,", "HARRY so"), [(0, "SMITH,"), (1, "HARRY")]),
        (("told Mrs", "Ward so"), [(1, "Ward")]),
        (("with Noor", "van Dijk now"), [(0, "Noor"), (1, "van Dijk")]),
        (("told Harry Sm- Page 1 of 2", "Elmfield School ith about it"),
         [(0, "Harry Sm-"), (1, "ith")]),
        (("and Adeyemi-", "Cole went"), [(0, "Adeyemi-"), (1, "Cole")]),
        (("and Zaina-", "b went"), [(0, "Zaina-"), (1, "b")]),
        (("and Etha-", "n Walker went"), []),
        (("the sen-", "tence went"), []),
    ],
)  # fmt: skip
def test_a_name_that_is_broken_at_the_end_of_a_page_is_proposed_on_both(pages, halves):
    assert _over_pages(*pages) == halves


@pytest.mark.parametrize(
    ("pages", "halves"),
    [
        (("Incident log then they saw May elmfield school Page 1 of 3",
          "Incident log Hall and so on elmfield school Page 2 of 3"), [(0, "May"), (1, "Hall")]),
        (("He told May", "log of the school, 3 June Hall went", "log of the school, 4 June then"),
         [(0, "May"), (1, "Hall")]),
        (("was told Mrs (for the file, 2)", "Ward came (for the file, 3)"),
         [(1, "Ward")]),
        (("Ring her on 07700", "900456 today"), [(0, "07700"), (1, "900456")]),
        (("Ring her on 07700 Elmfield Log 1/2", "900456 today Elmfield Log 2/2"),
         [(0, "07700"), (1, "900456")]),
        (("He lives at 12 Moor", "Lane, Bolton BL1 9ZZ now"),
         [(0, "12 Moor"), (1, "Lane, Bolton BL1 9ZZ")]),
        (("who was born on 3", "April 2014 in Leeds"), [(0, "3"), (1, "April 2014")]),
        (("The card was 4111 1111", "1111 1111 and so on"), [(0, "4111 1111"), (1, "1111 1111")]),
    ],
)  # fmt: skip
def test_what_goes_on_behind_a_heading_of_every_page_is_proposed_on_both(pages, halves):
    assert _over_pages(*pages) == halves


@pytest.mark.parametrize(
    "pages",
    [
        ("They were 07", "10 and 12 years old"),
        ("It cost 120", "300 pounds and 400"),
        ("in room 12 Moor School 1", "3 chairs Moor School 2"),
        ("and Harry ran Moor School 1", "they saw no Smith Moor School 2"),
    ],
)
def test_nothing_is_made_of_what_only_stands_at_the_ends(pages):
    assert all(text in {"Harry", "Smith"} for _, text in _over_pages(*pages))


def test_the_number_of_a_page_is_nobody():
    pages = ("They saw Harry Page 2 of 3", "and so on Page 3 of 3")
    assert _over_pages(*pages) == [(0, "Harry")]


def test_who_asks_is_kept():
    assert kept("Mrs Walker rang, Sarah Walker 07700 900112") == {
        "Walker": "requester",
        "Sarah Walker": "requester",
        "07700 900112": "requester",
    }


def test_staff_in_their_job_are_kept_and_their_private_telephone_is_not():
    text = "Mrs Brown, Linda Brown, l.brown@elmfield.example 07700 900789"
    assert set(kept(text).values()) == {"staff"}
    assert proposed(text) == ["07700 900789"]


def test_the_school_is_kept():
    assert proposed("office@elmfield.example 01632 960000 Moor Lane, Bolton BL1 4QR") == []


def test_a_namesake_of_the_data_subject_is_not_guessed_at():
    text = "Ethan Patel and Ethan Walker. Then Ethan left"
    assert proposed(text) == ["Ethan Patel"]


def test_first_names_are_those_of_whoever_is_named_wholly_nearby():
    found = suggest("Harry Patel came. Harry left", "Harry Smith came. Harry left", "Harry left")
    said = {(one.document_id, one.text): found.groups[one.group].label for one in found.candidates}
    assert said[(1, "Harry")] == "Harry Patel"
    assert said[(2, "Harry")] == "Harry Smith"
    assert said[(3, "Harry")] == "“Harry” (2 people of that name)"


HEAD = "From: Jane Oyelaran <jane.oyelaran@mail.example> To: office@elmfield.example Sent: Monday "


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (HEAD, ["Jane Oyelaran", "<jane.oyelaran@mail.example>"]),
        ("To: Oyelaran, Jane Subject: Lunch", ["Oyelaran, Jane"]),
        ("Dear Mrs Oyelaran and Femi, I saw Femi", ["Oyelaran", "Femi,", "Femi"]),
        ("Hi Jane, all well. Thanks, Kwame Asante then Kwame", ["Jane,", "Kwame Asante", "Kwame"]),
        ("On Monday Zofia Zajac <zz@mail.example> wrote:", ["Zofia Zajac", "<zz@mail.example>"]),
    ],
)  # fmt: skip
def test_people_met_in_the_documents_alone_are_proposed(text, found):
    assert proposed(text) == found
    assert proposed(text, people=()) == found


def test_everything_works_without_a_register():
    text = "Harry Smith hit Zofia at lunch. Ring 07700 900123. Harry was sorry"
    assert proposed(text, people=()) == ["Harry Smith", "Zofia", "07700 900123.", "Harry"]


@pytest.mark.parametrize(
    "text",
    [
        "From: Ann Lee <ann.lee@elmfield.example> Sent: x",
        "Kind regards, Ann Lee Class Teacher",
        "From: Kim Roe <kim@bolton.gov.uk> Sent: x",
        "Regards, Kim Roe Educational Psychologist",
        "Dear Parents and Carers, Dear Sir, Dear All,",
    ],
)
def test_who_writes_in_their_profession_is_not_proposed(text):
    assert proposed(text) == []


_WORDS = st.sampled_from(
    "Ethan Walker Harry Smith Grace Young, Will Harper's the and May. Hall 07700 900123 Mrs Brown "
    "Dear From: jo@x.example E. W. Price O’Hale- walker (Ethan) 12 Acacia Road BL3 2AB born "
    "01/04/2015 Smith-Jones @ é ﬁn \u00ad- ETHAN A123456789012 To: & / 3 March 2015".split()
)


@given(st.lists(_WORDS, max_size=40))
def test_places_are_whole_words_in_order_and_the_subject_is_never_proposed(words):
    found = suggest(" ".join(words))
    taken: set[int] = set()
    for one in found.candidates:
        assert one.indexes == tuple(range(one.indexes[0], one.indexes[-1] + 1))
        assert one.text == " ".join(words[place] for place in one.indexes)
        assert taken.isdisjoint(one.indexes)
        taken.update(one.indexes)
        group = found.groups[one.group]
        if group.key == PEOPLE[0].key:
            assert group.kept


def test_names_with_small_letters_are_found_together_and_never_alone_where_they_are_words():
    """Words like will and may are skipped quickly, but not beside the rest of a name."""
    people = (*PEOPLE, a_party(20, "pupil", "Jo Li"))
    found = proposed("she met jo li and harry smith there", people=people)
    assert found == ["jo li", "harry smith"]
    assert not proposed("they will come in may and jo said so", people=people)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "thackeray came again",
        "Tell thackeray and teresa thackeray",
        "teresa.thackeray @mail.example",
        "see thackeray_notes.docx and thackeray.docx and thackeray19",
        "she heard a thackeray sing",
    ],
)
def test_a_surname_is_found_whole_though_it_stands_in_small_letters_elsewhere(elsewhere):
    assert "Teresa Thackeray" in proposed("Then Teresa Thackeray rang", elsewhere)


def test_a_word_behind_a_first_name_is_no_surname_for_a_capital():
    others = "We listed scratches. More scratches. No scratches."
    assert proposed("Teresa Scratches", others) == ["Teresa"]
    assert proposed("Teresa Behaviour", "Her behaviour") == ["Teresa"]
