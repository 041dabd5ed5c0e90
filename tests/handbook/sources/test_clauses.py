"""Clauses and provisions: what a policy says, where it says it, and what cannot stand in one."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.library import Clause
from handbook.sources.clauses import parse_policy
from tests.handbook.sources.test_vocabulary import VOCABULARY
from tests.handbook.sources.tree import POLICY, Case, Tree, broken

FILE = "policy_src/oak/policy.md"
HEAD = "---\ntrust: oak\n---\n\n# Policy\n\n## Section\n\n"
MARKS = '{topic=conduct who="staff"}\n'


def clause(body: str, marks: str = MARKS) -> Clause:
    clauses, problems = parse_policy(f"{HEAD}### 1 Title\n{marks}\n{body}", Path(FILE), "oak", VOCABULARY)
    assert problems == ()
    return clauses[0]


def test_clauses_come_in_the_order_of_the_document_with_section_title_and_line(tree: Tree) -> None:
    found = [(one.id, one.title, one.section, one.line) for one in tree.load().trusts["oak"].clauses]
    assert found == [
        ("oak/control", "What the cover says", "About this document", 9),
        ("oak/4.1", "Ask before you open an account", "Before you post", 17),
        ("oak/photos", "Photos need consent", "Before you post", 22),
    ]


def test_a_provision_inherits_topic_and_audience_and_gives_its_own_duty(tree: Tree) -> None:
    provisions = tree.load().trusts["oak"].provisions
    own, inherited = provisions["photos/2"], provisions["photos/1"]
    assert (inherited.duty, inherited.topic, inherited.who) == ("must", "images-consent", ("staff",))
    assert (own.duty, own.topic, own.who) == ("should", "pupils", ("staff", "students"))


def test_a_clause_with_a_duty_is_itself_the_first_of_its_provisions(tree: Tree) -> None:
    own = tree.load().trusts["oak"].provisions["4.1"]
    assert (own.id, own.duty, own.text, own.line) == (
        "oak/4.1", "must", "Ask the Headteacher before you open an account.", 17,
    )  # fmt: skip


def test_what_a_clause_itself_provides_is_its_text_outside_its_spans() -> None:
    found = clause(
        'Tell them:\n\n- [who]{.must ref="1/1"},\n- [why]{.must ref="1/2"}, and\n'
        '- when. See **all** [of]{.may ref="1/3"} it.\n',
        '{.process topic=conduct who="staff"}\n',
    )
    assert [one.ref for one in found.provisions] == ["1", "1/1", "1/2", "1/3"]
    assert found.provisions[0].text == "Tell them: when. See all it."
    assert found.provisions[0].html == "Tell them: when. See <strong>all</strong> it."


def test_the_line_of_a_span_is_exact_within_a_paragraph() -> None:
    body = (
        '[One]{.must ref="1/1"} and `code\nover lines` [two]{.must\nref="1/2"} then [three,\nlong]{.must ref="1/3"}\n'
        '[four]{.may ref="1/4"} [five](https://example.org\n"title") [six]{.may ref="1/6"}\n\n> note\n'
    )
    first = HEAD.count("\n") + 4
    assert [one.line - first for one in clause(body).provisions] == [0, 1, 2, 4, 5]


def test_a_line_is_exact_in_a_list_and_with_windows_line_ends() -> None:
    text = f'{HEAD}### 1 Title\n{MARKS}\n- a\n  - b\n    c [d]{{.must ref="1/1"}}\n'
    line = text.splitlines().index('    c [d]{.must ref="1/1"}') + 1
    for one in (text, text.replace("\n", "\r\n")):
        clauses, problems = parse_policy(one, Path(FILE), "oak", VOCABULARY)
        assert problems == ()
        assert clauses[0].provisions[0].line == line


def test_a_clause_is_rendered_with_its_provisions_marked_and_no_trace_of_attribute_lines() -> None:
    found = clause(
        'Say [“R&D” < **5**]{.must-not ref="1/1"}.\n\n- [x](https://example.org/?a=1&b=2) [y]{.may ref="1/2"}\n'
    )
    assert found.html == (
        '<p>Say <span class="provision" id="1/1" data-duty="must-not">“R&amp;D” &lt; <strong>5</strong></span>.</p>\n'
        '<ul>\n<li><a href="https://example.org/?a=1&amp;b=2">x</a> '
        '<span class="provision" id="1/2" data-duty="may">y</span></li>\n</ul>'
    )
    assert found.text == "Say “R&D” < 5. x y"
    assert found.provisions[0].html == "“R&amp;D” &lt; <strong>5</strong>"
    assert found.provisions[0].text == "“R&D” < 5"


def test_quotations_at_the_end_of_a_clause_are_its_notes() -> None:
    found = clause('[A]{.must ref="1/1"}\n\n> First *note*.\n')
    assert found.notes == ("<p>First <em>note</em>.</p>",)
    assert "note" not in found.html
    assert "note" not in found.text


@pytest.mark.parametrize("case", broken("clauses"))
def test_what_cannot_stand_in_a_policy_is_reported_in_its_line(tree: Tree, case: Case) -> None:
    assert case.answer(tree, FILE) == case.problems


@pytest.mark.parametrize(
    "link", ["https://example.org", "http://example.org", "mailto:a@example.org", "#photos", "#4.1"]
)
def test_a_link_to_the_web_a_mailbox_or_a_clause_is_allowed(tree: Tree, link: str) -> None:
    tree.edit(FILE, "<https://example.org/a?b=1&c=2>", f"[x]({link})")
    assert tree.problems() == []


def test_a_file_without_any_clause_says_so(tree: Tree) -> None:
    tree.write(FILE, "---\ntrust: oak\n---\n")
    assert tree.problems()[0].startswith(f"{FILE}:1: there is no clause in it")


def test_what_a_bad_link_or_tag_would_do_is_not_in_the_html_either() -> None:
    text = f'{HEAD}### 1 T\n{MARKS}\n[a <b>](javascript:x) [c]{{.must ref="1/1" onclick="x"}}\n'
    clauses, problems = parse_policy(text, Path(FILE), "oak", VOCABULARY)
    assert len(problems) == 3
    assert "<b>" not in clauses[0].html
    assert "javascript" not in clauses[0].html
    assert "onclick" not in clauses[0].html


PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "---\n",
                "# a\n",
                "## b\n",
                "### 4.1 c\n",
                "{",
                "}",
                "[",
                "]",
                "(",
                ")",
                '{.must ref="x"}',
                '{topic=a who="b"}',
                "> ",
                "- ",
                "\n",
                "\n\n",
                "    ",
                "`",
                "*",
                "<",
                "&",
                "![",
                "](#x)",
                "\\",
                "%",
                '"',
                "ref=",
                "trust: oak\n",
                "\t",
                "\x00",
            ]
        ),
        st.text(max_size=5),
    )
)


@given(PIECES.map("".join))
def test_no_text_whatsoever_breaks_the_reading_of_a_policy(text: str) -> None:
    parse_policy(text, Path(FILE), "oak", VOCABULARY)
    parse_policy(POLICY + text, Path(FILE), "oak", VOCABULARY)
