"""Compiles the program's Python files; run by the CPython that they are for.

    python3.13 compiling.py FOLDER

Only what is compiled stays, but for migrations, which are looked for as sources. It is believed
without a look at any source, and nothing is written into the program's folder when it runs. The
order and the names inside do not depend on where or when it is done.
"""

import py_compile
import sys
from pathlib import Path

SOUGHT = {"versions", "migrations"}
"""Folders in which sources are looked for by name."""
TRUSTED = py_compile.PycInvalidationMode.UNCHECKED_HASH


def compile_all(folder: Path) -> int:
    """Compiles every file; the number of them."""
    done = 0
    for source in sorted(folder.rglob("*.py")):
        name = source.relative_to(folder).as_posix()
        if name == "start.py":  # run as a script, which is never kept compiled
            continue
        sought = source.parent.name in SOUGHT
        kept = source.with_suffix(".pyc")
        if sought:
            kept = source.parent / "__pycache__" / f"{source.stem}.cpython-313.pyc"
        py_compile.compile(
            str(source), str(kept), dfile=name, doraise=True, invalidation_mode=TRUSTED
        )
        if not sought:
            source.unlink()
        done += 1
    return done


if __name__ == "__main__":
    if sys.version_info[:2] != (3, 13):
        sys.exit("This must be run by CPython 3.13.")
    print(compile_all(Path(sys.argv[1])))
