"""Telephone numbers in Swedish text, and what only looks like one."""

import pytest

from auditor.derive.telephone import call_problem, called_number, find_phones, normal_phone


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Ring 08-535 300 00.", "+46853530000"),
        ("0470-410 00", "+4647041000"),
        ("Växel 0300–83 40 00", "+46300834000"),
        ("(08) 535 300 00", "+46853530000"),
        ("+46 (0)8-535 300 00", "+46853530000"),
        ("0046 8 535 300 00", "+46853530000"),
        ("070 123 45 67", "+46701234567"),
        ("0701-23 45 67", "+46701234567"),
        ("0701234567", "+46701234567"),
        ("Telefon: 047041000", "+4647041000"),
        ("0771-123 456", "+46771123456"),
        ("020-12 34 56", "+4620123456"),
        ("011-15 00 00 (växel)", "+4611150000"),
        ("0304-33 40 00", "+46304334000"),
    ],
)
def test_a_number_is_found_and_normalised(text: str, value: str) -> None:
    assert [phone.value for phone in find_phones(text)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "Org.nr 212000-0142",
        "Organisationsnummer: 0470-410 00",
        "Bankgiro 0123-4567",
        "Plusgiro: 08-12 34 56",
        "Dnr 2019-0123 456",
        "KFN 2022/0123-45 67",
        "Fax: 0470-410 00",
        "Swish 070-123 45 67",
        "ISBN 091-123 45 67",
        "GLN 0735 12345 6789",
        "öppet 0800-1630",
        "0815-1600",
        "kl 08-16 2024",
        "lör 08-16 12 30",
        "08-12 13-17",
        "07-25 år",
        "01-02 2024",
        "2024-05-15",
        "010203-1234",
        "0200 000 kr",
        "0-25 år 10 000 kr",
        "A0470-410 00",
        "0123456789",
        "047041000",
        "0470-410 00 000 00",
        "01 02 03 04 05",
        "0012 34 56 78",
    ],
)
def test_what_only_looks_like_a_number_is_left(text: str) -> None:
    assert find_phones(text) == []


def test_words_before_the_text_may_say_what_the_number_is() -> None:
    assert find_phones("0470-410 00", before="Organisationsnummer") == []
    assert [phone.shown for phone in find_phones("047041000", before="Telefon:")] == ["047041000"]


def test_several_numbers_are_told_apart() -> None:
    found = find_phones("Tel 010-123 45 67, fax 010-123 45 68, jour 070-123 45 67")

    assert [phone.shown for phone in found] == ["010-123 45 67", "070-123 45 67"]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("08-535 300 00", "+46853530000"),
        ("+46 08-535 300 00", "+46853530000"),
        ("+358 18 531 00", "+3581853100"),
        ("112", "112"),
    ],
)
def test_one_number_has_one_normal_form(written: str, value: str) -> None:
    assert normal_phone(written) == value


@pytest.mark.parametrize(
    ("href", "problem"),
    [
        ("tel:+46853530000", ""),
        ("tel:08-535%20300%2000", ""),
        ("tel://0470-41000", ""),
        ("tel:+46-470-41000;ext=12", ""),
        ("tel:112", ""),
        ("tel:116117", ""),
        ("tel:+35818531000", ""),
        ("tel:", "empty"),
        ("tel:0470-41OOO", "characters"),
        ("tel:0470+41000", "characters"),
        ("tel:41000000", "prefix"),
        ("tel:46853530000", "prefix"),
        ("tel:0470-410", "length"),
        ("tel:047041000047041001", "length"),
        ("tel:+468", "length"),
        ("tel:+46(0)853530000", "zero"),
    ],
)
def test_an_address_that_calls_is_judged(href: str, problem: str) -> None:
    assert call_problem(called_number(href)) == problem
