"""Shared work is the same work: in the same order, whoever does it, and an error is not lost on the way."""

import os
import sys

import pytest

from handbook.sharing import MANY, each

ALONE = sys.platform != "linux" or (os.cpu_count() or 1) < 2


def test_all_of_it_is_done_in_order() -> None:
    for trusts in (1, MANY):
        assert list(each(lambda one: one * one, range(100), trusts=trusts)) == [one * one for one in range(100)]
        assert list(each(lambda one: one, [], trusts=trusts)) == []


@pytest.mark.skipif(ALONE, reason="this machine has no second processor to share work with")
def test_work_on_many_trusts_is_done_by_several_processes() -> None:
    assert set(each(lambda _: os.getpid(), range(20), trusts=MANY - 1)) == {os.getpid()}
    assert os.getpid() not in each(lambda _: os.getpid(), range(20), trusts=MANY)


def test_an_error_in_a_process_is_an_error_here() -> None:
    with pytest.raises(ZeroDivisionError):
        list(each(lambda one: 1 // one, range(20), trusts=MANY))
