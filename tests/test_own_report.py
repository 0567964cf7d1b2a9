"""The report is itself an example: audited by this product, it passes axe and fits a narrow screen."""

from pathlib import Path

import pytest

from auditor.cli import main
from auditor.model.config import TryoutsConfig
from auditor.model.vocabulary import OutcomeKind
from auditor.pipeline.audit import audit
from auditor.sitefile import read_target
from auditor.store.history import History

SITE = Path(__file__).parent.parent / "fixtures" / "sites" / "sjoboda-2019"
KINDS = (OutcomeKind.FAILED, OutcomeKind.UNTESTED)


@pytest.mark.browser
@pytest.mark.long
def test_the_report_passes_axe_and_reflow_in_both_viewports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "report"
    words = ["audit", str(SITE), "--max-pages", "8", "-q", "-o", str(report), "--database", str(tmp_path / "a.db")]
    with pytest.raises(SystemExit) as ended:
        main(words, standalone_mode=False)
    config = read_target(str(report))
    at_rest = TryoutsConfig(interaction=False, devices=False)
    config = config.model_copy(update={"scope": config.scope.model_copy(update={"max_pages": 30}), "tryouts": at_rest})
    history = History(tmp_path / "b.db")
    audited = audit(config, history)
    store = history.run(audited.run_id)
    found = [
        (rule, outcome.target.url, outcome.target.viewport, outcome.target.selector)
        for rule, outcome in store.outcomes(KINDS)
        if rule.startswith("axe/") or rule in ("responsive/reflow", "responsive/target-size", "structure/single-h1")
    ]
    pages = sum(page.summary.rendered for page in store.pages())
    history.close()

    assert ended.value.code == 0
    assert pages == 30
    assert found == []
