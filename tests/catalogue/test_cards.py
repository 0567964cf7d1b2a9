"""Rule cards: each mistake is told with file and line."""

from pathlib import Path
from typing import Any

import pytest

from auditor.catalogue.cards import read_card
from auditor.catalogue.lexicon import Lexicon, read_lexicon
from auditor.catalogue.load import card_paths, load_catalogue
from auditor.catalogue.scaffold import new_card
from auditor.errors import CardError, ConfigError
from auditor.model.page import Document
from auditor.model.rule import Rule
from auditor.model.vocabulary import Area, Language, OutcomeKind, Scope, Severity, Viewport

CARD = """---
title: Pages have a title
check: checks.py:titled
severity: serious
requirements: ["wcag21:2.4.2"]
options:
  words: {lexicon: empty_titles}
messages:
  missing: "The title «{title}» says nothing."
---
## Why

One cannot tell pages apart.

## Applicability

Every page.

## Expectation

It has a title.

## How to repair

Write one.

## Assumptions

None.

## Test cases

### Passed: a title
```html
<title>Bidrag</title>
```

### Failed: two pages
`/`:
```html status=200 query="söka bidrag"
<title></title>
```

`/andra`:
```html
<title>Andra</title>
```

### Inapplicable: no page
```html
<p>x</p>
```
"""

SIBLING = """---
title: Sidor har en titel
messages:
  missing: "Titeln ”{title}” säger ingenting."
---
## Varför

Annars går sidorna inte att skilja åt.

## Så rättar ni

Skriv en titel.
"""

CHECKS = '''
from collections.abc import Iterator

from auditor.model.outcome import Outcome, passed
from auditor.model.page import Document


def titled(document: Document, *, words: tuple[str, ...], most: int = 60) -> Iterator[Outcome]:
    """Pages have a title."""
    yield passed()


def also_titled(document: Document) -> Iterator[Outcome]:
    """Pages have a title too."""
    yield passed()


def counts(number: int) -> int:
    """No check."""
    return number


def _hidden(document: Document) -> Iterator[Outcome]:
    yield passed()
'''

LEXICON: Lexicon = {"empty_titles": ("namnlös", "untitled"), "hub": ("förening",)}


def write(
    folder: Path,
    card: str = CARD,
    sibling: str | None = SIBLING,
    checks: str = CHECKS,
    *,
    name: str = "structure/titles",
) -> Path:
    """A rules folder with one card; gives the card's path."""
    path = folder / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(card, encoding="utf-8")
    (folder / "checks.py").write_text(checks, encoding="utf-8")
    if sibling is not None:
        path.with_suffix(".sv.md").write_text(sibling, encoding="utf-8")
    return path


def read(path: Path, folder: Path, overrides: dict[str, Any] | None = None) -> Rule:
    """The rule of the card at *path*."""
    return read_card(path, folder, LEXICON, overrides or {})


def test_a_card_becomes_a_rule(tmp_path: Path) -> None:
    path = write(tmp_path)
    rule = read(path, tmp_path)
    assert (rule.id, rule.area, rule.severity) == ("structure/titles", Area.STRUCTURE, Severity.SERIOUS)
    assert rule.scope is Scope.DOCUMENT
    assert rule.requirements == ("wcag21:2.4.2",)
    assert not rule.good_practice
    assert rule.viewports == (Viewport.PHONE, Viewport.DESKTOP)
    assert rule.options == {"words": ("namnlös", "untitled")}
    assert rule.card == path
    assert rule.check is not None
    assert [one.kind for one in rule.check(Document(url="", html=""))] == [OutcomeKind.PASSED]
    assert rule.text(Language.SWEDISH).title == "Sidor har en titel"
    assert rule.text(Language.SWEDISH).why == "Annars går sidorna inte att skilja åt."
    assert rule.text(Language.SWEDISH).repair == "Skriv en titel."
    assert rule.text(Language.ENGLISH).messages == {"missing": "The title «{title}» says nothing."}


def test_a_card_says_what_it_decides_and_overrules(tmp_path: Path) -> None:
    keys = (
        'act: [b4f0c3]\nbeyond: ["wcag21:2.4.9"]\noverrules: [axe/meta-viewport]\nmessages:\n  overruled: "axe errs."'
    )
    rule = read(write(tmp_path, CARD.replace("messages:", keys)), tmp_path)
    assert (rule.act, rule.beyond, rule.overrules) == (("b4f0c3",), ("wcag21:2.4.9",), ("axe/meta-viewport",))


