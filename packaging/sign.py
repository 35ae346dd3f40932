"""``dev.py sign``: makes the file of an update out of an installer, signed by its publisher.

    dev.py sign --new-key FILE                    makes a pair of keys
    dev.py sign --key FILE INSTALLER --version 0.3.0 --news "What is new, in plain words"

The private key lies outside the project, on a disk that is locked away; whoever has it can make
every school's dpdesk install anything. Its public key goes into
``resources/updates/publisher.txt``.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from machine import TOP

from dpdesk.errors import DpdeskError
from dpdesk.updates import signed

_LONGEST = 24
"""More letters than a version has."""


def main(arguments: list[str]) -> int:
    """Makes a pair of keys, or the file of an update."""
    parser = argparse.ArgumentParser(prog="packaging/dev.py sign", allow_abbrev=False)
    parser.add_argument("installer", nargs="?", type=Path, help="what was made by dev.py windows")
    parser.add_argument("--new-key", type=Path, metavar="FILE", help="make a pair of keys")
    parser.add_argument("--key", type=Path, metavar="FILE", help="the publisher's private key")
    parser.add_argument("--version")
    parser.add_argument("--news", action="append", default=[], metavar="SENTENCE")
    parser.add_argument("--to", type=Path, metavar="FILE")
    asked = parser.parse_args(arguments)
    if asked.new_key:
        return new_key(asked.new_key)
    if not (asked.installer and asked.key and asked.version and asked.news):
        parser.error("an installer, --key, --version and at least one --news are needed")
    inside = version_of(asked.installer)
    if inside != asked.version:
        print(
            f"The installer is of version {inside or 'none'}; nothing was signed.", file=sys.stderr
        )
        return 1
    key = bytes.fromhex(asked.key.read_text(encoding="ascii").strip())
    target = asked.to or asked.installer.with_name(f"dpdesk-{asked.version}{signed.ENDING}")
    signed.sign(key, target, version=asked.version, news=asked.news, installer=asked.installer)
    public = Ed25519PrivateKey.from_private_bytes(key).public_key().public_bytes_raw()
    try:
        signed.look(target, "0.0.0", [public])
    except DpdeskError as error:
        target.unlink()
        print(error, file=sys.stderr)
        return 1
    if public not in signed.publishers():
        print("Mind: this key is not in resources/updates/publisher.txt; no dpdesk will take it.")
    print(target)
    return 0


def version_of(installer: Path) -> str:
    """The version of an installer as Windows shows it; empty where it says none."""
    name, content = "ProductVersion".encode("utf-16-le"), installer.read_bytes()
    _, found, rest = content.partition(name)
    told = rest[: 2 * _LONGEST].decode("utf-16-le", "replace").lstrip("\0") if found else ""
    return told.partition("\0")[0]


def new_key(place: Path) -> int:
    """Writes a private key that only its owner may read, and says the public one."""
    if place.resolve().is_relative_to(TOP):
        print("A private key must not lie in the project.", file=sys.stderr)
        return 1
    made = Ed25519PrivateKey.generate()
    number = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(number, "w", encoding="ascii") as file:
        file.write(made.private_bytes_raw().hex() + "\n")
    print("Add this line to resources/updates/publisher.txt:")
    print(made.public_key().public_bytes_raw().hex())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
