"""What a file of an update must be, to be believed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from dpdesk.errors import DpdeskError, NoRoom
from dpdesk.updates import signed
from dpdesk.updates.signed import UpdateRefused
from tests.updates.files import INSTALLER, NEWS, Publisher, a_publisher


@pytest.fixture(scope="module")
def publisher() -> Publisher:
    return a_publisher()


def test_an_update_tells_what_it_is_and_gives_its_installer(tmp_path: Path, publisher: Publisher):
    offer = signed.look(publisher.publish(tmp_path), "0.2.0", [publisher.public])

    assert (offer.version, offer.news) == ("0.3.0", NEWS)
    seen: list[tuple[int, int]] = []
    setup = signed.unpack(
        offer, tmp_path / "updates", lambda done, whole: seen.append((done, whole))
    )
    assert setup.read_bytes() == INSTALLER
    assert seen[-1] == (len(INSTALLER), len(INSTALLER))


def test_the_second_of_two_publishers_is_believed_too(tmp_path: Path, publisher: Publisher):
    keys = [a_publisher().public, publisher.public]

    assert signed.look(publisher.publish(tmp_path), "0.2.0", keys).version == "0.3.0"


@pytest.mark.parametrize(
    ("present", "words"), [("0.3.1", "older"), ("0.10.0", "older"), ("0.3.0", "already")]
)
def test_going_back_is_refused(tmp_path: Path, publisher: Publisher, present: str, words: str):
    path = publisher.publish(tmp_path)

    with pytest.raises(UpdateRefused, match=words):
        signed.look(path, present, [publisher.public])


def test_what_somebody_else_signed_is_refused(tmp_path: Path, publisher: Publisher):
    path = a_publisher().publish(tmp_path)

    with pytest.raises(UpdateRefused, match="not made by the publisher"):
        signed.look(path, "0.2.0", [publisher.public])


def test_without_a_known_publisher_nothing_is_believed(tmp_path: Path, publisher: Publisher):
    path = publisher.publish(tmp_path)

    with pytest.raises(UpdateRefused, match="knows no publisher"):
        signed.look(path, "0.2.0", [])


def test_every_changed_byte_of_head_and_description_is_refused(
    tmp_path: Path, publisher: Publisher
):
    whole = publisher.publish(tmp_path).read_bytes()
    changed = tmp_path / "changed.dpupdate"
    for place in range(0, whole.index(INSTALLER), 7):
        changed.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(UpdateRefused):
            signed.look(changed, "0.2.0", [publisher.public])


@pytest.mark.parametrize("change", ["a byte", "too short", "too long"])
def test_another_installer_under_the_same_signature_is_refused_and_leaves_nothing(
    tmp_path: Path, publisher: Publisher, change: str
):
    path = publisher.publish(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(
        {
            "a byte": whole[:-1] + bytes([whole[-1] ^ 1]),
            "too short": whole[:-9],
            "too long": whole + b"more",
        }[change]
    )
    offer = signed.look(path, "0.2.0", [publisher.public])

    with pytest.raises(UpdateRefused, match="damaged"):
        signed.unpack(offer, tmp_path / "updates")
    assert not list((tmp_path / "updates").iterdir())


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"dpdesk update 2\n", b"dpdesk update 1\nzz\n9\n", b"\0" * 5000]
)
def test_any_other_file_is_refused_with_a_sentence(
    tmp_path: Path, publisher: Publisher, content: bytes
):
    path = tmp_path / "holiday.jpg"
    path.write_bytes(content)

    with pytest.raises(UpdateRefused):
        signed.look(path, "0.2.0", [publisher.public])


@pytest.mark.parametrize(
    "told",
    [
        {},
        [],
        {"version": "0.3", "system": "windows", "size": 1, "sha256": "", "news": []},
        {"version": "9.9.9", "system": "macos", "size": 1, "sha256": "", "news": []},
        {"version": "9.9.9", "system": "windows", "size": -1, "sha256": "", "news": []},
        {"version": "9.9.9", "system": "windows", "size": "x", "sha256": "", "news": 7},
    ],
)
def test_a_publisher_who_errs_does_no_harm(tmp_path: Path, publisher: Publisher, told: object):
    words = json.dumps(told).encode()
    key = Ed25519PrivateKey.from_private_bytes(publisher.private)
    line = key.sign(signed.HEAD + words).hex().encode()
    path = tmp_path / "odd.dpupdate"
    path.write_bytes(signed.HEAD + line + b"\n" + str(len(words)).encode() + b"\n" + words)

    with pytest.raises(UpdateRefused):
        signed.look(path, "0.2.0", [publisher.public])


def test_a_file_that_is_not_there_is_told_so(tmp_path: Path, publisher: Publisher):
    with pytest.raises(NoRoom):
        signed.look(tmp_path / "gone.dpupdate", "0.2.0", [publisher.public])


def test_the_keys_that_come_with_the_program_are_keys():
    assert all(len(key) == 32 for key in signed.publishers())
    assert issubclass(UpdateRefused, DpdeskError)


ENDLESS = b'{"version": "0.3.0", "news": [], "sha256": "", "system": "windows", "size": 1e999}'


@pytest.mark.parametrize(
    "told",
    [b"{", b"[]", b'{"a": "\xff"}', b"[" * 60_000, ENDLESS, b'{"size": ' + b"9" * 5000],
    ids=["cut", "list", "letters", "deep", "endless", "digits"],
)
def test_a_description_that_its_publisher_botched_is_called_damaged(tmp_path: Path, told: bytes):
    publisher = a_publisher()
    key = Ed25519PrivateKey.from_private_bytes(publisher.private)
    signature = key.sign(signed.HEAD + told).hex().encode()
    file = tmp_path / "botched.dpupdate"
    file.write_bytes(signed.HEAD + signature + b"\n%d\n" % len(told) + told + b"MZ")

    with pytest.raises(UpdateRefused, match="damaged"):
        signed.look(file, "0.2.0", [publisher.public])
