"""The page of changes and its feed, with the history of this project, with a made one, and with none."""

from datetime import UTC, datetime
from xml.etree import ElementTree

from handbook.history import NO_HISTORY, Edit, History
from handbook.library import Library
from handbook.pages.changes import MOST_CHANGES, MOST_SHOWN, change_pages

NAME = "{http://www.w3.org/2005/Atom}"
LINE = '[You must be {}.]{{.must ref="1/{}"}}'


def policy(words: str, rules: int) -> str:
    lines = "\n".join(f"- {LINE.format(words, place)}" for place in range(rules))
    return f'# P\n\n## S\n\n### 1 A clause\n{{topic=conduct who="staff"}}\n\n{lines}\n'


def history(count: int = 1, rules: int = 1) -> History:
    edits = [
        Edit(f"{place:040}", datetime(2026, 1, 1, place % 24, place // 24, tzinfo=UTC), "cockburn",
             policy("kind & <good>", rules), policy("very kind & <good>", rules))
        for place in range(count)
    ]  # fmt: skip
    return History(known=True, edits=tuple(edits))


def test_a_copy_without_history_says_so_and_has_an_empty_feed(library: Library) -> None:
    pages = change_pages(library, NO_HISTORY)
    assert "This copy of the handbook has no history" in pages["changes/index.md"]
    feed = ElementTree.fromstring(pages["changes/feed.xml"])
    assert feed.findall(f"{NAME}entry") == []
    assert feed.findtext(f"{NAME}updated") == f"{library.built_on.isoformat()}T00:00:00+00:00"


def test_the_feed_has_what_atom_requires_of_it_and_of_every_entry(library: Library) -> None:
    feed = ElementTree.fromstring(change_pages(library, history(3))["changes/feed.xml"])
    entries = feed.findall(f"{NAME}entry")
    assert len(entries) == 3
    for one in (feed, *entries):
        assert all(one.findtext(f"{NAME}{name}") for name in ("id", "title", "updated"))
        assert datetime.fromisoformat(one.findtext(f"{NAME}updated") or "").tzinfo
    assert len({one.findtext(f"{NAME}id") for one in (feed, *entries)}) == 4
    assert feed.find(f"{NAME}author/{NAME}name") is not None
    assert feed.findtext(f"{NAME}updated") == entries[0].findtext(f"{NAME}updated")


def test_every_entry_leads_to_its_place_on_the_page(library: Library) -> None:
    pages = change_pages(library, history(2))
    feed = ElementTree.fromstring(pages["changes/feed.xml"])
    for link in feed.iterfind(f"{NAME}entry/{NAME}link"):
        page, _, anchor = link.attrib["href"].partition("#")
        assert page == "/handbook/changes/"
        assert f'id="{anchor}"' in pages["changes/index.md"]


def test_what_a_provision_said_before_stands_beside_what_it_says_now(library: Library) -> None:
    page = change_pages(library, history())["changes/index.md"]
    assert "<ins>You must be very kind &amp; &lt;good&gt;.</ins>" in page
    assert "You must be kind &amp; &lt;good&gt;.</del>" in page
    assert "One provision reworded." in page


def test_a_trust_is_named_once_a_day_however_often_its_policy_changed(library: Library) -> None:
    page = change_pages(library, history(3))["changes/index.md"]
    assert page.count('<section class="change"') == 3
    assert page.count("Cockburn Multi-Academy Trust</a></h3>") == 1


def test_neither_a_long_history_nor_a_great_change_makes_an_endless_page(library: Library) -> None:
    page = change_pages(library, history(MOST_CHANGES + 5, MOST_SHOWN + 4))["changes/index.md"]
    assert page.count('<section class="change"') == MOST_CHANGES
    assert page.count("<ins>") == MOST_CHANGES * MOST_SHOWN
    assert "And 4 more." in page
