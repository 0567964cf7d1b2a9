"""Contacts of a rendering."""

import pytest

from auditor.derive.contacts import addressees, contacts, find_mailboxes, is_mailbox
from auditor.model.facts import Element, Facts, Link, Mention

_MAIN = Element(selector="main", tag="main", role="main")


def _facts(*, links: tuple[Link, ...] = (), mentions: tuple[Mention, ...] = ()) -> Facts:
    return Facts(
        width=1280, height=900, scroll_width=1280, page_height=3000, landmarks=(_MAIN,), links=links, mentions=mentions
    )


def _link(href: str, text: str, *regions: str) -> Link:
    return Link(selector=f"a{href}", tag="a", text=text, name=text, href=href, raw_href=href, regions=regions)


def _mention(text: str, *regions: str) -> Mention:
    return Mention(selector="p", tag="p", text=text, regions=regions)


def test_a_number_that_stands_twice_is_one_contact_of_both_places() -> None:
    facts = _facts(
        links=(_link("tel:+4647041000", "0470-410 00", "contentinfo"),),
        mentions=(_mention("Ring 0470-410 00.", "main"),),
    )

    (found,) = contacts(facts)

    assert (found.kind, found.value, found.shown) == ("phone", "+4647041000", "0470-410 00")
    assert (found.linked, found.in_main, found.in_frame) == (True, True, True)


def test_a_mailbox_in_text_is_a_contact() -> None:
    start = _link("/", "Start", "banner")
    mention = _mention("Skriv till Forening@Sjoboda.example.", "main")

    (found,) = contacts(_facts(links=(start,), mentions=(mention,)))

    assert (found.kind, found.value, found.linked, found.in_frame) == ("mail", "forening@sjoboda.example", False, False)


def test_what_nobody_can_reach_is_no_contact() -> None:
    hidden = Mention(selector="p", tag="p", text="Ring 0470-410 00.", visible=False)

    assert list(contacts(_facts(mentions=(hidden,)))) == []


@pytest.mark.parametrize(
    "text",
    ["fornamn.efternamn@sjoboda.example", "git@code.example:x", "@sjoboda", "[email protected]", "a@b", "x@y@z.se"],
)
def test_what_only_looks_like_a_mailbox_is_left(text: str) -> None:
    assert find_mailboxes(text) == []


@pytest.mark.parametrize(
    ("href", "boxes"),
    [
        ("mailto:a@b.se?subject=x@y.se", ["a@b.se"]),
        ("mailto:a@b.se,%20c@d.se", ["a@b.se", "c@d.se"]),
        ("mailto:Maria%20Berg%20%3Cm@b.se%3E", ["m@b.se"]),
        ("mailto:?body=x", []),
    ],
)
def test_addressees_are_read(href: str, boxes: list[str]) -> None:
    assert addressees(href) == boxes


@pytest.mark.parametrize(
    ("box", "holds"),
    [
        ("a@b.se", True),
        ("förening@sjöboda.se", True),
        ("a.b.se", False),
        ("a@b", False),
        ("a b@c.se", False),
        ("a@b.se.", False),
    ],
)
def test_a_mailbox_has_a_form(box: str, holds: bool) -> None:
    assert is_mailbox(box) is holds
