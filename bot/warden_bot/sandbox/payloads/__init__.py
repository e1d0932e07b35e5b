"""Bodies of REST replies and of webhooks, valid against GitHub's own description."""
