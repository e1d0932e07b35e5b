"""What several questions of the policy-bot dialect share: who somebody is, what counts, in which
words policy-bot 1.36.2 says that it could not read a part of a pull request.

Everything here follows that version, where it is unsafe too; no native predicate uses any of it.
"""
