"""What is encrypted: its head is shown where it has one, and a sentence says what to do."""

from __future__ import annotations

import base64

import pytest

from dpdesk.documents import mail_mime
from dpdesk.documents.kinds import recognise
from dpdesk.errors import UnreadableFile
from tests.documents.mail_makers import raw

_CODE = base64.encodebytes(bytes(range(200)))
_PGP = b"-----BEGIN PGP MESSAGE-----\r\n\r\n%s-----END PGP MESSAGE-----\r\n" % _CODE
_SEALED = b"0\x82\1\0\x06\x09*\x86H\x86\xf7\r\1\7\3\xa0" + bytes(99)


@pytest.mark.parametrize(
    "content",
    [
        raw(b"Hello\r\n" + _PGP),
        raw(
            b"--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b\r\n"
            b"Content-Type: application/octet-stream; name=a.asc\r\n\r\n" + _PGP + b"--b--\r\n",
            b"Content-Type: multipart/encrypted; boundary=b",
        ),
        raw(
            base64.encodebytes(_SEALED),
            b"Content-Type: application/octet-stream; name=smime.p7m",
            b"Content-Transfer-Encoding: base64",
        ),
    ],
)
def test_a_message_that_is_encrypted_shows_its_head_and_says_so(content: bytes) -> None:
    read = mail_mime.read(content)
    assert ("Subject", "Robin") in read.head
    assert ["encrypted" in each for each in read.warnings] == [True]
    assert len(read.inside) <= 1


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (_PGP, "(PGP)"),
        (b"\x85\1\x0c\3" + bytes(range(256)), "(PGP)"),
        (base64.encodebytes(_SEALED), "(S/MIME)"),
        (b"-----BEGIN PKCS7-----\n%s-----END PKCS7-----\n" % base64.encodebytes(_SEALED), "S/MIME"),
    ],
)
def test_a_file_that_is_encrypted_is_named(content: bytes, kind: str) -> None:
    with pytest.raises(UnreadableFile, match="encrypted") as told:
        recognise("a.p7m", content)
    assert kind in told.value.sentence
