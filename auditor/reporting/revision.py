"""The report that revisors file: verdicts on claims, in the order of a Swedish revision report."""

from collections import Counter
from pathlib import Path

from auditor.content import content
from auditor.model.claim import Verdict
from auditor.model.verification import VerificationReport
from auditor.reporting.files import write_bytes, write_text
from auditor.reporting.templates import template_environment
from auditor.reporting.text import clean, cleaned, local_file, short_address
from auditor.reporting.words import Words


def write_revision(report: VerificationReport, folder: Path) -> Path:
    """Writes *report* as one HTML page with its style sheet into *folder*; gives the page's path.

    Args:
        report: what to write. Texts from the site may be hostile; all are escaped.
        folder: where; made if it is missing.

    Raises:
        OSError: something cannot be written.
    """
    shown = cleaned(report, clean)
    words = Words(report.language)
    environment = template_environment(words)
    environment.filters.update(
        short=lambda url: short_address(url, report.start),
        picture=lambda name: _picture(folder, f"bilder/{name}") if name else None,
        cutting=lambda crop: _picture(folder, crop.file) if crop else None,
    )
    numbers = Counter(claim.verdict for claim in shown.claims)
    counts = [(verdict, numbers[verdict]) for verdict in Verdict if numbers[verdict]]
    text = environment.get_template("revision.html.j2").render(report=shown, counts=counts)
    write_bytes(folder / "assets" / "report.css", (content("reports") / "assets" / "report.css").read_bytes())
    return write_text(folder / "index.html", text)


def _picture(folder: Path, name: str) -> str | None:
    """Where the picture *name* lies in the report's folder, as a link; None if it is not there."""
    href = local_file(name)
    return href if href and (folder / name).is_file() else None
