"""Facts: how they are read, and what is said about those that cannot be."""

import pytest

from quiz.decisions import DECISIONS
from quiz.facts import FactError, Situation

PHOTO = DECISIONS["use-photo"].facts


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"year": 9}, "there is no fact 'year' (did you mean year_group? There is: account,"),
        ({"year_group": 14}, "year_group: 14 is not between -1 and 13"),
        ({"year_group": "9"}, "year_group: '9' is not a whole number"),
        ({"year_group": True}, "year_group: True is not a whole number"),
        ({"consents": ["parents"]}, "consents: 'parents' is not one of its values (did you mean parent?"),
        ({"consents": "parent"}, "consents: 'parent' is not a list"),
        ({"consents": [["parent"]]}, "consents: ['parent'] is not one of its values"),
        ({"account": "school"}, "account: 'school' is not one of its values (did you mean school-official?"),
        ({"dignified": "yes"}, "dignified: 'yes' is neither true nor false"),
    ],
)
def test_a_wrong_fact_is_named_with_what_would_be_right(given: dict[str, object], says: str) -> None:
    with pytest.raises(FactError) as error:
        Situation(PHOTO, given)
    assert str(error.value).startswith(says)


def test_what_is_left_out_is_assumed_and_what_is_given_is_not() -> None:
    situation = Situation(PHOTO, {"year_group": 3})
    assert situation.number("year_group") == 3
    assert "year_group" not in situation.assumed
    assert situation.assumed["objected"] is True
