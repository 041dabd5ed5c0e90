"""A duty is guessed from the strongest word, and the word is named; topics and people from the vocabulary's words."""

import pytest

from handbook.importing.guessing import Words, duty
from handbook.library import Library


@pytest.mark.parametrize(
    ("text", "expected", "words"),
    [
        ("You must ask first.", "must", "must"),
        ("You must never do it, but you may ask.", "must-not", "must never"),
        ("Staff will not accept pupils as friends.", "must-not", "will not"),
        ("Never share a login.", "must-not", "never"),
        ("Staff never met.", "info", ""),
        ("The sending of personal data is forbidden.", "must-not", "is forbidden"),
        ("Staff should not accept pupils.", "should-not", "should not"),
        ("You are strongly advised to set your account to private.", "should", "are strongly advised to"),
        ("Staff are required to take the training.", "must", "are required to"),
        ("The Board is responsible for the policy.", "role", "is responsible for"),
        ("Your line manager may impose conditions.", "may", "may"),
        ("“Staff” means everybody who works here.", "definition", "means"),
        ("Approved in May 2026", "info", ""),
        ("This can be challenging.", "info", ""),
        ("We celebrate what pupils do.", "info", ""),
    ],
)
def test_the_strongest_word_decides_and_is_named(text: str, expected: str, words: str) -> None:
    guess = duty(text)
    assert (guess.duty, guess.words) == (expected, words)


def test_topic_and_audience_come_from_the_vocabulary(library: Library) -> None:
    words = Words(library.vocabulary)
    assert words.topic("Photos", "A parent agrees before a photo is published.") == "images-consent"
    assert words.topic("", "In a WhatsApp group there are no parents.") == "messaging-apps"
    assert words.who("The governors approve it.") == "governors"
    assert words.who("You ask the governors.") == "staff"


def test_social_media_is_not_the_media(library: Library) -> None:
    words = Words(library.vocabulary)
    assert words.topic("Press", "A journalist from the media rings.") == "press"
    assert words.topic("Use of social media", "It happens on social media.") != "press"
