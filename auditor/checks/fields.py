"""Checks of form fields: do their labels tell what to fill in?"""

from collections import defaultdict
from collections.abc import Collection, Iterator

from auditor.derive.wording import plain
from auditor.model.facts import Facts, Field
from auditor.model.outcome import Outcome, cant_tell, failed, passed
from auditor.model.page import Rendering

_CHOICES = ("checkbox", "radio", "range", "color", "file")
"""Kinds of field whose label names one choice among several, or that show themselves what they are for."""


def field_label_descriptive(
    rendering: Rendering, *, empty_labels: Collection[str], control_labels: Collection[str]
) -> Iterator[Outcome]:
    """The label of a field tells what to fill in (WCAG 2.1, 2.4.6).

    Args:
        rendering: the page in one viewport.
        empty_labels: labels that would fit any field («fält»).
        control_labels: words that name a button rather than a field («meny»).
    """
    fields = [field for field in rendering.facts.fields if _is_labelled(field)]
    twins: dict[tuple[str, ...], list[Field]] = defaultdict(list)
    for field in fields:
        twins[_place(field, rendering.facts)].append(field)
    for field in fields:
        told = plain(field.name)
        if told in empty_labels:
            if field.kind == "textarea":
                yield cant_tell(field, "wide", name=field.name)
            else:
                yield failed(field, "empty", name=field.name)
        elif any(word in control_labels for word in told.split()) and len(told.split()) <= 2:
            yield cant_tell(field, "control", name=field.name)
        elif field.label_source == "label" and len(twins[_place(field, rendering.facts)]) > 1:
            yield cant_tell(field, "twice", name=field.name, cause=told)
        else:
            yield passed(field)


def _is_labelled(field: Field) -> bool:
    sourced = field.label_source in ("label", "aria-label", "aria-labelledby")
    return field.visible and sourced and field.kind not in _CHOICES and bool(plain(field.name))


def _place(field: Field, facts: Facts) -> tuple[str, ...]:
    """What tells fields of one name apart: their kind, group and landmarks, and the heading above them."""
    above = [item for item in facts.headings if item.visible and (item.name or item.text) and item.box.y <= field.box.y]
    heading = max(above, key=lambda item: item.box.y).selector if above else ""
    return (plain(field.name), field.kind, plain(field.group), heading, *field.regions)
