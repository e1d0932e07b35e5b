"""Text that stands in a source in an encoded form, decoded before it is scanned.

One file per encoding. Each is given the places that a prefilter names for its `patterns`, and
yields a `Piece` for each stretch that it can decode: text, and the way back to the stretch.
`decode` asks all of them, within a `Budget`; `deep` scans the pieces as it scans the source.
Every commit may need them, so none but `notebook`, `places` and `deep` imports anything heavy.
"""
