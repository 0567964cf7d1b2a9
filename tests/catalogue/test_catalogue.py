"""What holds for every card of the catalogue."""

import asyncio
import importlib
import inspect
import pkgutil
import re
from collections.abc import Mapping
from pathlib import Path
from string import Formatter
from types import ModuleType

import pytest
import yaml

import auditor.checks
import auditor.derive
from auditor.catalogue.load import load_catalogue
from auditor.catalogue.markdown import read_sections
from auditor.catalogue.requirements import criteria, is_known, requirement
from auditor.content import content
from auditor.derive.result_words import LISTS as RESULT_LISTS
from auditor.gather.axe import AxeRunner, axe_script
from auditor.gather.browser import running_browser
from auditor.model.axe import AxeEngine
from auditor.model.config import AxeConfig, BrowserConfig
from auditor.model.profile import Profile
from auditor.model.rule import OVERRULED, Rule
from auditor.model.vocabulary import Area, Language, OutcomeKind, Scope, Viewport

CATALOGUE = load_catalogue()
RULES = [pytest.param(rule, id=rule.id) for rule in CATALOGUE.rules.values()]
MODULES: list[ModuleType] = [
    importlib.import_module(f"auditor.checks.{found.name}") for found in pkgutil.iter_modules(auditor.checks.__path__)
]
CHECKS = sorted(
    f"{module.__name__.removeprefix('auditor.checks.')}.{name}"
    for module in MODULES
    for name, value in vars(module).items()
    if inspect.isfunction(value) and value.__module__ == module.__name__ and not name.startswith("_")
)
CODE = "\n".join(
    path.read_text(encoding="utf-8")
    for package in (auditor.checks, auditor.derive)
    for path in sorted(Path(package.__path__[0]).glob("*.py"))
)
_VERDICT = re.compile(
    r"\b(godkän[dt]\w*\b(?! som förening)|underkän[dt]\w*|lagbrott\w*|olaglig\w*|lagstridig\w*"
    r"|brott mot lagen|bryter mot lagen)\b",
    re.IGNORECASE,
)
_ALWAYS = re.compile(r"Every page(?! (of|that|which|with)\b)")
"""How the applicability of a rule begins that is about any page whatever."""
_FILE_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.md")


def named(rule: Rule) -> str:
    """The check that a rule names, as cards write it."""
    return rule.source.removeprefix("auditor.checks.").replace(":", ".")


def sections(rule: Rule) -> Mapping[str, str]:
    """The sections of a rule's card."""
    assert rule.card is not None
    return read_sections(rule.card).sections


def placeholders(message: str) -> set[str]:
    """The names in braces of a message."""
    return {name for _, name, _, _ in Formatter().parse(message) if name is not None}


def test_there_are_rules_in_every_area_with_checks() -> None:
    with_checks = {module.__name__.rpartition(".")[2] for module in MODULES} & set(Area)
    assert with_checks <= {rule.area for rule in CATALOGUE.rules.values()}
    assert with_checks


@pytest.mark.parametrize("rule", RULES)
def test_the_id_is_the_path(rule: Rule) -> None:
    assert rule.card is not None
    assert rule.id == f"{rule.card.parent.name}/{rule.card.stem}"
    assert rule.area == rule.card.parent.name
    assert rule.card.is_relative_to(content("rules"))
    assert _FILE_NAME.fullmatch(rule.card.name)


@pytest.mark.parametrize("rule", RULES)
def test_every_card_shows_what_passes_what_fails_and_what_it_is_not_about(rule: Rule) -> None:
    expected = {example.expected for example in rule.examples}
    assert OutcomeKind.PASSED in expected
    assert expected & {OutcomeKind.FAILED, OutcomeKind.CANT_TELL}
    assert OutcomeKind.INAPPLICABLE in expected or _ALWAYS.match(sections(rule)["Applicability"])
    titles = [(example.expected, example.title) for example in rule.examples]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("rule", RULES)
def test_every_requirement_has_a_name_in_both_languages(rule: Rule) -> None:
    assert [name for name in rule.requirements if not is_known(name)] == []
    for name in rule.requirements:
        assert all(requirement(name, language).name for language in Language)


