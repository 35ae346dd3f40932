"""The printing room: one kit from which every paper of the school's desk is made.

``kit.Paper`` is the door. It takes plain values, never the database and never markup, and
gives back the bytes of a PDF; nothing is written to disk here.
"""
