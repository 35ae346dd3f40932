"""People in those lines of a message's head that no e-mail program shows; inside workers only.

A message was delivered to somebody who is not among its recipients, or a program wrote the name
of a pupil into a line of its own. Most of these lines are the business of computers; told is only
who is named there and nowhere else in the head.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from dpdesk.documents.besides import names_somebody

_ADDRESS: Final = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,80}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_RECEIVED: Final = re.compile(rf"\b(?:for|from)[ =]{{1,3}}<?({_ADDRESS.pattern})")
"""For whom a message was taken, and from whom; the numbers that computers give it are neither."""
_NUMBERS: Final = re.compile(
    r"(?:message-?id|content-id|references|in-reply-to|thread-index|feedback-id|-guid|-uuid|"
    r"entity-id|unsubscribe|list-help|list-subscribe|list-owner|list-archive|report-abuse|"
    r"bimi|-token|domainkey|correlator)",
    re.IGNORECASE,
)
"""Lines with numbers that look like addresses, and the addresses of programs."""
_PEOPLE: Final = re.compile(
    r"(?:delivered-to|original-to|envelope-to|envelope-from|apparently-to|resent-.{0,20}|x-sender|"
    r"authenticated-.{0,20}|organi[sz]ation|thread-topic|x-original-from|return-receipt-to|"
    r"disposition-notification-to|reply-to|followup-to|approved|errors-to|x-rcpt-to|x-to|x-cc|"
    r"x-bcc|content-description|name$)",
    re.IGNORECASE,
)
"""Lines that say who or what, in whatever way."""
_OF_PROGRAMS: Final = re.compile(
    r"(?:received|return-path|dkim-|arc-|authentication-results|mime-version|content-|user-agent|"
    r"x-mailer|x-mimeole|x-ms-|x-microsoft|x-forefront|x-exchange|x-spam|x-virus|x-google|x-gm-|"
    r"x-proofpoint|x-mimecast|x-barracuda|x-ironport|x-sophos|x-ses-|x-sg-|x-mailgun|x-php|"
    r"x-priority|x-msmail|x-scanned|x-apple|x-antiabuse|x-source|x-authority|x-mailman|list-|"
    r"x-mozilla|x-evolution|x-uid|x-status|x-received|x-face|face|autocrypt|date|x-originalarrival)",
    re.IGNORECASE,
)
"""Lines in which programs write to programs: of these only addresses are told."""
_WORD: Final = re.compile(r"\w+")
_MOST: Final = 60
_LONGEST: Final = 300
Lines = Iterable[tuple[str, str]]
"""Lines of a head: their names in small letters, and what they say."""


def people(lines: Lines, shown: Iterable[str], kept: Lines = ()) -> str:
    """Who is named in lines that are not shown, in one line; ``shown`` are the words of others.

    What is ``kept`` is told whole, whoever it names.
    """
    known = " ".join(shown).casefold()
    found: dict[str, str] = {}
    told_of = ((name, told) for name, text in lines for told in _told(name, text))
    for name, told in (*kept, *told_of):
        plain = told.casefold()
        if plain not in known and plain not in found and len(found) < _MOST:
            found[plain] = f"{name}: {told[:_LONGEST]}"
    return "; ".join(found.values())


def _told(name: str, text: str) -> Iterator[str]:
    if _NUMBERS.search(name):
        return
    if name == "received":
        yield from (found[1] for found in _RECEIVED.finditer(text))
        return
    if (text and _PEOPLE.match(name)) or (not _OF_PROGRAMS.match(name) and names_somebody(text)):
        yield text if _says_more(text) else next(_addresses(text), "")
    else:
        yield from _addresses(text)


def _says_more(text: str) -> bool:
    """Whether more than one address stands there."""
    return bool(_WORD.search(_ADDRESS.sub(" ", text))) or text.count("@") > 1


def _addresses(text: str) -> Iterator[str]:
    for match in _ADDRESS.finditer(text):
        # Where a message comes back to, its recipient is written as sam=able.example.
        local, _, _host = match[0].rpartition("@")
        start, sign, end = local.rpartition("=")
        if sign and "." in end:
            yield f"{re.split(r'[-+=]', start)[-1]}@{end}"
        elif sign:
            yield f"{end}@{_host}"
        else:
            yield match[0]
