"""``auditor verify``: holds what documents say about a site against what an audit of it found."""

import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from auditor.catalogue.load import load_catalogue
from auditor.claimfile import read_claims
from auditor.cli.options import database_option, database_path, language_option, site_of_target
from auditor.errors import ConfigError, StoreError
from auditor.gather.print import print_pdf
from auditor.model.claim import Register
from auditor.model.vocabulary import Language
from auditor.pipeline.archiving import archive_of
from auditor.pipeline.claim_pictures import with_pictures
from auditor.pipeline.claims_report import claims_report
from auditor.pipeline.evidence_export import bring_pictures, export_evidence
from auditor.pipeline.verify import newest_run, run_named
from auditor.pipeline.verify import verify as run_verify
from auditor.reporting.claims import claims_text, write_claims_json
from auditor.reporting.revision import write_revision
from auditor.store.history import History


@click.command()
@click.argument("site")
@click.option(
    "--claims",
    "claims",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Register of claims (YAML).",
)
@click.option("--run", "run_id", help="Run to use  [default: the newest]")
@click.option("--against", help="Earlier run, for claims about change.")
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help="Folder for the report.")
@click.option(
    "--export",
    "case_folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the evidence, filed by case and date; needs --output.",
)
@language_option(default=Language.SWEDISH)
@database_option
def verify(
    site: str,
    claims: Path,
    run_id: str | None,
    against: str | None,
    output: Path | None,
    case_folder: Path | None,
    lang: str,
    database: Path | None,
) -> None:
    """Give a verdict on each claim of a register, by the newest audit of SITE.

    SITE is a host name, an address, a folder or a site file that was audited before. Each verdict is one of supported,
    partly supported, contradicted and not verifiable, with what speaks for it and against it.
    """
    if case_folder is not None and output is None:
        raise ConfigError("--export needs --output, where the report is written that belongs to the evidence")
    register = read_claims(claims)
    catalogue = load_catalogue()
    _require_rules(register, set(catalogue.rules), claims)
    path = database_path(database)
    key = site_of_target(site)
    if not path.is_file():
        raise StoreError(f"database {path}: there is none yet; audit the site first: auditor audit {site}")
    history = History(path)
    try:
        with history.errors():
            run = run_named(history, key, run_id) if run_id else newest_run(history, key)
            if run is None:
                raise StoreError(f"{key}: no run in {path}; audit the site first: auditor audit {site}")
            earlier = run_named(history, key, against) if against else None
            verification = run_verify(register, history, run, earlier)
            store = history.run(run.id)
            archive = archive_of(store)
            files = {"register": claims, **({"archive": archive} if archive.is_file() else {})}
            report = claims_report(
                verification, history, catalogue, Language(lang), _command(), files, datetime.now(UTC)
            )
    finally:
        history.close()
    for line in claims_text(report):
        click.echo(line)
    if output is None:
        return
    pdf = output / "revisionsrapport.pdf"
    with _writable(output):
        bring_pictures(report, store, output)
        report = with_pictures(report, store, output)
        data = write_claims_json(report, output / "claims.json")
        page = write_revision(report, output)
    print_pdf(page, pdf, verification.config.browser)
    click.echo(f"\n{page}\n{pdf}")
    if case_folder is not None:
        with _writable(case_folder):
            documents = {path.name: path for path in (data, pdf, *files.values())}
            click.echo(export_evidence(report, store, case_folder, documents))


@contextmanager
def _writable(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(f"report: cannot write in {folder}: {error.strerror or error}; choose another") from error


def _require_rules(register: Register, known: set[str], path: Path) -> None:
    """Every rule that a claim names must exist; those of axe are known when a site is audited."""
    unknown = sorted(rule for rule in register.rules() - known if not rule.startswith("axe/"))
    if unknown:
        raise ConfigError(f"{path}: there is no rule {', '.join(unknown)}; auditor rules list names them")


def _command() -> str:
    return shlex.join(["auditor", *sys.argv[1:]])