def test_a_card_overrules_axe_alone_and_says_why(tmp_path: Path) -> None:
    for given, why in (("structure/titles", "only axe's rules"), ("axe/meta-viewport", "message overruled is missing")):
        path = write(tmp_path, CARD.replace("messages:", f"overrules: [{given}]\nmessages:"))
        with pytest.raises(CardError, match=rf"titles\.md:\d+: .*{why}"):
            read(path, tmp_path)


def test_examples_are_read_with_their_kind_files_and_line(tmp_path: Path) -> None:
    passed, failed, inapplicable = read(write(tmp_path), tmp_path).examples
    assert (passed.title, passed.expected, passed.line) == ("a title", OutcomeKind.PASSED, 33)
    assert passed.files["/"].html == "<title>Bidrag</title>\n"
    assert (failed.expected, inapplicable.expected) == (OutcomeKind.FAILED, OutcomeKind.INAPPLICABLE)
    assert list(failed.files) == ["/", "/andra"]
    assert failed.files["/"].attributes == {"status": "200", "query": "söka bidrag"}
    assert CARD.splitlines()[failed.line - 1] == "### Failed: two pages"


def test_a_site_can_replace_options(tmp_path: Path) -> None:
    rule = read(write(tmp_path), tmp_path, {"most": 10, "words": ["start"]})
    assert rule.options == {"words": ("start",), "most": 10}


