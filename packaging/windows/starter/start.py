"""The first thing that runs in an installed dpdesk; ``starter.c`` names it to Python."""

import os
import sys

# Workers start as Python, not as dpdesk: the starter would open another window.
sys.executable = f"{sys.prefix}\\pythonw.exe"
sys._base_executable = sys.executable  # type: ignore[attr-defined]  # noqa: SLF001 -- asked first

from main import main  # noqa: E402 -- after the lines above

try:
    code: str | int | None = main(sys.argv[1:])
except SystemExit as said:
    code = said.code
os.environ["DPDESK_TOLD"] = "1"  # whatever went wrong was said; the starter asks
sys.exit(code)
