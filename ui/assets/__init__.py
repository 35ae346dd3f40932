"""The assets tab: the register, the systems, and the sign-off with the owners."""

from ui.assets.room import AssetsRoom
from ui.assets.sign_off import AssetSignOffPage
from ui.assets.systems import SystemsRoom

__all__ = ["AssetSignOffPage", "AssetsRoom", "SystemsRoom"]
