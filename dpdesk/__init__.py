"""Dpdesk: the data protection desk of a small independent school.

The rooms and the floors they stand on are drawn in ``CONTRIBUTING.md``; nothing in this
package knows about windows, and nothing in it opens a network connection.
"""

__version__ = "0.2.0"
