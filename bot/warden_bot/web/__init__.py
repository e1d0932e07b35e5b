"""Flask: the webhook, the health checks and the pages."""
