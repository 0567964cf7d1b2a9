"""``auditor ci``, from a folder to an exit code."""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from auditor.cli import main
from auditor.model.config import SiteConfig
from auditor.model.vocabulary import Language
from auditor.pipeline.ci import quick
from auditor.pipeline.words import left_out
from tests.gather.server import Answer, answering

PAGE = """<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>{title} – Sjöboda kommun</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><header><nav><a href="/">Start</a> <a href="/kontakt/">Kontakt</a></nav></header>
<main><h1>{title}</h1>{body}</main></body></html>"""
FAULT = '<p><img src="bild.png"></p>'


def run(*words: str | Path, environment: Mapping[str, str] | None = None) -> Result:
    clean: dict[str, str | None] = {"GITHUB_ACTIONS": None, "GITHUB_STEP_SUMMARY": None}
    return CliRunner().invoke(main, ["ci", "-q", *map(str, words)], env={**clean, **(environment or {})})


def build(folder: Path, start: str = "", contact: str = "") -> Path:
    """A site of two pages in *folder*."""
    for path, title, body in (("index.html", "Start", start), ("kontakt/index.html", "Kontakt", contact)):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(PAGE.format(title=title, body=body), encoding="utf-8")
    return folder


def test_a_missing_baseline_is_one_line(tmp_path: Path) -> None:
    result = run(build(tmp_path / "public"), "--baseline", tmp_path / "none.json")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "--update-baseline" in result.stderr


def test_update_needs_a_file(tmp_path: Path) -> None:
    assert run(build(tmp_path / "public"), "--update-baseline").exit_code == 2


def test_all_that_the_quick_profile_leaves_out_has_a_name() -> None:
    whole = SiteConfig(start="https://www.sjoboda.example/")
    small = quick(whole)
    changed = {name for name in SiteConfig.model_fields if getattr(small, name) != getattr(whole, name)}
    for language in Language:
        assert left_out(whole, language) == []
        assert len(left_out(small, language)) == 7
    assert changed == {"tryouts", "search", "findability", "links", "scope", "documents"}


@pytest.mark.browser
def test_a_build_is_stopped_by_what_is_new_and_by_nothing_else(tmp_path: Path) -> None:
    site, baseline, out = build(tmp_path / "public", FAULT), tmp_path / "baseline.json", tmp_path / "out"
    options = ("--baseline", baseline, "-o", out)

    alone = run(site, "-o", out)
    written = run(site, *options, "--update-baseline")
    build(site, '<div class="ny"><section>' + FAULT + "</section></div>")
    drifted = run(site, *options)
    shutil.move(site, tmp_path / "preview")
    moved = run(tmp_path / "preview", *options)
    build(tmp_path / "preview", FAULT, '<h2><a href="/kontakt/"></a></h2>')
    summary = tmp_path / "summary.md"
    github = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary)}
    worse = run(tmp_path / "preview", *options, environment=github)
    build(tmp_path / "preview", "", "")
    mended = run(tmp_path / "preview", *options)

    assert alone.exit_code == 1, alone.output
    assert "axe/image-alt" in alone.stdout
    assert "tangentbordet" in alone.stdout.partition("Utelämnat för att gå fort: ")[2]
    assert "tangentbordet" in json.loads((out / "report.json").read_bytes())["settings"]["Provas inte"]
    assert written.exit_code == 0
    assert {issue["rule"] for issue in json.loads(baseline.read_bytes())["issues"]} >= {"axe/image-alt"}
    assert drifted.exit_code == 0, drifted.output
    assert moved.exit_code == 0, moved.output
    assert worse.exit_code == 1
    assert "axe/link-name" in worse.stdout
    assert "::error file=" in worse.stdout
    assert "axe/image-alt" not in "".join(line for line in worse.stdout.splitlines() if line.startswith("::error"))
    assert summary.read_text(encoding="utf-8").startswith("## preview")
    assert mended.exit_code == 0
    assert "inte längre" in mended.stdout
    assert {path.name for path in out.iterdir()} >= {
        "index.html", "report.json", "junit.xml", "auditor.sarif", "gl-accessibility.json",
        "gl-code-quality-report.json", "summary.md",
    }  # fmt: skip


