"""A change is told in provisions: what came, what went, what is worded or meant otherwise."""

from datetime import UTC, datetime

from handbook.changes import ADDED, DUTY, REMOVED, REWORDED, PolicyChange, changes
from handbook.history import Edit, History
from handbook.library import Library

BEFORE = """\
# Policy

## Part

### 1 A clause
{topic=conduct who="staff"}

- [You must be kind.]{.must ref="1/a"}
- [You must be brief.]{.must ref="1/b"}
- [You must be glad.]{.must ref="1/c"}
"""
AFTER = (
    BEFORE.replace("be kind", "be very kind")
    .replace('brief.]{.must ref="1/b"', 'brief.]{.should ref="1/b"')
    .replace("- [You must be glad.]{.must ref=\"1/c\"}", "- [You must be here.]{.must ref=\"1/d\"}")
    + "\n> Odd, that.\n"
)  # fmt: skip
DAY = datetime(2026, 3, 1, 12, tzinfo=UTC)


def edit(before: str | None, after: str | None, commit: str = "abc", at: datetime = DAY) -> Edit:
    return Edit(commit, at, "cockburn", before, after)


def only(library: Library, *edits: Edit) -> PolicyChange:
    (found,) = changes(library, History(known=True, edits=edits), 10)
    return found


def test_every_provision_that_differs_is_told_and_no_other(library: Library) -> None:
    found = only(library, edit(BEFORE, AFTER))
    assert {(one.ref, one.kind) for one in found.provisions} == {
        ("1/a", REWORDED), ("1/b", DUTY), ("1/c", REMOVED), ("1/d", ADDED),
    }  # fmt: skip
    assert found.remarks == 1


def test_an_edit_nobody_would_notice_is_no_change(library: Library) -> None:
    same = BEFORE.replace("## Part", "\n\n## Part")
    assert changes(library, History(known=True, edits=(edit(BEFORE, same),)), 10) == ()


def test_a_new_policy_is_one_change_without_a_list(library: Library) -> None:
    found = only(library, edit(None, BEFORE))
    assert found.new
    assert not found.provisions
    assert only(library, edit(BEFORE, None)).gone


def test_a_policy_that_has_errors_by_todays_rules_can_be_compared_all_the_same(library: Library) -> None:
    old = BEFORE.replace("topic=conduct", "topic=tone")
    assert [one.kind for one in only(library, edit(old, AFTER)).provisions]


def test_the_newest_come_first_and_no_more_than_asked_for(library: Library) -> None:
    edits = [edit(BEFORE, AFTER, str(day), DAY.replace(day=day)) for day in (2, 9, 4)]
    found = changes(library, History(known=True, edits=tuple(edits)), 2)
    assert [one.commit for one in found] == ["9", "4"]


def test_where_history_is_cut_off_its_first_commit_is_not_called_new(library: Library) -> None:
    edits = (edit(BEFORE, AFTER, "2"), edit(None, BEFORE, "1"))
    found = changes(library, History(known=True, edits=edits, since_start=False), 10)
    assert [one.commit for one in found] == ["2"]


def test_a_change_keeps_its_name_in_every_build(library: Library) -> None:
    one, other = (only(library, edit(BEFORE, AFTER)) for _ in range(2))
    assert one.uuid == other.uuid
    assert one.uuid != only(library, edit(BEFORE, AFTER, "def")).uuid
