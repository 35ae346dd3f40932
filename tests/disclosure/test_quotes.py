"""A quote is folded whatever program wrote it: as Outlook, Gmail and telephones do."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from tests.builders import a_request
from tests.disclosure.mails import ANN, BOB

FIRST = """<html><body><p>Dear Bob,</p>
<p>Robin didn’t come to the outing on Friday, and nobody at home knew where he was. Please look at
<b>both</b> lists before we meet his mother:</p>
<ul><li>the helpers who signed in at the gate</li><li>the children on each bus</li></ul>
<p>They lie on <a href="https://www.school.example/trip">www.school.example/trip</a>, or ask
<a href="mailto:office@school.example">office@school.example</a> for a copy on paper.</p>
<p>Kind regards,<br>Ann</p></body></html>"""
LINES = (
    "Dear Bob,", "",
    "Robin didn't come to the outing on Friday, and nobody at home knew where he was.",
    "Please look at both lists before we meet his mother:", "",
    "* the helpers who signed in at the gate", "* the children on each bus", "",
    "They lie on www.school.example/trip, or ask office@school.example for a copy on paper.", "",
    "Kind regards,", "Ann",
)  # fmt: skip
ANSWER = "I rang his aunt and will tell you more tomorrow."
OUTLOOK_HEAD = (
    "From: Ann Sample <ann@school.example>\nSent: 02 November 2026 09:00\n"
    "To: Bob Test <bob@school.example>\nSubject: Outing\n"
)


def _linked(line: str) -> str:
    return line.replace("/trip", "/trip<https://www.school.example/trip>").replace(
        "office@school.example", "office@school.example<mailto:office@school.example>"
    )


def _narrow(line: str) -> list[str]:
    """Lines as Gmail breaks them when it quotes in plain text."""
    words, lines = line.split(), [""]
    for word in words:
        if len(lines[-1]) + len(word) > 60:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


PLAIN = {
    "outlook": f"{ANSWER}\n\n{OUTLOOK_HEAD}\n" + "\n".join(map(_linked, LINES)),
    "gmail": f"{ANSWER}\n\nOn Mon, 2 Nov 2026 at 09:00, Ann Sample <ann@school.example> wrote:\n\n"
    + "\n".join(f"> {part}" for line in LINES for part in _narrow(line.replace("both", "*both*"))),
    "telephone": f"{ANSWER}\n\nSent from my iPhone\n\n> On 2 Nov 2026, at 09:00, Ann Sample "
    "<ann@school.example> wrote:\n> \n" + "\n".join(f"> \ufeff{line}" for line in LINES),
}
HTML = {
    "outlook": f"<html><body><p>{ANSWER}</p><div style='border-top:solid #E1E1E1 1.0pt'>"
    f"<p>{OUTLOOK_HEAD.replace('<', '&lt;').replace(chr(10), '<br>')}</p></div>{FIRST[12:]}",
    "gmail": f"<div dir='ltr'>{ANSWER}</div><div class='gmail_quote'><div class='gmail_attr'>On "
    "Mon, 2 Nov 2026 at 09:00, Ann Sample wrote:<br></div><blockquote class='gmail_quote' "
    f"style='border-left:1px solid'>{FIRST[12:-14]}</blockquote></div>",
    "telephone": f"<html><body>{ANSWER}<br><br>Sent from Outlook for Android<hr>"
    f"<blockquote type='cite'>{FIRST[12:-14]}</blockquote></body></html>",
}


def _mail(number: str, hour: int, *, text: str = "", markup: str = "") -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = (ANN, BOB, "Outing") if hour == 9 else (
        BOB, ANN, "Re: Outing",
    )  # fmt: skip
    made["Date"] = f"Mon, 02 Nov 2026 {hour:02}:00:00 +0000"
    made["Message-ID"] = f"<{number}>"
    if markup:
        made.set_content(markup, subtype="html")
    else:
        made.set_content(text)
    return bytes(made)


@pytest.mark.parametrize("program", PLAIN)
@pytest.mark.parametrize("style", ["plain", "html"])
def test_all_that_is_quoted_is_seen_on_the_page_before(desk, program, style):
    entry = a_request(desk)
    first = desk.documents.add("requests", entry.id, "1.eml", _mail("a@x", 9, markup=FIRST))
    answer = _mail("b@x", 10, text=PLAIN[program] if style == "plain" else "",
                   markup=HTML[program] if style == "html" else "")  # fmt: skip
    second = desk.documents.add("requests", entry.id, "2.eml", answer)
    looked = desk.disclosure.sorting.look(entry.id)
    words = [word.text for word in desk.documents.page(second.id, 0).words]
    folded = {
        place
        for run in looked.seen.get((second.id, 0), ())
        for place in range(run.first, run.last + 1)
    }
    begin = words.index("Dear")
    end = len(words) - words[::-1].index("Ann")
    left = [words[place] for place in range(begin, end) if place not in folded]
    assert [word for word in left if any(map(str.isalnum, word))] == []
    assert not folded & set(range(words.index("Outing", 1), begin - 12))
    # All of the first is in the second, so that leaving it out is proposed.
    assert looked.by_id[first.id].proposed
