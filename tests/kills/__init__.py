"""The program is killed at random moments, again and again, and nothing that was saved is lost.

``python3 packaging/dev.py kills`` does it a thousand times; a test does it once for each kind of
work. Everything goes through the doors that the window and the commands use.
"""
