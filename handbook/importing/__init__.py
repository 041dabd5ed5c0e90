"""A document's lines in, a draft of `policy.md` and an account of every line out: `drafted` is the way in."""

from handbook.importing.drafting import Draft, drafted
from handbook.importing.lines import Line

__all__ = ["Draft", "Line", "drafted"]
