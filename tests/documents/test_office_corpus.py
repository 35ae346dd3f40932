"""Office files of strangers: a result or a sentence, always, and no word that is missing.

A few of each folder every day; all of them where ``DPDESK_WHOLE_CORPUS`` is set.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from dpdesk.documents.intake import Intaker
from dpdesk.errors import UnreadableFile
from tests.documents import bare_words

WHOLE = bool(os.environ.get("DPDESK_WHOLE_CORPUS"))
FOLDERS = {"word": 8, "word-old": 4, "excel": 6, "opendocument": 5, "powerpoint": 2, "rtf": 8}
"""Every how manieth file is read every day."""
REFUSED = {
    "clusterfuzz-testcase-minimized-POIXSSFFuzzer-5089447305609216.xlsx": "damaged",
    "51832.xls": "password",
}
SCHEMES = {"http", "https", "mailto"}
"""What an address begins with is left out where the words of a link say the rest."""


@pytest.mark.corpus
@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_goes_in_whole_or_gets_a_sentence(
    corpus: Path, folder: str, intaker: Intaker
) -> None:
    files = sorted(path for path in (corpus / folder).rglob("*.*") if path.suffix != ".md")
    assert len(files) >= 6
    missing: dict[str, list[str]] = {}
    refused: dict[str, str] = {}
    for path in files if WHOLE else files[:: FOLDERS[folder]]:
        try:
            taken = intaker.read(path.name, path.read_bytes())
        except UnreadableFile as fault:
            refused[path.name] = f"{fault.sentence} {fault.next_step}"
            continue
        shown = re.sub(r"\W+", "", " ".join(page.text() for page in taken.pages))
        wanted = [word for word in bare_words.words(path) if len(word) > 2 and word not in SCHEMES]
        if gone := [word for word in wanted if word not in shown]:
            missing[path.name] = gone
    assert missing == {}
    for name, sentence in refused.items():
        assert REFUSED.get(name, "not expected") in sentence
