"""Updates from a file: what is believed, and what stays when it fails."""
