"""Before a workspace is open: first start, unlocking, restoring, the lost passphrase."""
