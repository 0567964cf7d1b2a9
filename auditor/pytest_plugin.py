"""A fixture for other people's tests: ``audit_site`` audits a site and tells what is new since a baseline.

Loaded by pytest through the entry point ``pytest11``; whatever it needs is imported when the fixture is used, so that
tests that do not use it pay nothing::

    def test_the_site_has_no_new_problems(audit_site):
        audit_site("public", baseline="auditor-baseline.json").assert_nothing_new()
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from os import PathLike
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from auditor.model.build import Checked
    from auditor.model.report import ReportFinding
    from auditor.model.vocabulary import Severity


@dataclass(frozen=True)
class SiteAudit:
    """What an audit of a site came to, to be asserted on."""

    checked: Checked
    fail_on: Severity

    @property
    def findings(self) -> tuple[ReportFinding, ...]:
        """All that failed, or that a person must judge (``kind`` tells which)."""
        return self.checked.report.findings

    @property
    def new(self) -> tuple[ReportFinding, ...]:
        """The problems that the baseline does not know, and that are bad enough, worst first."""
        return self.checked.blocking(self.fail_on)

    def of_rule(self, rule: str) -> tuple[ReportFinding, ...]:
        """The findings of *rule*: ``axe/color-contrast``. Fails the test if no page was asked about it."""
        __tracebackhide__ = True
        if rule not in {row.rule for row in self.checked.report.rules}:
            pytest.fail(f"there is no rule {rule}; auditor rules list names them", pytrace=False)
        if rule in self.checked.silent:
            pytest.fail(f"{rule} was asked of no page; audit_site(…, full=True) asks more", pytrace=False)
        return tuple(finding for finding in self.findings if finding.rule == rule)

    def assert_nothing_new(self) -> None:
        """Fails the test with what is new; fails it too if too few pages could be looked at to say."""
        __tracebackhide__ = True
        if self.checked.too_little or self.new:
            from auditor.reporting.build import build_lines

            pytest.fail("\n".join(build_lines(self.checked, self.fail_on)), pytrace=False)


@pytest.fixture
def audit_site(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., SiteAudit]:
    """A function that audits a site: ``audit_site(target, baseline=None, fail_on="serious", full=False, **settings)``.

    *target* is a folder of HTML, an address or a site file; *baseline* a file that ``auditor ci --update-baseline``
    wrote; *settings* are keys of a site file that take the place of the target's own.
    """

    def run(
        target: str | PathLike[str],
        *,
        baseline: str | PathLike[str] | None = None,
        fail_on: str = "serious",
        full: bool = False,
        **settings: Any,
    ) -> SiteAudit:
        from pathlib import Path

        from auditor.baselinefile import read_baseline
        from auditor.model.baseline import Baseline
        from auditor.model.config import SiteConfig
        from auditor.model.vocabulary import Severity
        from auditor.pipeline.ci import check_build
        from auditor.sitefile import read_target

        read = read_target(str(target))
        config = SiteConfig.model_validate(read.model_dump() | settings) if settings else read
        known = read_baseline(Path(baseline)) if baseline is not None else Baseline()
        folder = tmp_path_factory.mktemp("auditor")
        language = config.languages[0]
        return SiteAudit(check_build(config, known, folder, full=full, language=language), Severity(fail_on))

    return run
