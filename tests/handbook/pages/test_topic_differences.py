"""How the trusts differ on a topic, in sentences computed from their answers."""

from collections import Counter
from dataclasses import replace

from handbook.comparison import Comparison, compared
from handbook.library import Library
from handbook.pages.topic_differences import topic_differences
from tests.handbook.built import Page
from tests.handbook.test_comparison import copied


def said(library: Library, comparison: Comparison, topic: str) -> str:
    html = topic_differences(library, comparison, library.vocabulary.topics[topic])
    return Page(html).text if html else ""


def test_the_sentence_names_who_says_no_most_often(library: Library, comparison: Comparison) -> None:
    places = comparison.topics["images-consent"]
    refusals = Counter(
        {
            trust.short_name: sum(comparison.answer(trust.id, place).verdict == "forbidden" for place in places)
            for trust in library.trusts.values()
        }
    )
    most, number = refusals.most_common(1)[0]
    assert f"{most} says no most often (in {number} of {len(places)} cases)" in said(
        library, comparison, "images-consent"
    )


def test_a_silent_policy_is_named(library: Library, comparison: Comparison) -> None:
    text = said(library, comparison, "press")
    assert "Cockburn and Collaborative: the policy does not say." in text


def test_a_topic_on_which_nothing_is_decided_has_no_differences(library: Library, comparison: Comparison) -> None:
    assert not comparison.topics["purpose"]
    assert said(library, comparison, "purpose") == ""


def test_policies_that_agree_are_said_to_agree(library: Library) -> None:
    one = library.trusts["lydiate"]
    twins = replace(library, trusts={"lydiate": one, "twin": copied(one, "twin")})
    text = said(twins, compared(twins), "images-consent")
    assert "Where they speak of the same case, they give the same answer." in text
    assert "differ in" not in text


def test_the_number_of_trusts_named_does_not_grow(library: Library) -> None:
    twins = {f"twin-{number}": copied(library.trusts["lydiate"], f"twin-{number}") for number in range(30)}
    larger = replace(library, trusts={**library.trusts, **twins})
    text = said(larger, compared(larger), "images-consent")
    assert "28 more" in text
    assert len(text) < 2_000
