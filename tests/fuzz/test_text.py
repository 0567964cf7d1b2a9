"""Addresses, texts and documents that nobody meant."""

import json
from datetime import date

from hypothesis import example, given
from hypothesis import strategies as st

from auditor.derive.abbreviations import unexplained
from auditor.derive.contacts import addressees, find_mailboxes
from auditor.derive.dates import find_dates
from auditor.derive.deadlines import latest_date, yearless_deadline
from auditor.derive.file_name import file_name
from auditor.derive.language import guess_language
from auditor.derive.readability import readability, split_sentences
from auditor.derive.results import says_nothing_found, told_count
from auditor.derive.scope import SiteScope
from auditor.derive.search_way import absolute_template, fill, learned_template
from auditor.derive.statement import read_statement
from auditor.derive.statements import last_days, statements
from auditor.derive.telephone import call_problem, called_number, find_phones
from auditor.derive.urls import canonical, host_of, is_web_page, path_of
from auditor.gather.robots import parse_robots
from auditor.gather.sitemap import parse_sitemap
from auditor.gather.tab import from_json
from auditor.model.config import ScopeConfig
from auditor.model.page import Document
from auditor.text.words import tokens
from tests.builders import START
from tests.fuzz.strategies import ADDRESS, FUZZ, MARKUP, TEXT

SCOPE = SiteScope(start=START, hosts=frozenset({"www.kommun.example"}), config=ScopeConfig())


@FUZZ
@given(ADDRESS, ADDRESS)
@example("", "\r")
@example("\t", "http://javascript:http://")
@example("http://[", "")
def test_addresses(address: str, base: str) -> None:
    one = canonical(address, base)
    assert canonical(one) == one
    assert SCOPE.holds(one) in (True, False)
    assert SCOPE.is_handoff(one) in (True, False)
    assert is_web_page(one) in (True, False)
    assert isinstance(host_of(one) + path_of(one), str)
    name = file_name(one)
    assert name.isascii()
    assert len(name) < 60
    assert not set(name) & set("/\\:\0")


@FUZZ
@given(ADDRESS, TEXT)
@example("", "\ud800")
def test_addresses_of_results(address: str, query: str) -> None:
    template = absolute_template(address, START)
    assert isinstance(fill(template, query), str)
    learned = learned_template(address, query)
    assert learned == "" or "{query}" in learned


@FUZZ
@given(TEXT)
def test_swedish_text(text: str) -> None:
    for found in find_dates(text):
        assert isinstance(found.day, date | None)
    latest_date(text)
    yearless_deadline(text)
    last_days(text)
    find_phones(text)
    find_mailboxes(text)
    addressees(text)
    call_problem(called_number(text))
    unexplained([text], text, ())
    guess_language(text, least_words=1)
    readability([text])
    assert "".join("".join(split_sentences(text)).split()) in "".join(text.split()) or split_sentences(text)
    assert all(tokens(text))
    count = told_count(text)
    assert count is None or count >= 0
    says_nothing_found(text, [text])


@FUZZ
@given(MARKUP)
def test_documents(html: str) -> None:
    document = Document(url=START, html=html.encode("utf-8", "replace").decode(), today="2024-05-15")
    list(statements(document))
    read_statement(document)


@FUZZ
@given(st.one_of(TEXT, MARKUP))
def test_robots(text: str) -> None:
    rules = parse_robots(f"User-agent: *\n{text}\nCrawl-delay: {text}\nSitemap: {text}")
    assert rules.allows(START) in (True, False)


@FUZZ
@given(st.one_of(MARKUP.map(lambda text: text.encode("utf-8", "replace")), st.binary(max_size=200)), st.booleans())
def test_sitemaps(body: bytes, framed: bool) -> None:
    whole = b"<urlset><url><loc>https://a.example/</loc>" + body + b"</url></urlset>" if framed else body
    found = parse_sitemap(whole)
    assert all(isinstance(entry.url, str) for entry in found.entries)


@FUZZ
@given(st.text(st.characters(exclude_categories=())))
@example('\ud83d" \\ud83d \\\\ud83d')
@example("\U00010000")
def test_what_scripts_say(text: str) -> None:
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    # As JSON.stringify writes it: nothing is escaped but halves of pairs that stand alone.
    told = "".join(
        f"\\u{ord(letter):04x}" if "\ud800" <= letter <= "\udfff" else json.dumps(letter, ensure_ascii=False)[1:-1]
        for letter in whole
    )
    said = from_json(f'{{"text": "{told}"}}')["text"]
    assert said == "".join("\ufffd" if "\ud800" <= letter <= "\udfff" else letter for letter in whole)
