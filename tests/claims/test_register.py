"""A register of claims: what it may say, and each mistake with file and line."""

from pathlib import Path

import pytest

from auditor.catalogue.load import load_catalogue
from auditor.claimfile import read_claims
from auditor.errors import ConfigError
from auditor.model.claim import conditions

REGISTERS = sorted((Path(__file__).parent.parent.parent / "claims").glob("*.yaml"))
HEAD = "sources:\n  A: {title: Svar, date: 2020-09-16}\nclaims:\n"


def refusal(folder: Path, text: str) -> str:
    """What is said of a register that cannot be used, without its folder: one line."""
    path = folder / "claims.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_claims(path)
    told = str(caught.value)
    assert len(told.splitlines()) == 1
    return told.removeprefix(str(folder) + "/")


def claim(states: str, rest: str = "") -> str:
    """A register with one claim; its condition stands on line 7."""
    return f"{HEAD}  - id: ett\n    source: A\n    quote: Det finns en sida.\n    states: {states}\n{rest}"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (claim("{share: {where: {rule: a/b}, at_least: 1.5}}"), "claims.yaml:7: claims.0.states.share.at_least"),
        (claim("{share: {where: {rule: a/b}, at_least: 0.5, partly_at_least: 0.7}}"), "partly_at_least is larger"),
        (claim("{findes: sida}"), "claims.yaml:7: claims.0.states: one condition is needed here, of: rule, text"),
        (claim("{rule: a/b, text: c}"), "claims.yaml:7: claims.0.states: one condition is needed here"),
        (claim("{rule: a/b, shares: 1}"), "claims.yaml:7: claims.0.states.rule.shares: unknown key"),
        (claim("\n      all:\n        - rule: a/b\n        - text: '('"), "claims.yaml:10: claims.0.states.all.1.text"),
        (claim("{all: []}"), "claims.yaml:7: claims.0.states.all"),
        (claim("{contacts: {at_most: 1, only: [a@b.se]}}"), "give one of only, others_than and at_most"),
        (claim("{rule: a/b}", "    against: [tva]\n"), "ett: there is no claim tva"),
        (claim("{rule: a/b}").replace("source: A", "source: B"), "ett: there is no source B"),
        (claim("{rule: a/b}").replace("    quote: Det finns en sida.\n", ""), "claims.yaml:4: claims.0.quote"),
        (claim("{rule: a/b}").replace("Det finns en sida.", "''"), "claims.yaml:6: claims.0.quote"),
        (claim("{rule: a/b}", "  - {id: ett, source: A, quote: b, states: {rule: c}}\n"), "the id ett stands twice"),
        (claim("{rule: a/b}", "    coverage: 2\n"), "claims.yaml:8: claims.0.coverage"),
        ("- ett\n", "claims.yaml:1: a register of claims holds sources and claims"),
        ("claims: [\n", "claims.yaml:2: no valid YAML"),
    ],
)
def test_a_mistake_is_told_with_file_and_line(tmp_path: Path, text: str, told: str) -> None:
    assert told in refusal(tmp_path, text)


def test_a_share_alone_is_a_floor_for_its_part_too(tmp_path: Path) -> None:
    path = tmp_path / "claims.yaml"
    path.write_text(claim("{share: {where: {rule: a/b}, at_least: 0.2}}"), encoding="utf-8")
    (condition,) = [part for part in conditions(read_claims(path).claims[0].states) if hasattr(part, "share")]
    assert condition.share.partly_at_least == 0.2


@pytest.mark.parametrize("path", REGISTERS, ids=lambda path: path.stem)
def test_registers_that_come_with_the_product_name_only_what_exists(path: Path) -> None:
    named = {rule for rule in read_claims(path).rules() if not rule.startswith("axe/")}
    assert named
    assert named - set(load_catalogue().rules) == set()
