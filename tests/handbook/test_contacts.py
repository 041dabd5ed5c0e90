"""Whom a policy names for what: by question, from the positions and the provisions they cite."""

from handbook.contacts import contacts
from handbook.library import Library


def test_a_question_names_the_trusts_own_words_and_the_provisions(library: Library) -> None:
    found = {one.decision: one for one in contacts(library, library.trusts["cockburn"])}
    assert dict(found["report-concern"].roles)["Designated person for Child Protection"]
    assert "sanctioned/1d" in dict(found["open-account"].roles)["SLT"]


def test_a_silent_policy_names_nobody(library: Library) -> None:
    for trust in library.trusts.values():
        for one in contacts(library, trust):
            assert not (one.silent and one.roles)
            for _, refs in one.roles:
                assert refs
                assert set(refs) <= set(trust.provisions)
