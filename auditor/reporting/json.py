"""report.json: all that a report says, for other programs.

The schema ``reports/schema/report-1.schema.json`` is made from the dataclasses of ``auditor.model.report``. After a
change of those, write it anew::

    python -c "from auditor.reporting.json import write_schema; write_schema()"
"""

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from auditor.content import content
from auditor.model.report import SCHEMA_VERSION, Report
from auditor.reporting.files import write_bytes
from auditor.reporting.text import cleaned, encodable

NAME = "report.json"
SCHEMA_NAME = f"report-{SCHEMA_VERSION}.schema.json"
_ADAPTER = TypeAdapter(Report)


def write_json(report: Report, folder: Path) -> Path:
    """Writes *report* to report.json in *folder* and gives its path.

    Raises:
        OSError: the file cannot be written.
    """
    return write_bytes(folder / NAME, _ADAPTER.dump_json(cleaned(report, encodable), indent=1) + b"\n")


def read_json(path: Path) -> Report:
    """The report that ``write_json`` wrote to *path*.

    Raises:
        OSError: the file cannot be read.
        ValueError: it holds no report.
    """
    return _ADAPTER.validate_json(path.read_bytes())


def schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of report.json."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:auditor:report:{SCHEMA_VERSION}",
        **_ADAPTER.json_schema(mode="serialization"),
    }


def schema_text() -> str:
    """The schema as it is tracked."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def write_schema() -> Path:
    """Writes the schema where it is tracked, and gives its path."""
    return write_bytes(content("reports") / "schema" / SCHEMA_NAME, schema_text().encode())
