"""The record that proves itself: a Merkle tree over decisions, signed checkpoints, verification.

Pure: bytes in, bytes out. Who stores the entries and the key is decided elsewhere.
"""
