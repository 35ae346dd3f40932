"""The one window: pages before unlocking, the open desk, and the lock over it."""
