"""The words of policy-bot's language."""
