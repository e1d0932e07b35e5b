"""The secret engine: what finds candidates, what judges them, what merges them."""
