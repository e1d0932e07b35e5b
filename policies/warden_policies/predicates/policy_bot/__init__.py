"""The predicates of the policy-bot dialect, one file each; none is a native word."""
