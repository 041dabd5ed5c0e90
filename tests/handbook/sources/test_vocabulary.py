"""The vocabulary: checked itself, and ready to guess what somebody meant."""

from pathlib import Path

import pytest

from handbook.library import Vocabulary
from handbook.problems import Report
from handbook.sources.vocabulary import check_word, parse_vocabulary
from tests.handbook.sources.tree import REAL, Tree

FILE = "policy_src/vocabulary.yml"
VOCABULARY, _ = parse_vocabulary((REAL / FILE).read_text(encoding="utf-8"), Path(FILE))


def test_a_term_has_a_label_a_meaning_and_the_words_people_use() -> None:
    photos = VOCABULARY.topics["images-consent"]
    assert photos.label == "Photos and consent"
    assert "selfie" in photos.words


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("photos", "images-consent"),
        ("Photo", "images-consent"),
        ("image-consent", "images-consent"),
        ("Group chats and messaging", "messaging-apps"),
        ("saveguarding", "safeguarding"),
        ("whatsap", "messaging-apps"),
        ("handover", "leavers"),
    ],
)
def test_a_wrong_topic_is_answered_with_the_one_that_was_meant(written: str, meant: str) -> None:
    report = Report(Path("policy.md"))
    check_word("topic", written, VOCABULARY.topics, 41, report)
    expected = f'policy.md:41: topic "{written}" is not in vocabulary.yml (did you mean {meant}?)'
    assert [str(one) for one in report.problems] == [expected]


def test_a_word_unlike_any_other_is_answered_with_all_there_are() -> None:
    report = Report(Path("policy.md"))
    check_word("duty", "zzzz", VOCABULARY.duties, 1, report)
    assert "(there is: definition, info, may, must," in report.problems[0].message


def test_a_list_that_could_not_be_read_judges_nothing() -> None:
    report = Report(Path("policy.md"))
    check_word("topic", "anything", Vocabulary({}, {}, {}, {}, {}).topics, 1, report)
    assert report.problems == ()


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("topics:\n", "topcs:\n", ['4: "topics" is missing', '15: there is no "topcs" here (did you mean topics?)']),
        (
            "  must: {label: Must,",
            "  must: {lable: Must,",
            ['5: must: "label" is missing', '5: must: there is no "lable" here'],
        ),
        (
            "  should: {",
            "  shoud: {",
            ['4: duties: "should" is missing', '7: duties: no answer knows the duty "shoud"'],
        ),
        ("  x: {label: X,", "  X!: {label: X,", ['platforms: "X!" has to be small letters']),
        ("label: Must,", "label: ,", ["5: must: label is empty"]),
        (
            "words: [TA, teaching assistant, office, technician]",
            "words: TA",
            ["support-staff: words: a list is needed here"],
        ),
        ("  parent: [mum,", "  parent: [mum, kid,", ['alike: "kid" stands under "pupil" already']),
        ("  friend: [follow, accept, invite]", "  friend: follow", ["leads: friend: a list is needed here"]),
        ("  parent: [parent]", "  parent: [parnet]", ['swaps: alike has no line "parnet" (did you mean parent?)']),
        ("\n  motto:\n", "\n  motto: none\n  mottos:\n", ["asked: motto: a list is needed here"]),
        ("\nleads:\n", "\nleeds:\n", ['there is no "leeds" here (did you mean leads?)']),
    ],
)
def test_what_is_wrong_in_the_vocabulary_is_reported(tree: Tree, old: str, new: str, problem: list[str]) -> None:
    tree.edit(FILE, old, new)
    found = [one for one in tree.problems() if one.startswith(FILE)]
    assert len(found) == len(problem)
    for one in problem:
        assert any(one in said for said in found), found


def test_without_a_vocabulary_only_the_vocabulary_is_blamed(tree: Tree) -> None:
    (tree.root / FILE).unlink()
    assert tree.problems() == [f"{FILE}:1: this file is missing"]
