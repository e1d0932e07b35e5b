"""The pages people look at: the list of changes and one change, each with a `.json` twin.

What a page says is worked out by pure functions over decisions (`results`, `listing`, `banner`,
`timeline`); the templates only lay it out.
"""

from warden_bot.web.pages.routes import pages

__all__ = ["pages"]
