"""Very many trusts on pages of ten."""

from dataclasses import replace

from handbook.library import Library
from handbook.pages.shares import MOST_TRUSTS, fits, folders, other_shares, shares
from tests.handbook.built import Page


def many(library: Library, number: int) -> Library:
    one = library.trusts["lydiate"]
    names = [f"trust-{place:03}" for place in range(number)]
    return replace(library, trusts={name: replace(one, id=name, short_name=name) for name in names})


def test_every_trust_is_on_one_page(library: Library) -> None:
    larger = many(library, 2 * MOST_TRUSTS + 1)
    found = shares(larger)
    assert [one.id for share in found for one in share.trusts] == list(larger.trusts)
    assert [(share.number, share.folder, len(share.trusts)) for share in found] == [
        (1, "", 10),
        (2, "2/", 10),
        (3, "3/", 1),
    ]
    assert folders(larger) == {one.id: share.folder for share in found for one in share.trusts}


def test_a_page_leads_to_the_others_and_says_where_it_is(library: Library) -> None:
    larger = many(library, 15)
    page = Page(other_shares(larger, "/here/", shares(larger)[1]))
    assert [one.attributes["href"] for one in page.all("a")] == ["/here/"]
    assert page.all("a")[0].text == "trust-000 to trust-009"
    assert page.all("strong")[0].attributes["aria-current"] == "page"


def test_few_trusts_need_no_other_page_and_have_room_on_a_desk(library: Library) -> None:
    (share,) = shares(library)
    assert other_shares(library, "/here/", share) == ""
    assert fits(share)
    assert not fits(shares(many(library, 6))[0])


def test_no_page_links_to_all_others_where_there_are_many(library: Library) -> None:
    larger = many(library, 1000)
    every = shares(larger)
    page = Page(other_shares(larger, "/here/", every[49]))
    linked = [one.attributes["href"] for one in page.all("a")]
    assert linked == [f"/here/{folder}" for folder in ("", "47/", "48/", "49/", "51/", "52/", "53/", "100/")]
    assert len(page.all("li")) == len(linked) + len(["here", "left out before", "left out after"])
    assert len(Page(other_shares(larger, "/here/", every[1])).all("li")) == 7
