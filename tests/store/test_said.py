"""What rules said comes out as it went in, whatever the order."""

from hypothesis import given
from hypothesis import strategies as st

from auditor.model.outcome import RuleResult
from auditor.model.vocabulary import OutcomeKind, Viewport
from auditor.store.said import Said

RESULTS = st.builds(
    RuleResult,
    rule=st.sampled_from(["a/one", "a/two", "b/three", "axe/four"]),
    url=st.sampled_from(["https://x.example/", "https://x.example/sida", ""]),
    viewport=st.sampled_from([None, *Viewport]),
    kind=st.sampled_from(OutcomeKind),
)


@given(st.lists(RESULTS, max_size=30), RESULTS)
def test_what_went_in_comes_out(results: list[RuleResult], other: RuleResult) -> None:
    said, known = Said(), {}
    for result in results:
        said.add(result.url, result.viewport, said.packed([(result.rule, result.kind)]))
        known[result.rule, result.url, result.viewport] = result.kind
    for result in [*results, other]:
        key = (result.rule, result.url, result.viewport)
        assert said.of(*key) == known.get(key)
