"""Real documents of strangers, and the same documents damaged: a result or a sentence, always."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from dpdesk.documents.intake import Intaker
from dpdesk.documents.render import PageRenderer
from dpdesk.errors import PasswordNeeded, UnreadableFile
from tests.builders import grain
from tests.documents import makers
from tests.documents.makers import font, text

REFUSED = {"libreoffice-writer-password.pdf", "unreadablemetadata.pdf", "invalid.pdf"}


def assert_sentences(faults: list[UnreadableFile]) -> None:
    for fault in faults:
        assert fault.sentence.endswith(".")
        assert fault.next_step.endswith(".")


@pytest.mark.corpus
@pytest.mark.parametrize("folder", ["pdf-samples", "scans"])
def test_every_document_gives_pages_or_a_sentence(
    corpus: Path, folder: str, intaker: Intaker, renderer: PageRenderer
) -> None:
    files = sorted(path for path in (corpus / folder).rglob("*.*") if path.is_file())
    assert len(files) > 20
    refused = set()
    faults: list[UnreadableFile] = []
    for path in files:
        try:
            taken = intaker.read(path.name, path.read_bytes())
        except UnreadableFile as fault:
            refused.add(path.name)
            faults.append(fault)
            continue
        assert len(taken.pages) > 0
        renderer.open(taken.sha256, taken.pdf)
        for index, page in list(enumerate(taken.pages))[:3]:
            bitmap = renderer.render(taken.sha256, index, width=400)
            assert bitmap.height == pytest.approx(400 * page.height / page.width, abs=1.1)
            for word in page.words:
                assert 0 <= word.box.x0 < word.box.x1 <= page.width + 0.01
                assert 0 <= word.box.y0 < word.box.y1 <= page.height + 0.01
        renderer.close(taken.sha256)
    assert refused <= REFUSED
    assert_sentences(faults)


@pytest.mark.corpus
def test_the_locked_document_opens_with_its_password(corpus: Path, intaker: Intaker) -> None:
    folder = corpus / "pdf-samples" / "005-libreoffice-writer-password"
    content = (folder / "libreoffice-writer-password.pdf").read_bytes()
    with pytest.raises(PasswordNeeded):
        intaker.read("a.pdf", content)
    assert len(intaker.read("a.pdf", content, "openpassword").pages[0].words) > 20


def _seeds() -> list[bytes]:

    letter = makers.written([text("Dear Ann"), text("Łukasz", 50, 600, face=font("NotoSans"))])
    return [
        letter,
        makers.locked(letter, ""),
        makers.encoded(grain((60, 60), 80), "TIFF", compression="tiff_lzw"),
        makers.encoded(grain((60, 60), 80), "PNG"),
        makers.encoded(grain((60, 60), 80), "JPEG"),
        makers.HEIC,
    ]


def damaged(content: bytes, dice: random.Random) -> bytes:
    """The file with bytes turned over, cut out, doubled, or its end missing."""
    changed = bytearray(content)
    for _ in range(dice.randint(1, 12)):
        at = dice.randrange(len(changed))
        match dice.randrange(4):
            case 0:
                changed[at] ^= 1 << dice.randrange(8)
            case 1:
                changed[at : at + dice.randrange(40)] = b""
            case 2:
                changed[at:at] = changed[at : at + dice.randrange(200)]
            case _:
                changed[at] = dice.randrange(256)
    if dice.random() < 0.3:
        del changed[dice.randrange(len(changed)) :]
    return bytes(changed)


@pytest.mark.parametrize("number", range(6))
def test_damaged_files_give_pages_or_a_sentence(
    number: int, intaker: Intaker, renderer: PageRenderer
) -> None:
    content = _seeds()[number]
    dice = random.Random(number)
    faults: list[UnreadableFile] = []
    for _ in range(40):
        broken = damaged(content, dice)
        try:
            taken = intaker.read("broken", broken)
            renderer.open(taken.sha256, taken.pdf)
            renderer.render(taken.sha256, 0, width=100)
        except UnreadableFile as fault:
            faults.append(fault)
    assert_sentences(faults)
