"""The first thing that runs in a dpdesk that a package installed."""

import sys
from pathlib import Path

top = Path(__file__).resolve().parent
# The program's own libraries come first, in the versions that it was tested with.
sys.path[:0] = [str(top / "lib"), str(top)]

from main import main  # noqa: E402 -- after the line above

sys.exit(main(sys.argv[1:]))
