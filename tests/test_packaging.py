"""The wheel: everything that the product needs, and nothing else."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The files of a wheel that was built from this checkout, without installing or asking the network for anything."""
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        assert packed.testzip() is None
        return packed.namelist()


def below(folder: str, pattern: str = "**/*") -> set[str]:
    """The files below a folder of the checkout, but for what Python leaves behind."""
    return {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / folder).glob(pattern)
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_holds_the_whole_package(names: list[str]) -> None:
    assert below("auditor", "**/*.py") <= set(names)
    assert below("auditor", "**/*.js") <= set(names)
    assert len(below("auditor", "**/*.js")) >= 5


@pytest.mark.parametrize("folder", ["rules", "reports"])
def test_the_wheel_holds_all_content_where_the_package_looks_for_it(folder: str, names: list[str]) -> None:
    wanted = {f"auditor/_content/{name}" for name in below(folder)}
    assert len(wanted) > 3
    assert sorted(wanted - set(names)) == []


@pytest.mark.parametrize(
    "name",
    [
        "auditor/_content/rules/structure/heading-order.md",
        "auditor/_content/rules/structure/heading-order.sv.md",
        "auditor/_content/rules/accessibility/axe.sv.yaml",
        "auditor/_content/rules/lexicon/structure.yaml",
        "auditor/_content/rules/requirements.yaml",
        "auditor/store/migrations/env.py",
        "auditor/store/migrations/script.py.mako",
        "auditor/store/migrations/versions/0001_first_schema.py",
    ],
)
def test_what_no_import_would_miss_is_there(name: str, names: list[str]) -> None:
    assert name in names


def test_the_wheel_holds_templates_for_reports(names: list[str]) -> None:
    assert [name for name in names if name.startswith("auditor/_content/reports/templates/")]


def test_the_wheel_holds_nothing_outside_the_package(names: list[str]) -> None:
    outside = [name for name in names if not name.startswith("auditor/")]
    assert [name for name in outside if not name.split("/")[0].endswith(".dist-info")] == []
    assert [name for name in names if "__pycache__" in name or name.endswith((".pyc", ".db"))] == []


def test_every_file_is_there_once(names: list[str]) -> None:
    assert len(names) == len(set(names))
    assert not {"rules", "reports"} & {name.split("/")[0] for name in names}
