"""What to search for: the names, initials, addresses and numbers of a data subject.

Pure suggestions. What was really searched for is noted with each place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from dpdesk.papers.letter_files import mail_address

_PARTED: Final = re.compile(r"[;,\n/]|\bor\b|\band\b")
_FORMER: Final = re.compile(r"^\W*(formerly|previously|born|née|nee|was)\b\W*", re.IGNORECASE)
_CALLED: Final = re.compile(r"^\W*(also )?(known as|called|nickname|aka)\b\W*", re.IGNORECASE)
_TITLE: Final = re.compile(r"^(mr|mrs|miss|ms|mx|dr|prof|rev|sir)\.?\s+", re.IGNORECASE)
_JOINED: Final = "; "
_LEAST: Final = 2


def suggested_terms(
    subject: str,
    other_names: str = "",
    on_record: Iterable[str] = (),
    contacts: Iterable[str] = (),
    numbers: Iterable[str] = (),
) -> tuple[str, ...]:
    """What to search for, each once, the surest first.

    ``on_record``: every name of the register of people. ``contacts``: words that may hold e-mail
    addresses. ``numbers``: an admission number, say.
    """
    names = list(dict.fromkeys(_bare(name) for name in (subject, *on_record)))
    given, surname = _ends(names[0] if names else "")
    for name in _typed(other_names, given, surname):
        if name not in names:
            names.append(name)
    found: dict[str, str] = {}
    for term in (*_forms(names), *_initials(names), *_mails(contacts), *map(str.strip, numbers)):
        if len(term) >= _LEAST:
            found.setdefault(term.casefold(), term)
    return tuple(found.values())


def as_noted(terms: Iterable[str]) -> str:
    """Terms as they are noted with a place."""
    return _JOINED.join(terms)


def _bare(name: str) -> str:
    return _TITLE.sub("", " ".join(name.split()))


def _ends(name: str) -> tuple[str, str]:
    words = name.split()
    return (words[0], words[-1]) if len(words) >= _LEAST else (name, "")


def _typed(text: str, given: str, surname: str) -> Iterator[str]:
    """Other names as somebody typed them, made whole: "formerly Ward" is Tom Ward."""
    for part in _PARTED.split(text):
        name = _bare(_CALLED.sub("", _FORMER.sub("", part.strip())))
        if not name:
            continue
        if " " in name or not surname:
            yield name
        elif _FORMER.match(part.strip()):
            yield f"{given} {name}"
        elif _CALLED.match(part.strip()):
            yield f"{name} {surname}"
        else:
            yield name


def _forms(names: Iterable[str]) -> Iterator[str]:
    """A name as it is written in letters, and as it stands in lists."""
    for name in names:
        yield name
        given, surname = _ends(name)
        if surname:
            yield f"{surname}, {given}"


def _initials(names: Iterable[str]) -> Iterator[str]:
    """E.W. and EW: how people are called in e-mails and minutes."""
    for name in names:
        letters = [word[0].upper() for word in re.split(r"[\s\-]+", name) if word[:1].isalpha()]
        if len(letters) >= _LEAST:
            yield "".join(f"{letter}." for letter in letters)
            yield "".join(letters)


def _mails(contacts: Iterable[str]) -> Iterator[str]:
    for words in contacts:
        yield from filter(None, map(mail_address, words.split()))
