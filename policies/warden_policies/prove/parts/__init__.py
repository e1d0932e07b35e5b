"""The picture of a change in parts: what may vary, what always holds, how values are drawn.

A part speaks only of what a policy can tell apart: its texts are one for each set of patterns that
match it, its people differ in what the policy asks about people.
"""
