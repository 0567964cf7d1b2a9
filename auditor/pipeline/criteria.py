"""What a run says of each criterion of a profile, so that nobody takes a score for more than it is."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from auditor.catalogue.requirements import criteria
from auditor.model.profile import Profile
from auditor.model.report import CriterionRow, CriterionState, RuleRow
from auditor.model.vocabulary import Language


def criterion_rows(profile: Profile, rules: Iterable[RuleRow], language: Language) -> Iterator[CriterionRow]:
    """One row per criterion of *profile*, in the standard's order, with the rules that tested something of it."""
    of: dict[str, list[RuleRow]] = defaultdict(list)
    for rule in rules:
        for number in {one.number for one in rule.requirements if one.clause}:
            of[number].append(rule)
    for one in criteria(profile, language):
        known = of[one.number]
        asked = [rule for rule in known if any(tally.tested or tally.cant_tell for tally in rule.tallies)]
        yield CriterionRow(
            criterion=one, state=_state(known, asked), rules=tuple(sorted(rule.rule for rule in asked or known))
        )


def _state(known: Sequence[RuleRow], asked: Sequence[RuleRow]) -> CriterionState:
    """A criterion is never said to be met: rules look at parts of it."""
    if not known:
        return CriterionState.PERSON
    if any(tally.failed for rule in asked for tally in rule.tallies):
        return CriterionState.FAILED
    return CriterionState.PARTLY if asked else CriterionState.NOTHING
