"""Two hundred messages, from a folder to a released bundle, by the program's own commands.

A person decides few things on the way, and nothing that is about the pupil is lost.
"""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import re

import pypdfium2 as pdfium
import pytest

from dpdesk.desk import Desk
from dpdesk.example import people
from tests.builders import PASSPHRASE
from tests.disclosure.mail_pile import SINCE, SUBJECT, mail_pile

pytestmark = pytest.mark.timeout(900)


@pytest.fixture
def folder(template, tmp_path):
    """A workspace with the people of the example school."""
    folder = template.copy(tmp_path / "workspace")
    desk = Desk.open(folder, PASSPHRASE)
    people.fill(desk, dt.date(2026, 11, 20))
    desk.close()
    return folder


def _bodies(files: dict[str, bytes]) -> list[tuple[dt.date, str]]:
    """The text of each message with its day, the lines that it quotes left out."""
    found = []
    for name, content in files.items():
        if not name.endswith(".eml"):
            continue
        message = email.message_from_bytes(content, policy=email.policy.default)
        body = message.get_body()
        assert body is not None
        lines = [line for line in body.get_content().splitlines() if not line.startswith(">")]
        sent = message["Date"].datetime.date()
        found.append((sent, " ".join(lines)))
    return found


def _sentences(text: str) -> list[str]:
    return [each.strip() for each in re.split(r"(?<=[.?])\s", text) if len(each.split()) > 6]


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def test_a_folder_of_two_hundred_messages_becomes_a_bundle_in_few_decisions(folder, say, tmp_path):
    pile = mail_pile()
    pile.write(tmp_path / "found")

    def work(*words):
        said = say("--workspace", folder, "--json", *words)
        assert said.code == 0, said.err
        return said.json

    answers = [f"subject={SUBJECT}", "received=3/11/2026", "requester=Dana Sample"]
    about = ["relationship=mother", "subject_kind=pupil"]
    reference = work("new", "requests", "--set", *answers, *about)["reference"]
    assert len(work("add", reference, tmp_path / "found")["files"]) >= len(pile.files)
    work("suggest", reference)
    before = work("aside", reference)["documents"]
    assert sum(one["like"].startswith("Same words") for one in before) >= pile.copies

    decisions = 3
    work("aside", reference, "--proposed")
    old = work("aside", reference, "--reason", "dates", "--before", f"{SINCE:%d/%m/%Y}")
    assert sum(one["reason"] == "dates" for one in old["documents"]) == pile.old
    after = work("aside", reference, "--reason", "not-about", "--unnamed")
    left = [one for one in after["documents"] if not one["aside"]]
    assert after["warnings"] == []
    proposed = work("suggest", reference, "--accept", "all")
    decisions += len({one["about"] for one in proposed["suggestions"]})

    desk = Desk.open(folder, PASSPHRASE)
    entry = desk.requests.requests.find(reference)
    for page in desk.disclosure.review.pages("requests", entry.id):
        desk.disclosure.review.set_reviewed(page.document_id, page.page)
        decisions += 1
    whole = " ".join(
        _plain(desk.documents.page(page.document_id, page.page).text())
        for page in desk.disclosure.review.pages("requests", entry.id)
    )
    desk.close()
    made = work("bundle", reference, "--to", tmp_path / "bundle.pdf")
    # Whatever was said about the pupil in the time asked for stands in what is left.
    said = [text for day, text in _bodies(pile.files) if day >= SINCE and "Harry" in text]
    assert len(said) > 20
    for sentence in (each for text in said for each in _sentences(text)):
        assert _plain(sentence) in whole, sentence
    document = pdfium.PdfDocument(tmp_path / "bundle.pdf")
    printed = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    for gone in ("Noah", "01632 960555", "glove", "boiler", "reception"):
        assert gone not in printed
    assert "Harry" in printed
    assert made["withheld"] == 0
    assert len(left) < len(before) / 4
    assert decisions < 60
