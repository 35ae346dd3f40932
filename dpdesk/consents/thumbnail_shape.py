"""How a small picture is kept: its measures, then its pixels."""

from __future__ import annotations

import struct
from typing import Final

HEAD: Final = struct.Struct(">HH")
"""Width and height, before three bytes for each pixel."""
