"""The first thing that runs in an installed dpdesk; ``starter.c`` names it to Python."""

import sys

# Workers start as Python, not as dpdesk: the starter would open another window.
sys.executable = sys._base_executable = f"{sys.prefix}\\pythonw.exe"  # type: ignore[attr-defined]  # noqa: SLF001

from main import main  # noqa: E402 -- after the lines above

sys.exit(main(sys.argv[1:]))
