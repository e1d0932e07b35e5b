"""GitHub's JSON into our vocabulary, node by node. What cannot be known becomes "nobody"."""
