"""The kit: what every page of dpdesk is built from. Rooms stand on it and never on each other.

Three folders, each of which knows only those before it: ``look`` is how everything appears,
``pieces`` are the small parts of any page, ``register`` is what shows the registers.

How to use it
-------------
Look: ``appearance().choose("system")`` once at the start. After that no widget names a colour:
``set_role(label, "muted")``, ``set_tone(frame, "warn")``; roles stand in ``style_sheet.py``.
Distances are ``TINY SMALL MEDIUM LARGE HUGE`` (4 8 12 16 24) of ``look.theme``.

Making things: ``cards.words(text, role)``, ``cards.help_words``, ``cards.row(a, None, b)``,
``cards.Card(title)``, ``cards.Page``, ``cards.PageHeader``, ``buttons.button(words, icon,
role="primary", does=…)``, ``buttons.icon_button(name, icon)``, ``icons.icon("mdi6.plus")``,
``badges.BadgeLabel(due_badge(due, now))``, ``banner.Banner``, ``empty_state.EmptyState``.

Surroundings: the window makes one :class:`ui.kit.pieces.surroundings.Surroundings` (navigator,
messages, prompter, tasks, bus, preferences, drafts, now) and gives it to every page. Pages go
elsewhere only through ``around.navigator`` and say what they changed through
``around.bus.publish``.

A register: ``RegisterPage(service, around)`` is its list and ``EntryPage(service, around,
parts=…, panels=…)`` the page of one entry. Both read the register's own description; a room adds
buttons, badges, panels and banners of its own. The list asks the navigator to open and to begin
entries; its signals ``opened`` and ``new_asked`` only tell of it, so nobody opens a second time.
The window asks ``page.can_leave()`` before it shows anything else in place of an entry.
``Form(register, …)`` alone makes a form of any register or of some of its sections.

Long work: ``around.tasks.run(work, title=…, on_success=…)``; ``work(progress)`` runs on another
thread and calls ``progress.step(text, done, total)``.

Starting quickly: ``look`` and what the first window needs of ``pieces`` import nothing of
``dpdesk.registers`` while they are loaded; a test holds them to it.
"""

from __future__ import annotations

from dpdesk.walls.lasting import keep_constants
from ui.kit.look.whole_faults import keep_faults_whole

keep_constants()
keep_faults_whole()
