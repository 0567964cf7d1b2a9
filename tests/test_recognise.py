"""Which finding of today is which issue of yesterday, whatever was rebuilt in between."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.derive.traits import KEPT, own_name, prints_of, shared, steady
from auditor.findings import group
from auditor.model.finding import Finding
from auditor.model.outcome import Outcome
from auditor.model.site import LinkStatus, PageSummary
from auditor.model.traits import Layer
from auditor.model.vocabulary import OutcomeKind
from auditor.tracking import Known, Recognised, moves, recognise
from tests.builders import REPEATABLE, outcome, summary, url

RULE = "structure/test"


def link(text: str, *, path: str = "/", css: str = "kort", href: str = "/bidrag", message: str = "problem") -> Outcome:
    """A failed link."""
    html = f'<a class="{css}" href="{href}">'
    return outcome(path=path, selector=f"main > .{css}", html=html, text=text, message=message)


def known(findings: Sequence[Finding]) -> list[Known]:
    """Findings as issues that are called by their keys."""
    return [Known(id=one.key, key=one.key, rule=one.rule, kind=one.kind, traits=one.traits) for one in findings]


def recognised(before: Sequence[Outcome], after: Sequence[Outcome]) -> tuple[Recognised, list[Finding], list[Finding]]:
    """What becomes of the findings of one rule."""
    old, new = (group((RULE, one) for one in outcomes) for outcomes in (before, after))
    return recognise(known(old), known(new)), old, new


@pytest.mark.parametrize(
    "after",
    [
        [link("Ansök om bidrag", css="k4f2a")],
        [link("Ansök om bidrag", css="k4f2a", path="/flyttad")],
        [link("Ansök om bidrag", css="k4f2a", href="https://www.nya.example/bidrag")],
        [link("Ansök om bidrag", css="k4f2a", path=f"/{number}") for number in range(40)],
        [replace(link("Ansök om bidrag"), target=replace(link("Ansök om bidrag").target, html="<a>"))],
    ],
    ids=["class", "page and class", "host", "spread", "attributes"],
)
def test_a_finding_is_recognised_by_its_words(after: list[Outcome]) -> None:
    same, old, new = recognised([link("Ansök om bidrag")], after)
    assert same.issues == {new[0].key: old[0].key}


def test_dates_and_numbers_are_not_what_a_finding_is_recognised_by() -> None:
    days = ("Senast 12 mars 2024 (3 platser)", "Senast 2 april 2025 (14 platser)", "Senast 2025-04-02 (14 platser)")
    assert len({steady(day) for day in days}) == 1
    assert steady("Senast 12 March 2024") == steady("Senast 12 mars 2024")


def test_another_thing_on_the_same_page_is_another_issue() -> None:
    same, _, _ = recognised([link("Ansök om bidrag")], [link("Boka lokal", css="knapp", href="/boka")])
    assert same.issues == {}


def test_another_broken_address_on_the_same_page_is_another_issue() -> None:
    def broken(name: str) -> Outcome:
        return replace(link(name, href=f"/{name}"), cause=url(f"/{name}"))

    same, old, new = recognised([broken("kultur"), broken("idrott")], [broken("idrott"), broken("musik")])
    by_cause = {one.key: one.cause for one in (*old, *new)}
    assert {by_cause[key]: by_cause[issue] for key, issue in same.issues.items()} == {url("/idrott"): url("/idrott")}


def test_what_says_nothing_is_recognised_by_where_it_stands() -> None:
    def picture(css: str, path: str) -> Outcome:
        return outcome(path=path, selector=f".{css}", html=f'<div class="{css}">')

    same, old, new = recognised([picture("bild", "/a")], [picture("x1f", "/a")])
    assert same.issues == {new[0].key: old[0].key}
    same, _, _ = recognised([picture("bild", "/a")], [picture("x1f", "/b")])
    assert same.issues == {}


def test_a_cause_that_a_rebuild_tore_apart_is_one_issue_again() -> None:
    texts = ["Bidrag", "Lokaler", "Kontakt", "Priser"]
    after = [link(text, css="kort" if number < 2 else "ny-kort") for number, text in enumerate(texts)]
    same, old, new = recognised([link(text) for text in texts], after)
    assert len(new) == 2
    assert set(same.issues.values()) == {old[0].key}


def test_what_another_cause_swallowed_stays_with_its_issue() -> None:
    before = [link("Bidrag", css="kort"), link("Lokaler", css="knapp")]
    same, old, new = recognised(before, [link("Bidrag", css="kort"), link("Lokaler", css="kort")])
    (finding,) = new
    lost = next(one for one in old if one.key != finding.key)
    print_ = prints_of(link("Lokaler", css="kort"))[Layer.ELEMENT]
    assert same.issues == {finding.key: finding.key}
    assert same.apart == {finding.key: {print_: lost.key}}


def test_other_rules_and_outcomes_are_other_issues() -> None:
    old = group([(RULE, link("Bidrag"))])
    for rule, one in (("structure/other", link("Bidrag")), (RULE, replace(link("Bidrag"), kind=OutcomeKind.CANT_TELL))):
        assert recognise(known(old), known(group([(rule, one)]))).issues == {}


TEXTS = st.sampled_from(["Bidrag", "Lokaler", "Kontakt", "Priser", ""])
LINKS = st.lists(
    st.builds(
        link,
        TEXTS,
        path=st.sampled_from(["/a", "/b", "/c"]),
        css=st.sampled_from(["kort", "knapp", "lista"]),
        href=st.sampled_from(["/x", "/y"]),
    ),
    max_size=10,
)


@REPEATABLE
@given(LINKS)
def test_nothing_changed_is_nothing_new(outcomes: list[Outcome]) -> None:
    same, old, _ = recognised(outcomes, outcomes)
    assert same.issues == {one.key: one.key for one in old}
    assert same.apart == {}


@REPEATABLE
@given(LINKS, LINKS, st.randoms(use_true_random=False))
def test_the_order_of_findings_changes_nothing(before: list[Outcome], after: list[Outcome], chance: object) -> None:
    old, new = (group((RULE, one) for one in outcomes) for outcomes in (before, after))
    there, back = recognise(known(old), known(new)), recognise(known(old)[::-1], known(new)[::-1])
    assert there == back


@REPEATABLE
@given(LINKS, LINKS)
def test_an_issue_is_never_made_up_and_keys_that_are_there_keep_theirs(
    before: list[Outcome], after: list[Outcome]
) -> None:
    same, old, new = recognised(before, after)
    keys = {one.key for one in old}
    assert set(same.issues.values()) <= keys
    assert all(same.issues[one.key] == one.key for one in new if one.key in keys)


@REPEATABLE
@given(LINKS)
def test_new_class_names_keep_every_issue(outcomes: list[Outcome]) -> None:
    """Where each cause has words of its own, a rebuild that renames every class loses and joins nothing."""
    apart = [
        link(f"{one.target.text} {one.target.html.split(chr(34))[1]}", path="/a", css=one.target.html.split('"')[1])
        for one in outcomes
    ]
    rebuilt = [link(one.target.text, path="/a", css=one.target.html.split('"')[1][::-1] + "x") for one in apart]
    same, old, new = recognised(apart, rebuilt)
    assert len(new) == len(old)
    assert sorted(same.issues.values()) == sorted(one.key for one in old)
    words = {one.key: {target.target.text for target in one.occurrences} for one in (*old, *new)}
    assert all(words[key] == words[issue] for key, issue in same.issues.items())


NUMBERS = st.sets(st.integers(min_value=0, max_value=2**48 - 1), max_size=40)


@REPEATABLE
@given(NUMBERS, NUMBERS)
def test_what_small_sets_share_is_exact(one: set[int], other: set[int]) -> None:
    told = shared(tuple(sorted(one)), tuple(sorted(other)))
    common = len(one & other)
    assert told == (
        (common / len(one), common / len(other), common / len(one | other)) if one and other else (0.0, 0.0, 0.0)
    )


def test_what_great_sets_share_is_told_from_their_smallest_members() -> None:
    great = [number * 2_654_435_761 % 2**32 for number in range(2000)]
    half = great[:1000]
    sketches = [tuple(sorted(values)[:KEPT]) for values in (great, half)]
    of_great, of_half, together = shared(*sketches)
    assert of_half == 1.0
    assert abs(of_great - 0.5) < 0.2
    assert abs(together - 0.5) < 0.2


def page(
    path: str, heading: str = "", *, canonical: str = "", host: str = "", sketch: Sequence[int] = ()
) -> PageSummary:
    """A page of a run."""
    made = summary(path, main_heading=heading)
    address = f"https://{host}{path}" if host else made.url
    return replace(made, url=address, final_url=address, canonical=canonical, sketch=tuple(sketch))


def test_a_page_moved_to_where_its_old_address_leads() -> None:
    redirected = replace(summary("/gammal", rendered=False), final_url=url("/ny"))
    assert moves([page("/gammal")], [page("/ny"), redirected], {}) == {url("/gammal"): url("/ny")}
    asked = {url("/gammal"): LinkStatus(url=url("/gammal"), status=200, final_url=url("/ny"))}
    assert moves([page("/gammal")], [page("/ny")], asked) == {url("/gammal"): url("/ny")}


def test_a_page_moved_to_what_names_it_as_its_original() -> None:
    assert moves([page("/a")], [page("/b", canonical=url("/a"))], {}) == {url("/a"): url("/b")}
    assert moves([page("/a", canonical=url("/b"))], [page("/b")], {}) == {url("/a"): url("/b")}


def test_a_page_moved_with_its_site() -> None:
    before, after = [page("/"), page("/a")], [page("/", host="nya.example"), page("/a", host="nya.example")]
    assert moves(before, after, {}) == {url("/"): "https://nya.example/", url("/a"): "https://nya.example/a"}


def test_a_page_moved_with_its_heading_and_text() -> None:
    before = [page("/a", "Bidrag", sketch=range(20)), page("/b", "Lokaler", sketch=range(20, 40))]
    after = [page("/c", "Bidrag", sketch=range(2, 20)), page("/d", "Lokaler", sketch=range(50, 70))]
    assert moves(before, after, {}) == {url("/a"): url("/c")}


def test_a_page_that_stands_where_it_stood_has_not_moved() -> None:
    stays = page("/a", "Bidrag", sketch=range(20))
    assert moves([stays], [stays, page("/b", "Bidrag", canonical=url("/a"), sketch=range(20))], {}) == {}


def test_the_front_page_is_no_new_place_for_what_was_taken_away() -> None:
    """A redirect of everything old to the start page moves nothing: that page was there before."""
    gone = [replace(summary(path, rendered=False), final_url=url("/")) for path in ("/a", "/b")]
    assert moves([page("/"), page("/a"), page("/b")], [page("/"), *gone], {}) == {}


def test_two_pages_do_not_move_to_one() -> None:
    gone = [replace(summary(path, rendered=False), final_url=url("/ny")) for path in ("/a", "/b")]
    assert moves([page("/a"), page("/b")], [page("/ny"), *gone], {}) == {url("/a"): url("/ny")}


@pytest.mark.parametrize(("address", "name"), [(url("/a?b=c"), "/a?b=c"), ("https://x.example", "/"), ("//[", "//[")])
def test_a_page_is_called_by_its_path(address: str, name: str) -> None:
    assert own_name(address) == name
