"""The verdict on each claim of a register."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from auditor.claims.base import Evidence
from auditor.claims.conditions import judge
from auditor.claims.grounds import Ground, Holding
from auditor.model.claim import Claim, Register, Verdict

_VERDICTS: Mapping[Holding, Verdict] = {
    Holding.YES: Verdict.SUPPORTED,
    Holding.PARTLY: Verdict.PARTLY,
    Holding.NO: Verdict.CONTRADICTED,
    Holding.UNKNOWN: Verdict.NOT_VERIFIABLE,
}


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A claim with its verdict."""

    claim: Claim
    verdict: Verdict
    ground: Ground
    coverage: float
    """The share of the site's pages in scope that the run tested, 0 to 1."""
    too_little: bool = False
    """There is no verdict because the run tested less than the claim asks for."""
    conflicts: tuple[str, ...] = ()
    """Claims of the register that cannot be true at the same time."""


def judge_claims(register: Register, evidence: Evidence) -> tuple[Judged, ...]:
    """Each claim of *register* with its verdict, in the register's order.

    A run that tested less of the site than a claim asks for gives no verdict on it, whatever it saw.
    """
    judged = [_judge(claim, evidence) for claim in register.claims]
    conflicts = _conflicts(register)
    return tuple(replace(one, conflicts=conflicts.get(one.claim.id, ())) for one in judged)


def _judge(claim: Claim, evidence: Evidence) -> Judged:
    ground = judge(claim.states, evidence, claim.coverage)
    covered = evidence.now.coverage
    too_little = covered < claim.coverage and ground.holding is not Holding.UNKNOWN
    return Judged(
        claim=claim,
        verdict=Verdict.NOT_VERIFIABLE if too_little else _VERDICTS[ground.holding],
        ground=ground,
        coverage=covered,
        too_little=too_little,
    )


def _conflicts(register: Register) -> dict[str, tuple[str, ...]]:
    """Claim → claims that it stands against, both ways."""
    pairs: dict[str, set[str]] = {}
    for claim in register.claims:
        for other in claim.against:
            pairs.setdefault(claim.id, set()).add(other)
            pairs.setdefault(other, set()).add(claim.id)
    return {claim: tuple(sorted(others)) for claim, others in pairs.items()}
