"""Which queries are asked on a phone too, and when its lists are the same."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from auditor.model.search import Answer, Hit, Question
from auditor.model.sitesearch import Family, SearchQuery, Variant
from auditor.sitesearch.phone import SAMPLE, sampled, set_beside

FAMILIES = (Family.TASK, Family.KNOWN, Family.ANCHOR)


def query(text: str, family: Family = Family.TASK, variant: Variant | None = None) -> SearchQuery:
    return SearchQuery(text=text, family=family, grades={}, variant=variant)


def answer(text: str, *urls: str, untested: str = "") -> Answer:
    hits = tuple(Hit(url=url, title=url, place=place) for place, url in enumerate(urls, 1))
    return Answer(question=Question(query=text), hits=hits, untested=untested)


def test_the_sample_is_seeded_and_spread_over_families() -> None:
    queries = [query(f"{family} {number}", family) for family in FAMILIES for number in range(9)]
    answers = {one.text: answer(one.text, "/a") for one in queries}
    found = sampled(queries, answers, 1)
    assert sampled(queries, answers, 1) == found
    assert any(sampled(queries, answers, seed) != found for seed in range(2, 6))
    assert len(found) == SAMPLE
    assert Counter(one.family for one in found).keys() == set(FAMILIES)


def test_what_says_little_is_asked_last_or_not_at_all() -> None:
    queries = [query("ingen"), *(query(text) for text in "abcde"), query("f", variant=Variant.TYPO)]
    queries += [query("g", Family.TITLE), query("h")]
    answers = {one.text: answer(one.text, "/a") for one in queries}
    answers["ingen"], answers["h"] = answer("ingen"), answer("h", untested="search-unread")
    assert sorted(one.text for one in sampled(queries, answers, 1)) == list("abcde")
    few = sampled(queries[:2], answers, 1)
    assert [one.text for one in few] == ["a", "ingen"]


@given(st.lists(st.lists(st.sampled_from("abcd"), max_size=14), min_size=3, max_size=6))
def test_the_same_lists_are_alike_and_one_other_hit_tells(lists: list[list[str]]) -> None:
    desktop = {str(number): answer(str(number), *urls) for number, urls in enumerate(lists)}
    beside = set_beside(desktop, desktop, str)
    assert (beside.compared, beside.differing, beside.untested) == (len(lists), (), "")
    other = {**desktop, "0": answer("0", "e", *lists[0])}
    assert set_beside(desktop, other, str).differing == ("0",)


def test_addresses_of_one_page_are_one() -> None:
    desktop, phone = {"a": answer("a", "/b")}, {"a": answer("a", "/m/b")}
    assert set_beside(desktop, phone, lambda url: url.removeprefix("/m")).differing == ()
    assert set_beside(desktop, phone, str).differing == ("a",)
