"""The pages by role: what is required first, everything cited, nothing for roles the policy never mentions."""

from handbook.library import Library
from handbook.pages.roles import role_pages


def test_a_role_has_what_the_policy_says_of_it_and_its_rules(library: Library) -> None:
    page = role_pages(library)["creating-tomorrow/roles/index.md"]
    part = page[page.index('<h2 id="headteacher">') : page.index('<h2 id="it-lead">')]
    assert 'href="/handbook/creating-tomorrow/#8.1.2/1"' in part
    assert part.index("What you do") < part.index("Rules that involve you")


def test_many_rules_are_folded_up_by_duty_what_is_required_first(library: Library) -> None:
    page = role_pages(library)["creating-tomorrow/roles/index.md"]
    part = page[page.index('<h2 id="staff">') : page.index('<h2 id="administrator">')]
    places = [part.index(f"<summary>{duty}: ") for duty in ("Must", "Must not", "Should", "May")]
    assert places == sorted(places)


def test_who_has_to_train_is_led_there(library: Library) -> None:
    page = role_pages(library)["lydiate/roles/index.md"]
    part = page[page.index('<h2 id="governors">') : page.index('<h2 id="headteacher">')]
    assert 'href="/handbook/lydiate/training/"' in part


def test_roles_the_policy_never_mentions_are_named_as_such(library: Library) -> None:
    page = role_pages(library)["cockburn/roles/index.md"]
    assert "Volunteers" in page[page.index("The policy does not speak to:") :]


def test_the_list_says_how_many_roles_each_policy_speaks_to(library: Library) -> None:
    assert "Eight roles." in role_pages(library)["roles/index.md"]
