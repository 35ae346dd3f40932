"""Where the data protection policy is older than the law, until that is mended or left."""

from __future__ import annotations

import pytest

from dpdesk.assurance.policy_rules import beside, older, place_choices, places
from dpdesk.law.request_kinds import RequestKind
from tests.assurance.test_papers import words

OLD = {
    "fines": "fines of up to 20 million Euros (approximately £17 million)",
    "act_1998": "the provisions of the Data Protection Act 1998 or later law",
    "recognised": "necessary for the legitimate interests pursued by the controller",
    "officer": "6. Data Protection Officer (DPO) The officer is: Name: [the Proprietor]",
    "machine": "to object to decisions based solely on automated processing",
    "postage": "may cover its costs e.g. photocopying,\npostage, with a fees notice",
    "clarification": "The period will not commence until any necessary clarification is received",
    "extension": "The time can be extended to two months where the request is complex.",
    "educational": "a teacher at any school maintained by a local education authority",
    "pages_fee": "The charge will depend upon the number of pages provided.",
    "fifteen_days": "The response time under the Regulations is 15 school days",
    "registers": "The attendance register is kept for three years.",
    "weekends": "report such a breach within 72 hours of discovery",
    "action_fraud": "Tell Action Fraud.",
    "complaints": "Complaints are dealt with under the Complaints Policy.",
    "article_77": "the right under Article 77 to go to the ICO",
    "helpline": "www.ico.org.uk or telephone 01625 5457453",
    "wycliffe": "Wycliffe House, Water Lane",
    "eea": "EEA: the 28 countries in the EU, and Iceland",
}
NEW = (
    "Recognised legitimate interests count. Weekends and holidays count. Articles 22A to 22D hold. "
    "Complaints are acknowledged within 30 days. As its own promise the School shows the record. "
)
FILLER = "Staff keep what they know of pupils to themselves. " * 60


def codes(found):
    return {each.code for each in found}


@pytest.mark.parametrize("code", [each.code for each in places()])
def test_each_place_is_found_in_old_words_and_not_in_its_own_better_wording(code):
    place = next(each for each in places() if each.code == code)
    assert code in codes(older(OLD[code]))
    assert code not in codes(older(NEW + place.wording))
    assert code not in codes(older(OLD[code], left=(code,)))
    assert place.source


def test_all_better_wordings_together_leave_no_place():
    assert codes(older(" ".join(each.wording for each in places()))) == set()


def test_quotes_line_breaks_and_capitals_do_not_hide_a_place():
    assert "act_1998" in codes(older("DATA\n  PROTECTION\u00a0ACT\t1998"))
    assert "officer" in codes(older("the “Data Protection Officer” is – Name: [The Proprietor’s"))


def test_every_place_can_be_left_as_it_is():
    assert {each.code for each in place_choices()} == codes(places()) == set(OLD)


@pytest.fixture
def policy(room):
    made = {"name": "Data Protection Policy", "kind": "data_protection", "readers": ("all",)}
    return room.policies.save(made).entry


def gaps(desk):
    return {
        each.text: each.count
        for each in desk.overview.findings()
        if each.register == "policies" and each.source == "Policy 20"
    }


def filed(desk, policy, name, text):
    desk.documents.add("policies", policy.id, name, text.encode())


def test_home_counts_the_places_and_they_go_when_the_new_text_is_filed(desk, room, policy):
    unread = "data protection policies whose text is not filed"
    many = "places of the data protection policy that are out of date with the law"
    assert gaps(desk) == {unread: 1}
    filed(desk, policy, "policy-3.txt", FILLER + OLD["eea"] + ". " + OLD["extension"])
    assert gaps(desk) == {many: 2}
    filed(desk, policy, "signed sheet.txt", "Read and understood. " * 20)
    assert gaps(desk) == {many: 2}, "a sheet to sign is not the policy"
    filed(desk, policy, "policy-4.txt", FILLER + "All is well. " + OLD["extension"])
    assert gaps(desk) == {many: 1}
    room.policies.leave(policy.id, policy.version, "extension", "Our adviser wants it so.")
    assert gaps(desk) == {}
    entry = room.policies.load(policy.id)
    assert entry.values["left_why"] == "Our adviser wants it so."


def test_other_policies_and_replaced_ones_are_not_read(desk, room, policy):
    filed(desk, policy, "policy-3.txt", FILLER + OLD["eea"])
    room.policies.save({"ended_on": room.policies.today()}, policy.id, policy.version)
    other = room.policies.save({"name": "Acceptable use", "kind": "acceptable_use"}).entry
    filed(desk, other, "use.txt", FILLER + OLD["eea"] + " again")
    assert gaps(desk) == {}


def test_what_to_change_prints_with_the_wording_that_would_be_right(desk, room, policy):
    filed(desk, policy, "policy-3.txt", FILLER + OLD["eea"] + ". " + OLD["weekends"])
    text = words(room.prints.older(room.policies, policy))
    order = ["2 places", "1. The 72 hours (clause 16.6)", "Weekends and school holidays count"]
    order += ["From a secondary source", "2. The countries of the EEA", "27 countries in the EU"]
    found = [text.index(each) for each in order]
    assert found == sorted(found)


def test_a_place_is_said_beside_work_that_there_is():
    known = {kind.value for kind in RequestKind} | {"breaches", "assets"}
    assert all(set(each.cards) <= known for each in places())
    for card in ("access", "educational_record", "complaint", "automated", "breaches", "assets"):
        assert beside(card), card
    assert {each.code for each in beside("breaches")} >= {"weekends", "action_fraud"}
    assert {each.code for each in beside("assets")} == {"recognised", "officer", "eea"}
