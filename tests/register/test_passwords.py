"""Does a text look as if somebody had written a password into it?"""

import pytest

from register import passwords


@pytest.mark.parametrize(
    "text",
    ["password: hunter2", "PIN=1234", "The password is Sunshine1", "Tr0ub4dor&3", "login with xK9#mPq2vL", "pwd:x"],
)
def test_a_password_is_recognised(text: str) -> None:
    assert passwords.is_likely(text)


@pytest.mark.parametrize(
    "text",
    [
        "In the office safe.",
        "The password is kept in the safe of the head's office.",
        "The trust's password manager, entry Hill-School-2",
        "@Hill_School_2026",
        "https://example.org/Hill?Id=2#Top",
        "Ada.Teacher+1@example.org",
        "News & events for families of Year 10!",
        "",
    ],
)
def test_what_people_write_of_accounts_is_not(text: str) -> None:
    assert not passwords.is_likely(text)
