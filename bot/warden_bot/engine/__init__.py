"""The keyed work queue: what turns "something may have changed" into one run at a time."""
