"""The search of the handbook: a list of words, an index in small pieces, and clauses to show; all made at build time.

A browser reads `words.json`, the few pieces of the index that hold what was asked, and the clauses it shows. So what a
search costs does not grow with the handbook (scripts/bench/search.py measures it). Of a large handbook a browser keeps
only its reader's trust for a time without a network: so every trust has a small index of its own beside its clauses.
"""

from handbook.search.files import search_files

__all__ = ["search_files"]
