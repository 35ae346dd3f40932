"""The assets tab: the register, the systems, and the sign-off with the owners."""

from ui.assets.room import AssetsRoom
from ui.assets.sign_off import SignOffPage
from ui.assets.systems import SystemsRoom

__all__ = ["AssetsRoom", "SignOffPage", "SystemsRoom"]
