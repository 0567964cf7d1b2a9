# ruff: noqa: E501 – markup, a line each
"""Pages of results as sites build them: what is recognised on each without knowing the site."""

import pytest

from auditor.catalogue.load import load_catalogue
from auditor.derive.result_page import ResultPage, read_result_page
from auditor.derive.result_selectors import ResultSelectors
from auditor.derive.result_words import leads_on, names_an_order, order_of, search_words
from auditor.model.search import Order

WORDS = search_words(load_catalogue().lexicon)
HERE = "https://www.sjoboda.example/sok?q=bidrag"
SITE = "https://www.sjoboda.example"


def read(html: str, *, query: str = "bidrag", **more: str) -> ResultPage:
    """The page of results at its usual address."""
    return read_result_page(html.replace('="/', f'="{SITE}/'), HERE, query, WORDS, pattern=more.get("pattern", ""))


def titles(page: ResultPage) -> list[str]:
    """What the hits are called."""
    return [hit.title for hit in page.hits]


FRAME = """<header><nav><ul><li><a href="/a/">Bidrag</a></li><li><a href="/b/">Lokaler</a></li><li><a href="/c/">Om oss</a></li>
</ul></nav></header><main>{}</main><footer><ul><li><a href="/k/">Kontakt om bidrag</a></li><li><a href="/t/">Om bidrag</a></li></ul></footer>"""

LISTS = {
    "headings in a list": '<h1>Sök</h1><ol class="x"><li class="hit first"><h2><a href="/1">Aktivitetsbidrag</a></h2><p>Bidrag till aktiviteter</p></li>'
    '<li class="hit"><h2><a href="/2">Lokalbidrag</a></h2><p>Bidrag till lokal. 2022-03-01</p></li></ol>',
    "terms": '<dl class="ess-hits"><dt>1. <a href="/1">Aktivitetsbidrag</a></dt><dd>Bidrag till aktiviteter <a href="/1">visa</a></dd>'
    '<dt>2. <a href="/2">Lokalbidrag</a></dt><dd>Bidrag till lokal. 1 mars 2022</dd></dl>',
    "headings with paragraphs between": '<h1>Sökresultat</h1><h3><a href="/1">Aktivitetsbidrag</a></h3><p>Bidrag till aktiviteter</p>'
    '<h3><a href="/2">Lokalbidrag</a></h3><p>Bidrag till lokal <time datetime="2022-03-01">i mars</time></p>',
    "cards that are links": '<div class="grid"><a class="card" href="/1"><h3>Aktivitetsbidrag</h3><p>Bidrag</p></a>'
    '<a class="card" href="/2"><h3>Lokalbidrag</h3><p>Bidrag 2022-03-01</p></a></div>',
    "rows of a table": '<table><tbody><tr><td><a href="/1">Aktivitetsbidrag</a></td><td>Bidrag till aktiviteter för unga</td></tr>'
    '<tr><td><a href="/2">Lokalbidrag</a></td><td>Bidrag till lokal, 2022-03-01</td></tr></tbody></table>',
    "each in a box of its own": '<div class="row-1"><article><h2><a href="/1">Aktivitetsbidrag</a></h2><p>Bidrag</p></article></div>'
    '<div class="row-2"><article><h2><a href="/2">Lokalbidrag</a></h2><p>Bidrag, 2022-03-01</p></article></div>',
}


@pytest.mark.parametrize("body", LISTS.values(), ids=LISTS)
def test_the_list_of_hits_is_found(body: str) -> None:
    page = read(FRAME.format(body))

    assert titles(page) == ["Aktivitetsbidrag", "Lokalbidrag"]
    assert [hit.url for hit in page.hits] == [f"{SITE}/1", f"{SITE}/2"]
    assert [hit.day for hit in page.hits] == ["", "2022-03-01"]
    assert [hit.place for hit in page.hits] == [1, 2]


@pytest.mark.parametrize("body", LISTS.values(), ids=LISTS)
def test_a_single_hit_is_known_by_the_pattern_of_others(body: str) -> None:
    pattern = read(FRAME.format(body)).pattern
    lone = FRAME.format(body.replace("Bidrag", "Pengar").replace("bidrag", "pengar"))

    assert titles(read(lone, query="affisch", pattern=pattern))


