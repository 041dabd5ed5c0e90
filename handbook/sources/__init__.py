"""The sources, loaded and checked: `load` is the way in."""

from handbook.sources.loading import load, load_untried

__all__ = ["load", "load_untried"]
