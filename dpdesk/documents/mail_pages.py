"""A message onto pages: its head, its texts, its pictures; used inside workers only."""

from __future__ import annotations

from html import escape
from typing import Final

from dpdesk.documents import hidden, laid_out, markup, web_rest
from dpdesk.documents.hidden import Hidden
from dpdesk.documents.mail_message import MailText, Message, attachment_names
from dpdesk.documents.normal import Normal
from dpdesk.walls.workers import Limits

_EMPTY: Final = "This message has no text."


def mime(content: bytes, _password: str | None, limits: Limits) -> Normal:
    """A message as it is sent (``.eml``)."""
    from dpdesk.documents import mail_mime

    return to_normal(mail_mime.read(content), limits)


def outlook(content: bytes, _password: str | None, limits: Limits) -> Normal:
    """A message as Outlook saves it (``.msg``)."""
    from dpdesk.documents import mail_outlook

    return to_normal(mail_outlook.read(content), limits)


def winmail(content: bytes, _password: str | None, limits: Limits) -> Normal:
    """What Outlook packs into ``winmail.dat``."""
    from dpdesk.documents import mail_winmail

    return to_normal(mail_winmail.read(content), limits)


def to_normal(message: Message, limits: Limits) -> Normal:
    """The pages of a message, the files in it, and what it says of itself."""
    names = attachment_names(message.inside)
    head = [*message.head, *([("Attached", names)] if names else [])]
    rows = "".join(
        f'<tr><td width="16%"><b>{label}:</b></td><td>{escape(text)}</td></tr>'
        for label, text in head
    )
    body = "".join(map(_section, message.sections))
    if not body:
        body = f'<p class="note">{_EMPTY}</p>'
    if message.addresses:
        told = "; ".join(message.addresses)
        body += f'<p class="small">Addresses behind the links: {escape(told)}</p>'
    notes = "".join(f'<p class="note">{escape(note)}</p>' for note in message.notes)
    laid = f"<table>{rows}</table><hr>{body}{notes}"
    found, small = _unseen(message, laid)
    laid += small + hidden.pages(found)
    made, warnings = laid_out.to_pdf(laid, message.pictures, limits)
    sentences = [*message.warnings, *hidden.sentence(found), *warnings]
    return Normal(made, sentences, inside=message.inside, said=message.said)


def _unseen(message: Message, shown: str) -> tuple[list[Hidden], str]:
    """Remarks, tips and labels in its HTML: what is counted, and the rest in small letters."""
    texts = [section.text for section in message.sections if section.style == "html"]
    clean = markup.cleared(shown)
    found = web_rest.comments("".join(texts), clean)
    more, small = web_rest.gathered(texts).told([clean, *(each.html for each in found)])
    return [*found, *more], small


def _section(section: MailText) -> str:
    heading = f'<p class="note">{escape(section.heading)}</p>' if section.heading else ""
    if section.style == "html":
        # What the sender did not close must not reach into what follows.
        return f"{heading}<div>{markup.cleared(section.text)}</div>"
    return f"{heading}<pre>{escape(section.text.expandtabs(8))}</pre>"
