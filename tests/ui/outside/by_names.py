"""Uses dpdesk as a screen reader does: from another process, over AT-SPI, by names only.

    /usr/bin/python3 by_names.py PASSPHRASE

Run by the system's Python, which has the means to listen; the project's own has them not. It knows
no widget and no place on the screen. Each step that is done is told; a name that is not found ends
it.
"""

import datetime as dt
import sys
import time
import warnings

import gi  # type: ignore[import-not-found]  # of the system, not of the project

warnings.simplefilter("ignore")
gi.require_version("Atspi", "2.0")

from gi.repository import (  # type: ignore[import-not-found]  # noqa: E402  # once told which
    Atspi,
    GLib,
)

DAY = dt.date.today() - dt.timedelta(days=1)  # noqa: DTZ011 — as the program has it, on this computer
"""Yesterday: a minute past midnight today may still lie ahead when it is typed."""
PATIENCE = 90.0
"""Seconds for anything to appear on a busy machine."""


def waited(what, look):
    """What a look finds, when it does. Ends the program where it never does."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            found = look()
        except GLib.Error:  # a page went while it was read
            found = None
        if found:
            return found
        GLib.MainContext.default().iteration(may_block=True)  # until something on the bus happens
    sys.exit(f"not found: {what}")


def program():
    """The only program on this bus."""
    top = Atspi.get_desktop(0)
    return next((one for one in children(top) if one.get_child_count()), None)


def children(one):
    """Those directly below."""
    made = (one.get_child_at_index(place) for place in range(one.get_child_count()))
    return [child for child in made if child is not None]


def shown(one):
    """All that is shown, as it is read."""
    for child in children(one):
        if child.get_state_set().contains(Atspi.StateType.SHOWING):
            yield child
            yield from shown(child)


def named(role, name):
    """The one of a kind whose name begins so."""
    return waited(
        f"{role} “{name}”",
        lambda: next(
            (
                one
                for one in shown(program())
                if one.get_role_name() == role and one.get_name().startswith(name)
            ),
            None,
        ),
    )


def act(role, name):
    """Does the first thing that can be done with it, and that is not to go there."""
    one = named(role, name)
    can = [one.get_action_name(place) for place in range(one.get_n_actions())]
    one.do_action(next(place for place, what in enumerate(can) if what != "Set Focus"))
    sys.stdout.write(f"{role}: {name}" + "\n")


def write(name, words, role="text"):
    """Writes an answer."""
    named(role, name).set_text_contents(words)
    sys.stdout.write(f"written: {name}" + "\n")


def said(words):
    """Waits until something on the screen is called so."""
    waited(words, lambda: any(words in one.get_name() for one in shown(program())))
    sys.stdout.write(f"said: {words}" + "\n")


def main(passphrase):
    """A breach is logged, and a request logged and answered."""
    Atspi.init()
    Atspi.set_timeout(30_000, 60_000)
    listener = Atspi.EventListener.new(lambda _event: None)
    for event in ("object:state-changed:showing", "object:children-changed"):
        listener.register(event)
    GLib.timeout_add(500, lambda: True)  # what is on no bus yet announces nothing
    waited("a window", program)
    day = f"{DAY.day} {DAY:%B %Y}"
    write("Passphrase", passphrase, "password text")
    act("push button", "Unlock")

    act("push button", "Report a breach")
    write("What happened, in a few words?", "An e-mail to the wrong parents")
    write("When did the school become aware?", f"{day} 00:01")
    act("radio button", "Is it still going on?: No")
    act("push button", "Save")
    said("BR-2026-001")

    act("page tab", "Home")
    act("push button", "Log a request")
    write("Whose data is it?", "Testa Example")
    write("Received on", day)
    act("push button", "Save")
    said("SAR-2026-001")
    act("radio button", "Everything, all stages")
    write("Outcome", "Withdrawn by the requester")
    write("Closed on", day)
    act("push button", "Save")
    said("Closed, done")


if __name__ == "__main__":
    main(sys.argv[1])
