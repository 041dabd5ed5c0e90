"""What stands beside a clause: how other trusts answer the case it decides."""

from handbook.addresses import MATRIX, topic_url
from handbook.comparison import UNANSWERED, Comparison
from handbook.library import Clause, Library, Trust
from handbook.may_i import ASKED
from handbook.pages.differences import RELATION_WORDS, case_words, counted, verdict_badge
from handbook.pages.markup import attribute
from handbook.pages.shares import folders
from handbook.standing import Standing, Standings
from handbook.strictness import LOOSER, SAME, STRICTER
from quiz.rulings import NOT_COVERED

WORDS = {word: RELATION_WORDS[word] for word in (SAME, STRICTER, LOOSER)}
SILENT = {NOT_COVERED: ("does not say", "do not say"), UNANSWERED: ("has not answered", "have not answered")}


class OthersOn:
    """What stands under any clause of any trust, worked out once for all pages that show the clause."""

    def __init__(self, library: Library, comparison: Comparison) -> None:
        self.comparison = comparison
        self.folders = folders(library)
        self._standings: dict[str, Standings] = {}
        self._folds: dict[str, str] = {}

    def topic_url(self, topic: str, trust: str) -> str:
        """Return the address of what a trust says on a topic, on the page that has the trust."""
        return f"{topic_url(topic)}{self.folders[trust]}#{trust}"

    def matrix_url(self, decision: str, trust: str) -> str:
        """Return the address of a question's row in the matrix, on the page that has the trust."""
        return f"{MATRIX}{self.folders[trust]}#{decision}"

    def fold(self, trust: Trust, clause: Clause) -> str:
        """Return a line that counts them, and opens to the case it counts them in; nothing if no case is decided."""
        if clause.id not in self._folds:
            if trust.id not in self._standings:
                self._standings[trust.id] = Standings(self.comparison, trust.id)
            standing = self._standings[trust.id].of([one.ref for one in clause.provisions])
            self._folds[clause.id] = self._shown(trust, standing) if standing else ""
        return self._folds[clause.id]

    def _shown(self, trust: Trust, standing: Standing) -> str:
        decision = standing.place[0]
        says = verdict_badge(decision, self.comparison.answer(trust.id, standing.place).verdict)
        asked = f"{ASKED[decision].question} {case_words(decision, self.comparison.case(standing.place))}"
        return (
            f'<details class="others"><summary>Other trusts: {counts(standing)}</summary>\n'
            f"<p>{attribute(asked)} {attribute(trust.short_name)}: {says} "
            f'<a href="{self.matrix_url(decision, trust.id)}">See every answer</a></p></details>'
        )


def counts(standing: Standing) -> str:
    """Return how many trusts stand how: "2 the same · 1 stricter · 1 does not say"."""
    words = {WORDS[word]: number for word, number in standing.others.items() if word in WORDS}
    for word, (one, many) in SILENT.items():
        number = standing.others.get(word, 0)
        words[one if number == 1 else many] = number
    return counted(words)
