"""Problems: printed as editors link them, each once, in the order of files and lines."""

from pathlib import Path

from handbook.problems import Problem, SourceErrors


def test_a_problem_is_printed_with_its_file_and_line() -> None:
    assert (
        str(Problem(Path("policy_src", "oak", "policy.md"), 41, "it is wrong"))
        == "policy_src/oak/policy.md:41: it is wrong"
    )


def test_problems_are_sorted_by_file_and_then_by_line_as_a_number() -> None:
    late, early, other = (
        Problem(Path("b.md"), 10, "late"),
        Problem(Path("b.md"), 9, "early"),
        Problem(Path("a.md"), 99, "a"),
    )
    assert SourceErrors([late, early, other]).problems == (other, early, late)


def test_a_problem_found_twice_is_said_once() -> None:
    assert str(SourceErrors([Problem(Path("a"), 1, "wrong")] * 2)) == "a:1: wrong"
