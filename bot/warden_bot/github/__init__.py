"""The only place that knows PyGithub and PyJWT.

GitHub in, a Change out; a Decision in, a check run out.
"""
