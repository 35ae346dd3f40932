"""The windows of dpdesk. Every room stands on ``ui.kit`` and none on another."""