MISTAKES = {
    "no front matter": ("---\ntitle: Pages", "title: Pages", 1, "no front matter"),
    "front matter without end": ('says nothing."\n---\n', 'says nothing."\n', 1, "no front matter"),
    "broken YAML": ("severity: serious", "severity: [serious", 5, "the front matter is no valid YAML: "),
    "control character": ("severity: serious", "severity: \x07", 2, "the front matter is no valid YAML: "),
    "impossible date": ("severity: serious", "severity: 2024-13-45", 2, "the front matter is no valid YAML: month"),
    "unknown key": ("severity: serious", "severity: serious\nseverty: x", 5, "unknown key severty; known are act, "),
    "no title": ("title: Pages have a title\n", "", 1, "the front matter lacks title"),
    "no check": ("check: checks.py:titled\n", "", 1, "the front matter lacks check"),
    "no severity": ("severity: serious\n", "", 1, "the front matter lacks severity"),
    "bad severity": ("severity: serious", "severity: high", 4, "severity is high, but must be one of minor, moderate,"),
    "bad viewport": (
        "severity: serious",
        "severity: serious\nviewports: [phone, tablet]",
        5,
        "viewports is tablet, but must be one of phone, desktop, narrow",
    ),
    "viewports as word": ("severity: serious", "severity: serious\nviewports: phone", 5, "viewports must be a list"),
    "requirements as word": ('["wcag21:2.4.2"]', "wcag21:2.4.2", 5, "requirements must be a list"),
    "messages as word": (
        'messages:\n  missing: "The title «{title}» says nothing."',
        "messages: missing",
        8,
        "messages must be a mapping",
    ),
    "options as list": (
        "options:\n  words: {lexicon: empty_titles}",
        "options: [words]",
        6,
        "options must be a mapping",
    ),
    "no such check": (
        "checks.py:titled",
        "checks.py:tilted",
        3,
        "no check tilted in checks.py; there are also_titled, counts, titled",
    ),
    "no such file": ("checks.py:titled", "chekcs.py:titled", 3, "no file "),
    "no such module": ("checks.py:titled", "town.no_such.checks:titled", 3, "no module town.no_such.checks"),
    "no such check of ours": (
        "checks.py:titled",
        "structure.headings_order",
        3,
        "no check headings_order in structure",
    ),
    "no such module of ours": ("checks.py:titled", "strukture.heading_order", 3, "no module auditor.checks.strukture"),
    "a check without module": ("checks.py:titled", "heading_order", 3, "no module auditor.checks."),
    "unknown option": ("  words:", "  least: 3\n  words:", 6, "check titled has no option least; it has words, most"),
    "missing option": (
        "options:\n  words: {lexicon: empty_titles}\n",
        "options:\n",
        6,
        "check titled needs the option words",
    ),
    "unknown list": (
        "lexicon: empty_titles",
        "lexicon: empty_title",
        6,
        "no list empty_title in the lexicon; there are empty_titles, hub",
    ),
    "missing section": ("## Assumptions", "## Assumption", 1, "section «## Assumptions» is missing"),
    "test case without kind": (
        "### Passed: a title",
        "### a title",
        33,
        "a test case is headed «Passed: …», «Failed: …», «Inapplicable: …» or «CantTell: …»",
    ),
    "test case without HTML": (
        "```html\n<title>Bidrag</title>\n```\n",
        "```\n<title>Bidrag</title>\n```\n",
        33,
        "the test case «a title» holds no HTML",
    ),
    "last test case without HTML": (
        "```html\n<p>x</p>\n```\n",
        "",
        49,
        "the test case «no page» holds no HTML",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_a_card_is_told_with_its_line(mistake: str, tmp_path: Path) -> None:
    before, after, line, why = MISTAKES[mistake]
    assert CARD.count(before) == 1
    path = write(tmp_path, CARD.replace(before, after))
    with pytest.raises(CardError) as caught:
        read(path, tmp_path)
    assert (caught.value.path, caught.value.line) == (path, line)
    assert caught.value.why.startswith(why)
    assert str(caught.value) == f"{path}:{line}: {caught.value.why}"


def test_options_that_only_the_check_misses_are_told_where_the_check_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, CARD.replace("options:\n  words: {lexicon: empty_titles}\n", ""))
    with pytest.raises(CardError, match="check titled needs the option words"):
        read(path, tmp_path)


def test_a_function_of_something_else_is_no_check(tmp_path: Path) -> None:
    text = CARD.replace("checks.py:titled", "checks.py:counts").replace(
        "options:\n  words: {lexicon: empty_titles}\n", ""
    )
    path = write(tmp_path, text)
    with pytest.raises(CardError, match="must be one of Document, Rendering, Page, Site") as caught:
        read(path, tmp_path)
    assert caught.value.line == 3


def test_a_file_of_checks_that_cannot_be_run_is_told_of(tmp_path: Path) -> None:
    path = write(tmp_path, checks="import no_such_module\n")
    with pytest.raises(CardError, match=r"checks\.py cannot be run: ModuleNotFoundError: .*no_such_module") as caught:
        read(path, tmp_path)
    assert caught.value.line == 3


def test_a_card_lies_in_a_folder_named_after_its_area(tmp_path: Path) -> None:
    path = write(tmp_path, name="strukture/titles")
    with pytest.raises(CardError, match="the card's folder is strukture, but must be one of accessibility, navigation"):
        read(path, tmp_path)


def test_a_card_that_is_no_text_is_told_of(tmp_path: Path) -> None:
    path = write(tmp_path)
    path.write_bytes(CARD.encode("latin-1"))
    with pytest.raises(CardError, match="cannot be read as text"):
        read(path, tmp_path)


def test_a_card_without_sibling_is_told_of(tmp_path: Path) -> None:
    path = write(tmp_path, sibling=None)
    with pytest.raises(CardError) as caught:
        read(path, tmp_path)
    assert str(caught.value) == f"{path}:1: the sibling titles.sv.md is missing"


@pytest.mark.parametrize(
    ("before", "after", "line", "why"),
    [
        ("---\ntitle", "title", 1, "no front matter"),
        ("## Varför", "## Why", 1, "section «## Varför» is missing"),
        ("## Så rättar ni", "## Så rättar du", 1, "section «## Så rättar ni» is missing"),
        ("title: Sidor har en titel\n", "", 1, "the front matter lacks title"),
        ('missing: "', 'missing: ["', 4, "the front matter is no valid YAML: "),
        (
            'messages:\n  missing: "Titeln ”{title}” säger ingenting."',
            "messages: [missing]",
            3,
            "messages must be a mapping",
        ),
    ],
)
def test_a_mistake_in_a_sibling_is_told_of_the_sibling(
    before: str, after: str, line: int, why: str, tmp_path: Path
) -> None:
    path = write(tmp_path, sibling=SIBLING.replace(before, after))
    with pytest.raises(CardError) as caught:
        read(path, tmp_path)
    assert (caught.value.path, caught.value.line) == (path.with_suffix(".sv.md"), line)
    assert caught.value.why.startswith(why)


def test_siblings_are_no_cards(tmp_path: Path) -> None:
    path = write(tmp_path)
    (tmp_path / "README.md").write_text("# Regler", encoding="utf-8")
    assert list(card_paths(tmp_path)) == [path]


def without_lexicon(card: str = CARD) -> str:
    """A card that needs none of the lists of the tests."""
    return card.replace("{lexicon: empty_titles}", "[namnlös]")


def test_a_folder_of_ones_own_is_loaded_beside_ours(tmp_path: Path) -> None:
    write(tmp_path, without_lexicon(), name="structure/our-titles")
    mine = load_catalogue([tmp_path]).rules
    assert set(mine) - set(load_catalogue().rules) == {"structure/our-titles"}


def test_two_cards_cannot_have_one_id(tmp_path: Path) -> None:
    write(tmp_path / "a", without_lexicon(), name="structure/our-titles")
    path = write(tmp_path / "b", without_lexicon(), name="structure/our-titles")
    with pytest.raises(CardError, match="there is a rule structure/our-titles already") as caught:
        load_catalogue([tmp_path / "a", tmp_path / "b"])
    assert caught.value.path == path


@pytest.mark.parametrize("name", ["empty", "missing"])
def test_a_folder_without_cards_is_told_of(name: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ConfigError, match="no rule cards"):
        load_catalogue([tmp_path / name])


def test_options_for_a_rule_that_does_not_exist_are_told_of() -> None:
    with pytest.raises(ConfigError, match="options: no rule structure/heading-odor"):
        load_catalogue(options={"structure/heading-odor": {}})


def test_options_that_the_check_lacks_are_told_of() -> None:
    with pytest.raises(CardError, match="check heading_order has no option most; it has none"):
        load_catalogue(options={"structure/heading-order": {"most": 3}})


def test_words_of_a_site_come_after_ours(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("empty_titles: {sv: [namnlös], en: [untitled]}\n", encoding="utf-8")
    assert read_lexicon(tmp_path) == {"empty_titles": ("namnlös", "untitled")}
    assert read_lexicon(tmp_path, {"empty_titles": ("start",)}) == {"empty_titles": ("namnlös", "untitled", "start")}
    with pytest.raises(ConfigError, match="lexicon: no list empty_title; there are empty_titles"):
        read_lexicon(tmp_path, {"empty_title": ("start",)})


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("a: [x]\n", 1, "list a must hold one list of words per language"),
        ("a: {sv: x}\n", 1, "list a must hold one list of words per language"),
        ("b: {sv: []}\na: {sv: [x\n", 3, "no valid YAML: "),
        ("", 1, "the file must hold lists by name"),
        ("- a\n", 1, "the file must hold lists by name"),
        ("hub: {sv: [x]}\n", 1, "list hub stands in another file too"),
    ],
)
def test_a_mistake_in_the_lexicon_is_told_of(text: str, line: int, why: str, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("hub: {sv: [förening]}\n", encoding="utf-8")
    path = tmp_path / "b.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CardError) as caught:
        read_lexicon(tmp_path)
    assert (caught.value.path, caught.value.line) == (path, line)
    assert caught.value.why.startswith(why)


def test_a_new_card_is_one_that_can_be_read(tmp_path: Path) -> None:
    card, sibling = new_card("structure/our-titles", tmp_path)
    assert sibling.name == "our-titles.sv.md"
    text = card.read_text(encoding="utf-8").replace("structure.our_titles", "checks.py:also_titled")
    card.write_text(text, encoding="utf-8")
    (tmp_path / "checks.py").write_text(CHECKS, encoding="utf-8")
    rule = read(card, tmp_path)
    assert rule.id == "structure/our-titles"
    assert [example.expected for example in rule.examples] == [
        OutcomeKind.PASSED,
        OutcomeKind.FAILED,
        OutcomeKind.INAPPLICABLE,
    ]
    assert set(rule.text(Language.SWEDISH).messages) == set(rule.text(Language.ENGLISH).messages)


@pytest.mark.parametrize(
    "identifier", ["titles", "town/titles", "structure/Titles", "structure/../a", "structure/", ""]
)
def test_a_new_card_needs_an_area_and_a_name(identifier: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="a rule is called <area>/<slug>"):
        new_card(identifier, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_card_that_exists_is_not_written_over(tmp_path: Path) -> None:
    card, _ = new_card("structure/our-titles", tmp_path)
    card.write_text("mine", encoding="utf-8")
    with pytest.raises(ConfigError, match="there is such a card already"):
        new_card("structure/our-titles", tmp_path)
    assert card.read_text(encoding="utf-8") == "mine"
