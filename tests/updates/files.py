"""Files of updates, made with keys that live as long as a test."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from dpdesk.updates import signed

INSTALLER = b"MZ an installer" * 2000
NEWS = ("Scans are read.", "Łukasz’s letters no longer lose their first line.")


@dataclass(frozen=True)
class Publisher:
    """A pair of keys."""

    private: bytes
    public: bytes

    def publish(self, folder: Path, version: str = "0.3.0", content: bytes = INSTALLER) -> Path:
        """An update of this publisher."""
        installer, target = folder / "setup.exe", folder / f"{version}.dpupdate"
        installer.write_bytes(content)
        signed.sign(self.private, target, version=version, news=NEWS, installer=installer)
        return target


def a_publisher() -> Publisher:
    """Somebody who may publish, or somebody who would like to."""
    made = Ed25519PrivateKey.generate()
    return Publisher(made.private_bytes_raw(), made.public_key().public_bytes_raw())
