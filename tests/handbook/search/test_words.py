"""Words: all forms of one are one, and the browser takes texts apart just as the build does."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from handbook.library import Library
from handbook.search.words import SMALL, stem, tokens

ROOT = Path(__file__).parents[3]
IN_THE_BROWSER = """
import { readFileSync } from "node:fs";
import { stem, tokens } from "./docs/assets/search/words.mjs";
const texts = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(texts.map((text) => tokens(text).map((word) => [word, stem(word)]))));
"""


@pytest.mark.parametrize(
    "forms",
    [
        ("post", "posts", "posted", "posting"),
        ("tag", "tags", "tagged", "tagging"),
        ("leave", "leaves", "leaving"),
        ("policy", "policies"),
        ("message", "messages", "messaging"),
        ("DM", "dms"),
        ("address", "addresses"),
        ("reply", "replies", "replied", "replying"),
        ("bully", "bullied", "bullying"),
        ("Year 9", "year 9s"),
    ],
)
def test_all_forms_of_a_word_are_one(forms: tuple[str, ...]) -> None:
    assert len({tuple(map(stem, tokens(form))) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mate", "mat"),
        ("apply", "app"),
        ("pres", "press"),
        ("ad", "add"),
        ("us", "use"),
        ("person", "personal"),
        ("news", "new"),
        ("evening", "even"),
    ],
)
def test_words_that_only_look_alike_stay_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_marks_within_a_word_do_not_part_it() -> None:
    assert tokens("E-mail, e-safety: don't!") == ["email", "esafety", "dont"]


def test_no_duty_is_lost_among_the_small_words(library: Library) -> None:
    """What a duty is called is small beside other words, and has to be asked for all the same."""
    assert {"must", "may", "should", "not"} <= SMALL
    assert {"must", "may", "should"} <= {duty.label.lower() for duty in library.vocabulary.duties.values()}


def test_the_browser_takes_every_text_apart_as_the_build_does(library: Library) -> None:
    texts = [one.text for trust in library.trusts.values() for one in trust.provisions.values()]
    texts += [" ".join((*words, name)) for name, words in library.vocabulary.alike.items()]
    texts += ["don’t E\u2011mail über-Naïve naïveté news outings 9/10 Years 7–11 13+ café's 4.4.2/3b"]
    texts += ["13s mates reply replied apply badly"]
    done = subprocess.run(
        [shutil.which("node") or "node", "--input-type=module", "--eval", IN_THE_BROWSER],
        cwd=ROOT,
        input=json.dumps(texts),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert json.loads(done.stdout) == [[[word, stem(word)] for word in tokens(text)] for text in texts]