@pytest.mark.parametrize("rule", RULES)
def test_messages_say_the_same_in_both_languages(rule: Rule) -> None:
    english, swedish = rule.texts[Language.ENGLISH].messages, rule.texts[Language.SWEDISH].messages
    assert english
    assert set(english) == set(swedish)
    assert {key: placeholders(text) for key, text in english.items()} == {
        key: placeholders(text) for key, text in swedish.items()
    }


@pytest.mark.parametrize("rule", RULES)
def test_every_text_is_there_in_both_languages(rule: Rule) -> None:
    for language in Language:
        text = rule.texts[language]
        assert text.title
        assert not text.title.endswith(".")
        assert text.why
        assert text.repair
        assert all(message.strip().endswith((".", "!", "?", "”", "»")) for message in text.messages.values())


@pytest.mark.parametrize("rule", RULES)
def test_swedish_texts_pass_no_verdict(rule: Rule) -> None:
    text = rule.texts[Language.SWEDISH]
    told = "\n".join((text.title, text.why, text.repair, *text.messages.values()))
    assert _VERDICT.findall(told) == []


@pytest.mark.parametrize("rule", RULES)
def test_every_message_of_a_card_is_one_that_its_check_can_say(rule: Rule) -> None:
    """A key stands in the code of checks or of what they ask, whole or as the end of a composed one.

    Why axe is overruled is said by the engine.
    """
    said = {OVERRULED} if rule.overrules else set()
    assert [key for key in rule.texts[Language.ENGLISH].messages if key not in said and not _spoken(key)] == []


def _spoken(key: str) -> bool:
    first, _, last = key.rpartition("_")
    return f'"{key}"' in CODE or (f'_{last}"' in CODE and f'"{first}"' in CODE)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_about_renderings_names_its_viewports_once(rule: Rule) -> None:
    assert rule.viewports
    assert len(set(rule.viewports)) == len(rule.viewports)
    assert rule.scope is Scope.RENDERING or rule.viewports == (Viewport.PHONE, Viewport.DESKTOP)


@pytest.mark.parametrize("check", CHECKS)
def test_every_check_is_used_by_a_card(check: str) -> None:
    assert check in {named(rule) for rule in CATALOGUE.rules.values()}


@pytest.mark.parametrize("check", CHECKS)
def test_every_check_says_what_it_expects(check: str) -> None:
    module, _, name = check.partition(".")
    function = getattr(importlib.import_module(f"auditor.checks.{module}"), name)
    assert inspect.getdoc(function)
    assert inspect.isgeneratorfunction(function)


