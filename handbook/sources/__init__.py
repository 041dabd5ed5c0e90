"""The sources, loaded and checked: `load` is the way in."""

from handbook.sources.loading import load

__all__ = ["load"]
