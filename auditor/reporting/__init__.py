"""Renders a report in the formats that people and programs read."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from auditor.errors import ConfigError, StoreError
from auditor.model.report import Report
from auditor.reporting.crops import Shot, make_crop, make_crops
from auditor.reporting.csv import write_csv
from auditor.reporting.earl import write_earl
from auditor.reporting.html import write_html
from auditor.reporting.json import write_json
from auditor.reporting.junit import write_junit
from auditor.reporting.wcag_em import write_wcag_em

__all__ = ["FORMATS", "Shot", "make_crop", "make_crops", "write_report"]

FORMATS: Mapping[str, Callable[[Report, Path], Path]] = {
    "html": write_html,
    "json": write_json,
    "junit": write_junit,
    "csv": write_csv,
    "earl": write_earl,
    "wcag-em": write_wcag_em,
}
"""Name of a format → what writes it: takes report and folder, gives the path of the file to open."""


def write_report(report: Report, folder: Path, formats: Collection[str] = tuple(FORMATS)) -> dict[str, Path]:
    """Writes *report* into *folder* and gives, per format, the file to open.

    Args:
        report: what to write.
        folder: where; made if it is missing. Pictures that the report names are there already.
        formats: any of html, json, junit, csv, earl and wcag-em.

    Raises:
        ConfigError: a format is not known.
        StoreError: something cannot be written (disk full, no permission).
    """
    for name in formats:
        if name not in FORMATS:
            raise ConfigError(f"report: no format {name}; there are {', '.join(FORMATS)}")
    try:
        return {name: write(report, folder) for name, write in FORMATS.items() if name in formats}
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StoreError(
            f"report: cannot write {error.filename or folder}: {reason}; free space or choose another folder"
        ) from error
