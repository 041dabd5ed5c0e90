"""How are numbers made that people read out, copy from paper and type?"""

from hypothesis import given
from hypothesis import strategies as st

from register.numbers import LETTERS, Numbers, new_code, read_code


@given(st.text())
def test_a_text_is_read_as_one_code_however_it_is_typed(typed: str) -> None:
    code = read_code(typed)
    assert set(code) <= {*LETTERS, "-"}
    assert len(code) <= len(new_code()) + 2
    assert read_code(code) == read_code(code.lower()) == read_code(f" {code.replace('-', ' ')}!") == code


def test_a_new_code_is_read_as_itself_and_cannot_be_come_upon() -> None:
    code = new_code()
    assert read_code(code) == code
    assert len(LETTERS) ** len(code.replace("-", "")) > 2**128
    assert len({new_code() for _ in range(100)}) == 100


def test_a_longer_text_is_another_code() -> None:
    code = new_code()
    assert read_code(code + LETTERS[0]) != code


def test_a_receipt_says_nothing_about_the_code() -> None:
    numbers = Numbers.new()
    assert len(numbers.receipt) == len("7K3F-9QXM-2HTR")
    assert numbers.receipt not in numbers.code
