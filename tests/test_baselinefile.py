"""The baseline as a file."""

import json
from pathlib import Path

import pytest

from auditor.baselinefile import read_baseline, write_baseline
from auditor.errors import ConfigError, StoreError
from auditor.model.baseline import Baseline, Known
from auditor.model.finding import Finding
from auditor.model.traits import Layer, Traits
from auditor.model.vocabulary import OutcomeKind, Severity, Viewport

PLACES = frozenset({("/", None), ("/å/", Viewport.PHONE), ("/å/", Viewport.DESKTOP), ("", None)})
KNOWN = Known(
    finding=Finding(
        key="0123456789ab",
        rule="axe/image-alt",
        kind=OutcomeKind.FAILED,
        cause="img.\u202e hero",
        places=PLACES,
        count=3,
        occurrences=(),
        issue="ba9876543210",
        traits=Traits(named=True, cause="img # hero", layers={Layer.ELEMENT: (1, 2**63), Layer.PLACE: (7,)}),
    ),
    severity=Severity.CRITICAL,
)
BASELINE = Baseline(known=(KNOWN,), versions={"axe": "axe-core 4.10"})


def test_a_baseline_comes_back_as_it_was(tmp_path: Path) -> None:
    assert read_baseline(write_baseline(BASELINE, tmp_path / "new" / "baseline.json")) == BASELINE


def test_the_same_baseline_is_the_same_file(tmp_path: Path) -> None:
    one, two = write_baseline(BASELINE, tmp_path / "1"), write_baseline(BASELINE, tmp_path / "2")
    assert one.read_bytes() == two.read_bytes()
    assert len(one.read_text(encoding="utf-8").splitlines()) > 10


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", ":1: no valid JSON"),
        ("[]", "make it anew"),
        ('{"baseline": 2, "versions": {}, "issues": []}', "baseline: Input should be 1"),
        ('{"baseline": 1, "versions": {}, "issues": [], "more": 1}', "more: "),
        ('{"baseline": 1, "versions": {}, "issues": [{"rule": "a"}]}', "issues.0.severity"),
        ("\ud800", "no valid JSON"),
        ("[" * 100_000, "baseline"),
    ],
)
def test_a_file_that_is_no_baseline_is_one_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(text, encoding="utf-8", errors="replace")
    with pytest.raises(ConfigError) as raised:
        read_baseline(path)
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_key_that_is_none_is_refused(tmp_path: Path) -> None:
    path = write_baseline(BASELINE, tmp_path / "baseline.json")
    changed = json.loads(path.read_text(encoding="utf-8"))
    changed["issues"][0]["key"] = "../../etc/passwd"
    path.write_text(json.dumps(changed), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"issues\.0\.key"):
        read_baseline(path)


def test_prints_that_are_none_are_refused(tmp_path: Path) -> None:
    path = write_baseline(BASELINE, tmp_path / "baseline.json")
    path.write_text(path.read_text(encoding="utf-8").replace('"7"', '"seven"'), encoding="utf-8")
    with pytest.raises(ConfigError, match="make it anew"):
        read_baseline(path)


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="--update-baseline"):
        read_baseline(tmp_path / "none.json")


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be written"):
        write_baseline(BASELINE, tmp_path / "file" / "baseline.json")