def test_menus_footers_and_popular_pages_are_no_hits() -> None:
    body = '<h1>Inga träffar på qzx</h1><h2>Populära sidor</h2><ul><li><a href="/1">Bidrag</a></li><li><a href="/2">Lokaler</a></li></ul>'
    page = read(FRAME.format(body), query="qzx")

    assert page.hits == ()
    assert page.says_nothing
    assert page.count == 0


def test_a_page_that_says_nothing_of_a_search_is_not_recognised() -> None:
    assert not read(FRAME.format("<h1>Välkommen</h1><p>Här finns allt.</p>")).recognised


def test_numbers_in_hits_are_not_the_number_of_hits() -> None:
    body = LISTS["headings in a list"].replace("Bidrag till aktiviteter", "Laget fick 14 träffar")
    page = read(FRAME.format("<p>Visar 1–2 av totalt 46 träffar</p>" + body))

    assert page.count == 46
    assert not page.approximate
    assert read(FRAME.format("<p>Cirka 120 träffar</p>" + body)).approximate


@pytest.mark.parametrize(
    ("name", "order"),
    [
        ("Relevans", Order.RELEVANCE),
        ("Sortera efter relevans", Order.RELEVANCE),
        ("A–Ö", Order.TITLE),
        ("Titel (A till Ö)", Order.TITLE),
        ("Titel A - Ö", Order.TITLE),
        ("Ö-A", Order.TITLE_BACK),
        ("Titel, fallande", Order.TITLE_BACK),
        ("Bokstavsordning", Order.TITLE),
        ("Datum", Order.DATE),
        ("Nyast först", Order.DATE),
        ("Datum (äldst först)", Order.DATE_BACK),
        ("Senast uppdaterad ▼", Order.DATE),
        ("Oldest first", Order.DATE_BACK),
        ("Sidor", None),
        ("", None),
    ],
)
def test_orders_by_name(name: str, order: Order | None) -> None:
    assert order_of(name, WORDS) is order
    assert order is None or names_an_order(name, WORDS)


def test_a_sentence_or_a_subject_names_no_order() -> None:
    assert order_of("Datum för nästa utbetalning av bidrag till föreningar i kommunen", WORDS) is None
    assert not names_an_order("Datum för utbetalning", WORDS)


@pytest.mark.parametrize(
    "name",
    [
        "Nästa",
        "Nästa sida",
        "»",
        "Visa fler",
        "Visa nästa 10 »",
        "Ladda fler träffar",
        "Next",
        "Load more",
        "Visa 10 fler",
    ],
)
def test_what_leads_on(name: str) -> None:
    assert leads_on(name)


@pytest.mark.parametrize("name", ["Nästa möte i nämnden", "Föregående", "1", "Visa", "Läs mer om bidrag"])
def test_what_does_not_lead_on(name: str) -> None:
    assert not leads_on(name)


HITS = LISTS["headings in a list"]


SORTERS = {
    "links": '<p>Sortera träffar efter: <a href="/sok?q=bidrag&amp;s=r">Relevans</a> <a href="/sok?q=bidrag&amp;s=d">Datum</a></p>',
    "a select field": '<form action="/sok"><input type="hidden" name="q" value="bidrag"><label for="s">Sortera</label>'
    '<select id="s" data-n="4"><option value="r">Relevans</option><option value="d">Datum</option></select></form>',
    "radio buttons": '<fieldset><legend>Sortera efter</legend><label><input type="radio" name="s" data-n="1">Relevans</label>'
    '<label><input type="radio" name="s" data-n="2">Datum</label></fieldset>',
    "buttons": '<div><button data-n="1">Relevans</button><button data-n="2">Datum</button></div>',
    "tabs": '<ul role="tablist"><li role="tab" data-n="1">Relevans</li><li role="tab" data-n="2">Datum</li></ul>',
    "a menu that a script makes": '<div>Sortera <span onclick="a()" data-n="1">Relevans</span><span onclick="b()" data-n="2">Datum</span></div>',
}  # fmt: skip


@pytest.mark.parametrize("sorter", SORTERS.values(), ids=SORTERS)
def test_what_sorts_is_found(sorter: str) -> None:
    page = read(FRAME.format(sorter + HITS))

    assert set(page.orders) == {Order.RELEVANCE, Order.DATE}
    assert titles(page) == ["Aktivitetsbidrag", "Lokalbidrag"]