def files_of(folder: Path) -> list[Path]:
    """Every file below *folder*."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_the_folder_of_rules_holds_no_code_and_nothing_that_nobody_reads() -> None:
    cards = {rule.card for rule in CATALOGUE.rules.values()}
    siblings = {card.with_suffix(".sv.md") for card in cards if card}
    lexicon = set((content("rules") / "lexicon").glob("*.yaml"))
    others = {
        content("rules") / "accessibility" / "axe.sv.yaml",
        content("rules") / "accessibility" / "axe.act.yaml",
        content("rules") / "requirements.yaml",
        content("rules") / "tasks.yaml",
        content("rules") / "related-words.yaml",
    }
    assert [path for path in files_of(content("rules")) if path not in cards | siblings | lexicon | others] == []


def test_every_list_of_words_is_used() -> None:
    asked = {
        value["lexicon"]
        for card in content("rules").glob("*/*.md")
        for value in (_front(card).get("options") or {}).values()
        if isinstance(value, dict)
    }
    gathering = {"search_questions", *RESULT_LISTS}  # what every audit asks the site's search, and reads of its answers
    assert sorted(set(CATALOGUE.lexicon) - asked - gathering) == []


def _front(card: Path) -> dict[str, dict[str, object]]:
    return yaml.safe_load(card.read_text(encoding="utf-8").split("---\n")[1]) or {}


LISTS = [
    pytest.param(words, id=f"{name}-{language}")
    for path in sorted((content("rules") / "lexicon").glob("*.yaml"))
    for name, languages in yaml.safe_load(path.read_text(encoding="utf-8")).items()
    for language, words in languages.items()
]


@pytest.mark.parametrize("words", LISTS)
def test_a_list_of_words_holds_each_once_and_none_empty(words: list[str]) -> None:
    assert all(isinstance(word, str) for word in words)
    assert [word for word in words if not word.strip() or word != word.strip()] == []
    assert sorted({word for word in words if words.count(word) > 1}) == []


@pytest.mark.parametrize("name", sorted(CATALOGUE.lexicon))
def test_no_list_of_words_is_empty(name: str) -> None:
    assert CATALOGUE.lexicon[name]


def test_criteria_have_the_clauses_of_the_standard_that_holds_them() -> None:
    assert requirement("wcag21:1.4.10", Language.SWEDISH).clause == "9.1.4.10"
    assert requirement("wcag21:1.4.10", Language.ENGLISH).name == "Reflow"
    assert requirement("wcag22:2.5.8", Language.SWEDISH).clause == ""
    assert requirement("wcag22:2.5.8", Language.SWEDISH).standard == "WCAG 2.2"
    assert requirement("iso:1", Language.SWEDISH).name == ""


def test_a_profile_changes_standard_and_clause() -> None:
    target = requirement("wcag22:2.5.8", Language.SWEDISH, Profile.EN_4_1_1)
    assert (target.standard, target.clause) == ("WCAG 2.2", "9.2.5.8")
    assert requirement("wcag21:1.4.10", Language.SWEDISH, Profile.EN_4_1_1).standard == "WCAG 2.2"
    parsing = requirement("wcag21:4.1.1", Language.SWEDISH, Profile.EN_4_1_1)
    assert (parsing.standard, parsing.clause) == ("WCAG 2.1", "")


@pytest.mark.parametrize(
    ("profile", "count", "more"), [(Profile.EN_3_2_1, 50, "4.1.1"), (Profile.EN_4_1_1, 55, "2.4.11")]
)
def test_a_profile_holds_all_criteria_of_its_levels(profile: Profile, count: int, more: str) -> None:
    held = criteria(profile, Language.SWEDISH)
    numbers = [one.number for one in held]
    assert len(numbers) == len(set(numbers)) == count
    assert more in numbers
    assert numbers.index("1.4.5") < numbers.index("1.4.10") < numbers.index("2.1.1")
    assert all(one.clause == f"9.{one.number}" and one.name and one.level in ("A", "AA") for one in held)
    assert not is_known("iso:1.1.1")
    assert not is_known("wcag21:9.9.9")
    assert not is_known("wcag21")


TEXTS: Mapping[str, Mapping[str, str]] = yaml.safe_load(
    (content("rules") / "accessibility" / "axe.sv.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_a_swedish_text_for_axe_is_whole_and_passes_no_verdict(name: str) -> None:
    text = TEXTS[name]
    assert set(text) - {"look"} == {"title", "problem", "why", "repair"}
    assert all(part.strip() for part in text.values())
    assert not text["title"].endswith(".")
    assert all(text[part].strip().endswith(".") for part in ("problem", "why", "repair"))
    assert [found for part in text.values() for found in _VERDICT.findall(part)] == []
    assert "{" not in text["problem"]
    assert text.get("look", "?").endswith("?") or name == "frame-tested"


async def _engine() -> AxeEngine:
    async with running_browser(BrowserConfig()) as (browser, _):
        return await AxeRunner(axe_script(AxeConfig())).engine(await browser.new_page())


@pytest.mark.browser
def test_every_rule_that_axe_runs_has_a_swedish_text_and_known_requirements() -> None:
    engine = asyncio.run(_engine())
    enabled = {rule.id for rule in engine.rules if rule.enabled}
    assert len(enabled) > 50
    assert sorted(enabled - set(TEXTS)) == []
    assert sorted(set(TEXTS) - {rule.id for rule in engine.rules}) == []
    rules = CATALOGUE.with_axe(engine).rules
    added = [rule for name, rule in rules.items() if name not in CATALOGUE.rules]
    replaced = {name for rule in CATALOGUE.rules.values() for name in rule.replaces}
    assert replaced <= {f"axe/{name}" for name in enabled}
    assert {rule.id for rule in added} == {f"axe/{name}" for name in enabled} - replaced
    assert [(rule.id, name) for rule in added for name in rule.requirements if not is_known(name)] == []
    for rule in added:
        assert rule.area is Area.ACCESSIBILITY
        assert set(rule.texts) == set(Language)
        assert rule.requirements or "best-practice" in next(
            one.tags for one in engine.rules if f"axe/{one.id}" == rule.id
        )
