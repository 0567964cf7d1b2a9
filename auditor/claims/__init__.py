"""Claims × what a run found → verdicts with their grounds. Pure."""

from auditor.claims.base import Basis, Evidence
from auditor.claims.grounds import Ground, Holding, Item
from auditor.claims.verdicts import Judged, judge_claims

__all__ = ["Basis", "Evidence", "Ground", "Holding", "Item", "Judged", "judge_claims"]