def test_words_for_orders_elsewhere_sort_nothing() -> None:
    elsewhere = '<form action="/kontakt" method="post"><label>Datum <input type="radio" data-n="1"></label><label>Namn <input type="radio" data-n="2"></label></form>'
    news = '<ul><li><a href="/nyheter/">Senaste</a></li><li><a href="/a-o/">A–Ö</a></li></ul>'

    assert read(FRAME.format(elsewhere + news + HITS)).orders == {}


NARROWERS = {
    "links with numbers": '<ul><li><a href="/sok?q=bidrag">Alla (12)</a></li><li><a href="/sok?q=bidrag&amp;t=s">Sidor (10)</a></li><li><a href="/sok?q=bidrag&amp;t=d">Dokument (2)</a></li></ul>',
    "boxes": '<fieldset><legend>Typ</legend><label><input type="checkbox" data-n="1">Sidor <span>10</span></label><label><input type="checkbox" data-n="2">Dokument <span>2</span></label></fieldset>',
    "buttons": '<div role="group" aria-label="Filtrera"><button data-n="1">Alla 12</button><button data-n="2">Sidor 10</button><button data-n="3">Dokument 2</button></div>',
    "a select field": '<label for="t">Innehållstyp</label><select id="t" data-n="3"><option value="">Alla (12)</option><option value="s">Sidor (10)</option><option value="d">Dokument (2)</option></select>',
}  # fmt: skip


@pytest.mark.parametrize("narrower", NARROWERS.values(), ids=NARROWERS)
def test_what_narrows_is_found(narrower: str) -> None:
    page = read(FRAME.format(narrower + HITS))

    assert {(choice.label, choice.count) for choice in page.choices} == {("Sidor", 10), ("Dokument", 2)}
    assert page.orders == {}


PAGERS = {
    "a link called next": ('<nav><a href="/sok?q=bidrag&amp;p=2">2</a> <a href="/sok?q=bidrag&amp;p=2">Nästa »</a></nav>', False),
    "numbers alone": ('<ul><li aria-current="page">1</li><li><a href="/sok?q=bidrag&amp;p=2">2</a></li><li><a href="/sok?q=bidrag&amp;p=3">3</a></li></ul>', False),
    "a button for more": ('<button data-n="9">Visa fler träffar</button>', True),
}  # fmt: skip


@pytest.mark.parametrize(("pager", "adds"), PAGERS.values(), ids=PAGERS)
def test_what_leads_to_further_hits_is_found(pager: str, adds: bool) -> None:
    page = read(FRAME.format(HITS + pager))

    assert page.controls.onward
    assert page.controls.adds is adds
    assert adds or page.controls.onward.address.endswith("p=2")
    assert page.choices == {}


def test_the_last_page_leads_nowhere() -> None:
    pager = '<ul><li><a href="/sok?q=bidrag&amp;p=1">1</a></li><li aria-current="page"><a href="/sok?q=bidrag&amp;p=2">2</a></li></ul>'

    assert read(FRAME.format(HITS + pager)).controls.onward is None


def test_a_site_file_says_what_a_hit_is() -> None:
    body = '<div class="q"><span><a href="/1">Aktiviteter</a></span></div><p class="n">Antal träffar: 1</p>'.replace(
        '="/', f'="{SITE}/'
    )
    page = read_result_page(
        FRAME.format(body), HERE, "bidrag", WORDS, selectors=ResultSelectors(hit=".q span", count=".n")
    )

    assert titles(page) == ["Aktiviteter"]
    assert page.count == 1


GIVEN = """<main><a data-n="1" data-az="x">Upp</a><select id="s" data-n="2"><option value="r">1</option><option value="d" class="new">2</option></select>
<ul class="facets"><li><a data-n="3">Nyheter</a></li><li><a href="/sok?q=bidrag&amp;t=s">Sidor (4)</a></li></ul>
<button data-n="4" class="more">+</button><ol>{}</ol>
<form method="post" action="/kontakt"><button data-n="5" class="more" data-az="post">+</button></form></main>"""


