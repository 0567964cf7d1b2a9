"""Claims × what a run found → verdicts with their grounds. Pure."""

from auditor.claims.base import Basis
from auditor.claims.grounds import Ground, Holding, Item
from auditor.claims.verdicts import Judged, judge_claims

__all__ = ["Basis", "Ground", "Holding", "Item", "Judged", "judge_claims"]
