"""The guides are read from data, and every error in them says where it is and what would be right."""

from pathlib import Path

import pytest

from handbook.library import Library
from handbook.sources.guides import parse_guides

FILE = Path("policy_src/guides.yml")
GOOD = """\
go-away:
  title: Go away
  intro: What to do.
  cases:
    - title: Soon
      decision: leave-account
      facts: {days_to_leaving: 3}
      topics: [leavers]
"""


def problems(text: str, library: Library) -> list[str]:
    return [str(one) for one in parse_guides(text, FILE, library.vocabulary)[1]]


def test_a_guide_is_its_title_and_its_cases_with_their_facts(library: Library) -> None:
    (guide,), found = parse_guides(GOOD, FILE, library.vocabulary)
    assert not found
    assert (guide.id, guide.title) == ("go-away", "Go away")
    assert (guide.cases[0].decision, guide.cases[0].facts) == ("leave-account", {"days_to_leaving": 3})
    assert guide.cases[0].topics == ("leavers",)


@pytest.mark.parametrize(
    ("wrong", "right", "says"),
    [
        ("leave-account", "leave", '6: go-away: cases: there is no decision "leave" (did you mean leave-account?)'),
        ("days_to_leaving", "days_leaving", '7: there is no fact "days_leaving" (did you mean days_to_leaving?)'),
        ("[leavers]", "[leaver]", '8: topic "leaver" is not in vocabulary.yml (did you mean leavers?)'),
        ("intro:", "intros:", '3: go-away: there is no "intros" here (did you mean intro?)'),
        ("go-away:", "Go away:", '1: a guide is named with small letters, digits and hyphens, not "Go away"'),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line(wrong: str, right: str, says: str, library: Library) -> None:
    assert f"policy_src/guides.yml:{says}" in problems(GOOD.replace(wrong, right), library)


def test_only_a_fact_with_several_values_can_be_varied(library: Library) -> None:
    varied = GOOD.replace("      topics: [leavers]", "      vary: account_stays")
    assert any(
        'vary: "account_stays" is not a fact with one of several values' in one for one in problems(varied, library)
    )


def test_an_empty_file_is_an_error_but_a_missing_one_is_none(library: Library) -> None:
    assert problems("", library) == ["policy_src/guides.yml:1: the file is empty; take it away, or name a guide in it"]
