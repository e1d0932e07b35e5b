"""Secrets known by their context: a value that is given to a telling name.

What the name says is in `names`, what the value looks like in `values`, where it stands in
`places`; `verdict` weighs the three. None of them imports anything, because every commit asks
them. `forms` are the ways to write such a pair, and `matches` reads them in a text.
"""
