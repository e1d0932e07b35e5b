"""What the forms are called. Their regexes are in `forms`, which costs an import."""

QUOTED, SPACED, BARE, FLAG = "quoted", "spaced", "bare", "flag"
"""`name = "value"`, `name "value"`, `name: value`, `--name value`."""
ELEMENT, PAIR, CALL = "element", "pair", "call"
"""`<name>value</name>`, `name: name` and then `value: value`, `login("user", "value")`."""
WAYS = (QUOTED, SPACED, BARE, FLAG, ELEMENT, PAIR, CALL)
"""In the order of their numbers."""
