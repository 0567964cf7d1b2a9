"""What a run was told and found out before its first page, kept so that it can be judged again."""

from dataclasses import dataclass
from datetime import date

from pydantic import TypeAdapter, ValidationError

from auditor.errors import StoreError
from auditor.model.axe import AxeEngine
from auditor.store.runs import RunStore

_CONTEXT = "context.json"


@dataclass(frozen=True, kw_only=True)
class RunContext:
    """What a run was told and found out before the first page."""

    start: str
    """Canonical address of the start page, after redirects."""
    today: date
    engine: AxeEngine


_ADAPTER = TypeAdapter(RunContext)


def keep_context(store: RunStore, context: RunContext) -> None:
    """Writes *context* into the run's folder."""
    (store.folder / _CONTEXT).write_bytes(_ADAPTER.dump_json(context))


def kept_context(store: RunStore) -> RunContext:
    """The context of a run.

    Raises:
        StoreError: the run does not have it.
    """
    path = store.folder / _CONTEXT
    try:
        return _ADAPTER.validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise StoreError(f"{path}: the run cannot be judged again without this file; audit the site anew") from error


def day_of(store: RunStore) -> date | None:
    """The day that a run took for today, in the time zone of whoever made it; None if it did not keep it."""
    try:
        return kept_context(store).today
    except StoreError:
        return None
