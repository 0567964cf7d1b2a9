"""Writes a report in the formats that are asked for."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from auditor.errors import ConfigError, StoreError
from auditor.forked import cores, side_by_side
from auditor.garbage import searched_seldom
from auditor.model.report import Report
from auditor.reporting.csv import write_csv
from auditor.reporting.earl import write_earl
from auditor.reporting.files import MANY
from auditor.reporting.formats import FORMATS, USUAL
from auditor.reporting.gitlab import write_gitlab_accessibility, write_gitlab_code_quality
from auditor.reporting.html import write_html
from auditor.reporting.json import write_json
from auditor.reporting.junit import write_junit
from auditor.reporting.sarif import write_sarif
from auditor.reporting.wcag_em import write_wcag_em

_WRITERS: Mapping[str, Callable[[Report, Path], Path | None]] = {
    "html": write_html,
    "json": write_json,
    "junit": write_junit,
    "csv": write_csv,
    "earl": write_earl,
    "wcag-em": write_wcag_em,
    "sarif": write_sarif,
    "gitlab-accessibility": write_gitlab_accessibility,
    "gitlab-code-quality": write_gitlab_code_quality,
}
"""Name of a format → what writes it: takes report and folder, gives the path of the file to open.

A file from which a program would take that what is missing is mended is not written of a run in which pages could not
be looked at.
"""


@searched_seldom()
def write_report(report: Report, folder: Path, formats: Collection[str] = USUAL) -> dict[str, Path]:
    """Writes *report* into *folder* and gives, per format, the file to open.

    Args:
        report: what to write.
        folder: where; made if it is missing. Pictures that the report names are there already.
        formats: any of `FORMATS`. One that is not written of such a run is left out of what comes back.

    Raises:
        ConfigError: a format is not known.
        StoreError: something cannot be written (disk full, no permission).
    """
    for name in formats:
        if name not in FORMATS:
            raise ConfigError(f"report: no format {name}; there are {', '.join(FORMATS)}")
    try:
        names = [name for name in _WRITERS if name in formats]
        processes = cores() if len(report.pages) >= MANY else 1
        written = side_by_side(lambda name: _WRITERS[name](report, folder), names, processes)
        return {name: path for name, path in zip(names, written, strict=True) if path is not None}
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StoreError(
            f"report: cannot write {error.filename or folder}: {reason}; free space or choose another folder"
        ) from error
