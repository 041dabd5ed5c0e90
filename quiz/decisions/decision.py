"""What a decision is: a question, its facts, the parameters a trust gives, and the rule that finds the answer."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from quiz.facts import Fact, Situation
from quiz.positions import Position, Table
from quiz.rulings import Finding, Ruling, each_once, weighed


@dataclass(frozen=True)
class Decision:
    """One question of a member of staff; `rule` yields a finding for everything the policy has to say on the case.

    A `task` asks what there is to do, not whether somebody may. `if_silent` says whom to turn to where the policy is
    silent and names nobody for doubts.
    """

    id: str
    question: str
    facts: tuple[Fact, ...]
    tables: tuple[Table, ...]
    rule: Callable[[Situation, Position], Iterable[Finding]]
    task: bool = False
    if_silent: str = "Ask a senior leader."

    def decide(self, position: Position, given: Mapping[str, object], advice: tuple[str, str] | None = None) -> Ruling:
        """Return the ruling for the given facts; the rest is assumed cautiously.

        Raises FactError for a fact or a value that does not exist. `advice` is whom the policy names for doubts: a
        role and the provision's id.
        """
        return self.rule_on(Situation(self.facts, given), position, advice)

    def rule_on(self, situation: Situation, position: Position, advice: tuple[str, str] | None = None) -> Ruling:
        """Return the ruling on a situation of this decision's facts."""
        findings = () if position.silent else tuple(self.rule(situation, position))
        verdict, because = weighed(findings)
        return Ruling(
            decision=self.id,
            trust=position.trust,
            verdict=verdict,
            because=because,
            unmet=each_once([one for finding in findings for one in finding.unmet]),
            steps=each_once([one for finding in findings for one in finding.steps]),
            note=position.silent or " ".join(each_once([one.note for one in findings if one.note])) or None,
            assumed=situation.assumed,
            advice=advice,
        )

    def describe(self) -> dict[str, object]:
        """Return the question and every fact with its type, values and default."""
        return {"question": self.question, "facts": {fact.name: fact.describe() for fact in self.facts}}
