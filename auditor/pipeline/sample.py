"""Draws the sample of a review when a run ends, and keeps it with the run."""

from pydantic import TypeAdapter, ValidationError

from auditor.derive.review_sample import draw_sample
from auditor.model.report import SamplePage
from auditor.model.site import Site
from auditor.store.runs import RunStore

_FILE = "sample.json"
_ADAPTER = TypeAdapter(tuple[SamplePage, ...])


def keep_sample(store: RunStore, site: Site, seed: int) -> None:
    """Draws the sample of *site* and writes it into the run's folder."""
    (store.folder / _FILE).write_bytes(_ADAPTER.dump_json(draw_sample(site, seed), indent=1))


def kept_sample(store: RunStore) -> tuple[SamplePage, ...]:
    """The run's sample; empty if none was drawn."""
    try:
        return _ADAPTER.validate_json((store.folder / _FILE).read_bytes())
    except (OSError, ValidationError):
        return ()