def test_a_site_file_says_what_sorts_narrows_and_leads_on() -> None:
    html = GIVEN.format(HITS).replace('="/', f'="{SITE}/')
    given = ResultSelectors(
        sort={Order.TITLE: "[data-az=x]", Order.DATE: "#s .new", Order.DATE_BACK: ".old"},
        filters=".facets a",
        next="button.more",
    )
    page = read_result_page(html, HERE, "bidrag", WORDS, selectors=given)

    assert {order: (press.number, press.option) for order, press in page.orders.items()} == {
        Order.TITLE: (1, ""),
        Order.DATE: (2, "d"),
    }
    assert {(choice.label, choice.count, press.number) for choice, press in page.choices.items()} == {
        ("Nyheter", None, 3),
        ("Sidor", 4, None),
    }
    assert page.controls.onward
    assert page.controls.onward.number == 4


def test_a_site_file_cannot_have_another_form_sent() -> None:
    given = ResultSelectors(sort={Order.TITLE: "[data-az=post]"}, next="form .more", filters="form button")
    page = read_result_page(GIVEN.format(HITS), HERE, "bidrag", WORDS, selectors=given)

    assert (page.orders, page.choices, page.controls.onward) == ({}, {}, None)


def test_what_only_marks_the_words_is_no_part_of_a_hit_s_address() -> None:
    body = HITS.replace('href="/1"', 'href="/1?highlight=bidrag&amp;id=7"').replace(
        'href="/2"', 'href="/2?highlight=Bidrag"'
    )

    assert [hit.url for hit in read(FRAME.format(body)).hits] == [f"{SITE}/1?id=7", f"{SITE}/2"]


def test_hits_that_lie_over_the_header_are_found_where_one_looks_everywhere() -> None:
    body = '<header><div role="search"><ul><li><a href="/1">Bidrag A</a></li><li><a href="/2">Bidrag B</a></li><li><a href="/0" data-seen>Bidrag</a></li></ul></div></header><main><p>Hej</p></main>'
    html = body.replace('="/', f'="{SITE}/')

    assert read_result_page(html, f"{SITE}/", "bidrag", WORDS).hits == ()
    over = read_result_page(html, f"{SITE}/", "bidrag", WORDS, overlay=True)
    assert titles(over) == ["Bidrag A", "Bidrag B"]


def test_what_came_by_typing_needs_no_teaser_to_be_a_hit() -> None:
    hits = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("Stöd", "Lokaler", "Kontakt"))
    html = f"<div>{{}}<ul>{hits}</ul></div><main><p>Hej</p></main>".replace('="/', f'="{SITE}/')

    assert read_result_page(html.format(""), f"{SITE}/", "bidrag", WORDS).hits == ()
    assert titles(read_result_page(html.format(""), f"{SITE}/", "bidrag", WORDS, overlay=True)) == [
        "Stöd",
        "Lokaler",
        "Kontakt",
    ]
    none = read_result_page(html.format("Inga träffar. Prova:"), f"{SITE}/", "bidrag", WORDS, overlay=True)
    assert (none.hits, none.says_nothing) == ((), True)


def test_hits_of_another_class_are_hits_and_what_is_built_otherwise_is_none() -> None:
    pinned = (
        '<li class="pinned"><h2><a href="/3">Bidrag till kultur</a></h2><p>Bidrag till den som ordnar kultur</p></li>'
    )
    more = '<li class="more"><a href="/alla">Alla bidrag</a></li>'
    hits = HITS.replace("</ol>", "{}</ol>").replace('class="hit first"', 'class="hit"')

    first = read(FRAME.format(hits.format(pinned)))
    assert titles(first) == ["Aktivitetsbidrag", "Lokalbidrag", "Bidrag till kultur"]
    assert titles(read(FRAME.format(hits.format(more)))) == ["Aktivitetsbidrag", "Lokalbidrag"]
    plain = read(FRAME.format(hits.format(""))).pattern
    assert titles(read(FRAME.format(hits.format(pinned)), pattern=plain)) == titles(first)


def test_a_hit_that_lists_parts_of_its_page_is_one_hit() -> None:
    hit = '<li><a href="/{0}/"><h2>Bidrag {0}</h2></a><a href="/{0}/#vem"><h3>Vem får bidrag?</h3><p>En förening.</p></a></li>'
    page = read(FRAME.format("<ol>" + hit.format(1) + hit.format(2) + "</ol>"))

    assert [hit.url for hit in page.hits] == [f"{SITE}/1/", f"{SITE}/2/"]
    assert titles(page) == ["Bidrag 1", "Bidrag 2"]
