"""Living with findings: which ones are allowed, by whom, why, and until when."""
