"""Walls around what comes from outside: processes with limits that gave up their rights.

``workers`` starts such a process and talks to it; everything else here runs inside one, but for
``shut``, which closes the program itself to onlookers.
"""
