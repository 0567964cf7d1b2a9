"""A run while it is being made."""

from collections.abc import Callable
from dataclasses import dataclass

from auditor.catalogue.load import Catalogue
from auditor.derive.scope import SiteScope
from auditor.gather.session import GatherSession
from auditor.model.config import SiteConfig
from auditor.pipeline.context import RunContext
from auditor.pipeline.visitor_process import VisitorProcess
from auditor.store.history import History
from auditor.store.runs import RunStore

Progress = Callable[[int, int, str], None]
"""Told after each page: pages done, pages known, address."""


@dataclass(frozen=True, kw_only=True)
class RunInHand:
    """Everything that the steps of one run share."""

    config: SiteConfig
    site: str
    """The history's key of the site."""
    history: History
    store: RunStore
    session: GatherSession
    catalogue: Catalogue
    scope: SiteScope
    context: RunContext
    visitors: VisitorProcess
    """Simulates visitors at the end."""
