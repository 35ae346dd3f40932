"""``update``: a newer version of the program, out of the file of an update."""

from __future__ import annotations

from argparse import Namespace
from functools import partial

from dpdesk import __version__
from dpdesk.cli.answers import Answer
from dpdesk.cli.opening import opened
from dpdesk.cli.watching import watching
from dpdesk.updates import installing, signed


def update(arguments: Namespace) -> Answer:
    """Says what an update holds, and installs it after a backup. Raises UpdateRefused, NoRoom."""
    offer = signed.look(arguments.file, __version__)
    content = {"version": offer.version, "news": list(offer.news), "installed": False}
    told = "\n".join([f"Version {offer.version}, made by the publisher of dpdesk.", *offer.news])
    if arguments.look:
        return Answer(content, told)
    why = installing.why_not(installing.copy())
    if why:
        raise signed.UpdateRefused(why)
    with watching() as line:
        with opened(arguments) as desk:
            desk.keeping.automatic_backup(partial(line.step, "Writing the backup"))
        installing.install(offer, step=line.step)
    done = f"Version {offer.version} is installed, and starts from now on."
    return Answer({**content, "installed": True}, f"{told}\n{done}")
