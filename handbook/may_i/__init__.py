"""How is a decision put to somebody who is not a lawyer? Its title, and a question with answers for every fact."""

from handbook.may_i.decisions import ASKED, GROUPS
from handbook.may_i.words import Asked, Asking, MissingWords, asking

__all__ = ["ASKED", "GROUPS", "Asked", "Asking", "MissingWords", "asking"]
