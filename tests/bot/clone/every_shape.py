"""The whole table of histories."""

from tests.bot.clone import shapes_files, shapes_graphs, shapes_moved
from tests.bot.clone.shapes import SHAPES

__all__ = ["SHAPES", "shapes_files", "shapes_graphs", "shapes_moved"]
