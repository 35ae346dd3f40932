"""Messages of strangers: every one goes in or says why, and no word of them is lost.

A few of each folder by default; ``DPDESK_CORPUS_ALL`` tries them all.
"""

from __future__ import annotations

import email
import email.policy
import os
import random
import re
from collections.abc import Iterator
from contextlib import suppress
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path

import pytest

from dpdesk.documents import mail_mime, mail_outlook, mail_winmail
from dpdesk.documents.intake import Intaker
from dpdesk.errors import UnreadableFile

EVERY = 1 if os.environ.get("DPDESK_CORPUS_ALL") else 6
HEADS = {"raw_email_incorrect_header.eml", "example13.eml"}
"""The library takes lines of their heads for text, because a line among them is broken."""
ALPHABETS = {"content_transfer_encoding_7-bit.eml", "content_transfer_encoding_empty.eml"}
"""The library believes the alphabet that they tell, and reads nonsense: they are in another."""
_WORD = re.compile(r"[^\W_]{2,}")


class _Words(HTMLParser):
    """The words of HTML, as any reader shows them."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in {"style", "script", "title"}

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"style", "script", "title"} and self._silent > 0

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.texts.append(data)


def _bare_words(content: bytes) -> Iterator[str]:
    """Every word that the standard library finds in subject and texts."""
    whole = email.message_from_bytes(content, policy=email.policy.default)
    texts: list[str] = []
    with suppress(Exception):
        texts.append(str(whole["subject"] or ""))
    waiting = [whole]
    while waiting:
        part = waiting.pop()
        if part.get_content_type() == "message/rfc822" and part is not whole:
            continue  # a message of its own
        if part.is_multipart():
            waiting += [each for each in part.iter_parts() if isinstance(each, EmailMessage)]
        elif part.get_content_maintype() == "text" and not part.get_filename():
            with suppress(Exception):
                text = str(part.get_content())
                if part.get_content_subtype() == "html":
                    reader = _Words()
                    reader.feed(text)
                    text = "\n".join(reader.texts)
                elif part.get_content_subtype() != "plain":
                    text = ""
                texts.append(text)
    for text in texts:
        # What the library itself could not read is no word.
        yield from (word for word in _WORD.findall(text) if "\ufffd" not in word)


def _squeezed(text: str) -> str:
    return "".join(_WORD.findall(text.casefold())).replace("_", "")


@pytest.mark.corpus
def test_every_word_of_every_message_is_on_its_pages(corpus: Path, intaker: Intaker) -> None:
    files = sorted(
        path for folder in ("mail", "mail-quotes") for path in (corpus / folder).rglob("*.eml")
    )
    assert len(files) > 100
    missing: dict[str, list[str]] = {}
    for path in files[::EVERY]:
        content = path.read_bytes()
        taken = intaker.read(path.name, content)
        assert taken.kind == "message", path.name
        shown = _squeezed(" ".join(page.text() for page in taken.pages))
        lost = [word for word in _bare_words(content) if _squeezed(word) not in shown]
        if lost and path.name not in HEADS | ALPHABETS:
            missing[path.name] = lost[:8]
    assert missing == {}


@pytest.mark.corpus
@pytest.mark.parametrize("folder", ["outlook", "winmail"])
def test_every_message_of_outlook_goes_in_or_says_why(
    corpus: Path, folder: str, intaker: Intaker
) -> None:
    files = sorted(path for path in (corpus / folder).iterdir() if path.is_file())
    assert len(files) > 10
    for path in files[:: max(1, EVERY // 2)]:
        with suppress(UnreadableFile):
            taken = intaker.read(path.name, path.read_bytes())
            words = sum(len(page.words) for page in taken.pages)
            assert taken.kind == "picture" or words > 2, path.name


@pytest.mark.corpus
def test_damaged_messages_of_strangers_are_read_as_far_as_they_can_be(corpus: Path) -> None:
    dice = random.Random(7)
    kinds = [("mail", ".eml", mail_mime.read), ("outlook", ".msg", mail_outlook.read),
             ("winmail", ".tnef", mail_winmail.read)]  # fmt: skip
    for folder, end, read in kinds:
        files = sorted((corpus / folder).rglob(f"*{end}"))
        for path in files[::EVERY]:
            changed = bytearray(path.read_bytes())
            for _ in range(dice.randint(1, 40)):
                changed[dice.randrange(len(changed))] = dice.randrange(256)
            # Whatever else were raised would fail the test.
            with suppress(UnreadableFile):
                read(bytes(changed[dice.randrange(40) :]))