@pytest.mark.browser
def test_what_the_team_decided_stops_no_build(tmp_path: Path) -> None:
    build(tmp_path / "public", FAULT)
    site = tmp_path / "site.yaml"
    site.write_text("start: http://www.sjoboda.example/\nserve: {www.sjoboda.example: public}\n", encoding="utf-8")
    baseline = tmp_path / "all.json"
    run(site, "-o", tmp_path / "out", "--baseline", baseline, "--update-baseline")
    known = [one["id"] for one in json.loads(baseline.read_bytes())["issues"]]
    decided = "".join(
        f"  - {{issue: {issue}, decision: accepted, who: Bo, when: 2026-01-01, why: Byggs om}}\n" for issue in known
    )
    (tmp_path / "decisions.yaml").write_text(f"decisions:\n{decided}", encoding="utf-8")
    site.write_text(site.read_text(encoding="utf-8") + "decisions: decisions.yaml\n", encoding="utf-8")
    result = run(site, "-o", tmp_path / "out", "--fail-on", "minor")

    assert known
    assert result.exit_code == 0, result.output
    assert f"{len(known)} problem var" in result.stdout


@pytest.mark.browser
def test_a_build_whose_pages_do_not_load_says_nothing_and_uploads_nothing(tmp_path: Path) -> None:
    start = PAGE.format(title="Start", body='<a href="/a/">A</a> <a href="/b/">B</a>').encode()
    pages = {"/": Answer(200, start, {"Content-Type": "text/html"}), "/a/": Answer(500), "/b/": Answer(500)}
    baseline = tmp_path / "baseline.json"
    with answering(pages) as server:
        result = run(
            server.url(), "-o", tmp_path / "out", "--baseline", baseline, "--update-baseline", "--fail-on", "minor"
        )
    assert result.exit_code == 2, result.output
    assert "För lite kunde granskas" in result.stdout
    assert not baseline.exists()
    assert not (tmp_path / "out" / "auditor.sarif").exists()
    assert not (tmp_path / "out" / "gl-code-quality-report.json").exists()


def plugged(folder: Path, test: str) -> subprocess.CompletedProcess[str]:
    """pytest in *folder* with the plugin and nothing else."""
    (folder / "test_site.py").write_text(test, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "auditor.pytest_plugin", "-p", "no:cacheprovider", "test_site.py"],
        cwd=folder,
        env={"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PATH": "/usr/bin:/bin", "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_tests_that_do_not_use_the_fixture_load_nothing_of_it(tmp_path: Path) -> None:
    ended = plugged(
        tmp_path,
        "import sys\n\n\ndef test_light():\n"
        "    loaded = {name.partition('.')[0] for name in sys.modules}\n"
        "    assert not loaded & {'playwright', 'sqlalchemy', 'pydantic', 'numpy', 'scipy', 'jinja2'}\n"
        "    assert 'auditor.pytest_plugin' in sys.modules\n",
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr


@pytest.mark.browser
def test_a_site_can_be_asserted_on(tmp_path: Path) -> None:
    build(tmp_path / "good")
    build(tmp_path / "bad", FAULT)
    ended = plugged(
        tmp_path,
        "import pytest\n\n\n"
        "def test_good(audit_site):\n    audit_site('good', fail_on='critical').assert_nothing_new()\n\n\n"
        "def test_bad(audit_site):\n    audit = audit_site('bad', scope={'max_pages': 5})\n"
        "    assert [one.page_count for one in audit.of_rule('axe/image-alt')] == [1]\n"
        "    with pytest.raises(pytest.fail.Exception, match='asked of no page'):\n"
        "        audit.of_rule('accessibility/keyboard-trap')\n"
        "    with pytest.raises(pytest.fail.Exception, match='no rule axe/image-allt'):\n"
        "        audit.of_rule('axe/image-allt')\n"
        "    audit.assert_nothing_new()\n",
    )
    assert "1 failed, 1 passed" in ended.stdout, ended.stdout + ended.stderr
    assert "axe/image-alt" in ended.stdout
    assert "Traceback" not in ended.stdout
