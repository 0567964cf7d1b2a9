"""The sample report, written once."""

from pathlib import Path

import pytest

from auditor.model.vocabulary import Language
from auditor.reporting.write import write_report
from tests.reporting.sample import draw_pictures, empty, first_run, partial, sample


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample report in several variants: sv, en, partial, first and empty."""
    folder = tmp_path_factory.mktemp("reports")
    swedish = sample()
    variants = {
        "sv": swedish,
        "en": sample(Language.ENGLISH),
        "partial": partial(swedish),
        "first": first_run(swedish),
        "empty": empty(swedish),
    }
    for name, report in variants.items():
        draw_pictures(report, folder / name)
        write_report(report, folder / name)
    return folder
