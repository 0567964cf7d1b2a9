"""What a document says about a website, and the conditions that would show it: the contents of a register of claims."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, field_validator, model_validator

from auditor.model.vocabulary import Area, Language, Viewport

Share = Annotated[float, Field(ge=0, le=1)]
Pattern = Annotated[str, Field(min_length=1, description="A regular expression; letter case does not matter.")]
BOTH = (Viewport.PHONE, Viewport.DESKTOP)


class Verdict(StrEnum):
    """What a run says of a claim."""

    SUPPORTED = "supported"
    PARTLY = "partly supported"
    CONTRADICTED = "contradicted"
    NOT_VERIFIABLE = "not verifiable"


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Condition(_Section):
    label: str = Field(default="", description="What is asked, in the register's language; shown in the report.")


class Pages(_Section):
    """Which pages a condition is about; all that is said must hold. Nothing said means every page."""

    paths: tuple[str, ...] = Field(default=(), description="Begin of the path.")
    not_paths: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    called: tuple[Pattern, ...] = Field(default=(), description="Patterns for main heading or title; one must match.")
    associations: bool = Field(
        default=False, description="The hub, what lies below it, and what its content links to on the site."
    )
    words_at_least: int = Field(default=0, ge=0, description="Words of main text.")

    @field_validator("called")
    @classmethod
    def _patterns(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_pattern(text) for text in value)


class RuleCondition(_Condition):
    """Pages passed a rule. A rule about the whole site is judged by what it said of each page."""

    rule: str = Field(description="Rule id.")
    viewports: tuple[Viewport, ...] = ()
    """Empty: all in which the rule was judged."""


class TextCondition(_Condition):
    """The main text holds a pattern."""

    text: Pattern

    @field_validator("text")
    @classmethod
    def _is_pattern(cls, value: str) -> str:
        return _pattern(value)


class UpdatedCondition(_Condition):
    """The page says that it was updated within so many months before the audit."""

    updated_within: int = Field(ge=1, description="Months.")


class LinkCondition(_Condition):
    """The page links to something, by address or by name."""

    links_to: tuple[Pattern, ...] = Field(min_length=1, description="Patterns for address or name; one must match.")
    viewports: tuple[Viewport, ...] = BOTH
    answers: bool = Field(default=True, description="The address must have answered.")

    @field_validator("links_to")
    @classmethod
    def _patterns(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_pattern(text) for text in value)


class GivesContactCondition(_Condition):
    """The page's own content gives a telephone number or mailbox."""

    gives_contact: Literal["phone", "mail", "any"]


class ShareSpec(_Section):
    """How large a share of which pages."""

    of: Pages = Pages()
    where: "Condition"
    at_least: Share = 1.0
    partly_at_least: Share = Field(default=0.5, description="From here up to at_least the claim holds in part.")

    @model_validator(mode="after")
    def _in_order(self) -> "ShareSpec":
        if self.partly_at_least > self.at_least:
            if "partly_at_least" in self.model_fields_set:
                raise ValueError("partly_at_least is larger than at_least")
            return self.model_copy(update={"partly_at_least": self.at_least})
        return self


class ShareCondition(_Condition):
    """At least a share of the pages fulfil another condition."""

    share: ShareSpec


class PageSpec(_Section):
    """A page that should be there."""

    pages: Pages
    from_start: bool = Field(default=True, description="It must be reached by links from the start page.")
    linked_from: Pages | None = Field(default=None, description="One of these pages must link to it.")
    viewports: tuple[Viewport, ...] = BOTH


class PageCondition(_Condition):
    """A page exists and is found."""

    page: PageSpec


class HubSpec(_Section):
    """What the page for associations should hold."""

    topics: Mapping[str, tuple[str, ...]] = Field(min_length=1, description="Topic → phrases that it is called by.")
    viewports: tuple[Viewport, ...] = BOTH


class HubCondition(_Condition):
    """There is a hub page, found from the start page, that links to topics directly."""

    hub: HubSpec


class ContactSpec(_Section):
    """Distinct telephone numbers and mailboxes over pages."""

    of: Pages = Pages(associations=True)
    kind: Literal["phone", "mail", "any"] = "any"
    only: tuple[str, ...] = Field(default=(), description="No others than these are given.")
    others_than: tuple[str, ...] = Field(default=(), description="Others than these are given.")
    at_most: int | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _one_question(self) -> "ContactSpec":
        if sum((bool(self.only), bool(self.others_than), self.at_most is not None)) != 1:
            raise ValueError("give one of only, others_than and at_most")
        return self


class ContactCondition(_Condition):
    """How many, or which, contacts the pages give."""

    contacts: ContactSpec


class OrdersSpec(_Section):
    """Ways in which the site's search should sort."""

    offered: Mapping[str, tuple[Pattern, ...]] = Field(min_length=1, description="Order → patterns for its name.")
    right: bool = Field(default=True, description="Each order must also be the right one.")

    @field_validator("offered")
    @classmethod
    def _patterns(cls, value: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
        return {name: tuple(_pattern(text) for text in patterns) for name, patterns in value.items()}


class OrdersCondition(_Condition):
    """The site's search offers orders."""

    search_orders: OrdersSpec


class TasksSpec(_Section):
    """Tasks with a confirmed answer that people should manage."""

    by: Literal["navigation", "search", "either"] = "either"
    ids: tuple[str, ...] = ()
    viewports: tuple[Viewport, ...] = BOTH
    at_least: Share = 1.0
    partly_at_least: Share = 0.5


class TasksCondition(_Condition):
    """Tasks are found, in the simulation or by the site's real search."""

    tasks: TasksSpec


class BetterSpec(_Section):
    """Areas that should have improved since an earlier run."""

    areas: tuple[Area, ...] = Field(min_length=1)
    at_least: float = Field(default=1, gt=0, le=100, description="Points; a smaller difference is no change.")


class BetterCondition(_Condition):
    """Scores rose since an earlier run, under the same rules."""

    better: BetterSpec


class ChangedSpec(_Section):
    """Pages that should differ from an earlier run."""

    of: Pages
    at_least: Share = 0.5


class ChangedCondition(_Condition):
    """Pages were reworked since an earlier run: heading, text length, skeleton or date of update differ."""

    changed: ChangedSpec


class PersonCondition(_Condition):
    """Only a person can judge it."""

    person: str = Field(min_length=1, description="What a person should look at.")


class OutsideCondition(_Condition):
    """It cannot be seen on a website."""

    outside: str = Field(min_length=1, description="Why, and which document would settle it.")


class AllCondition(_Condition):
    """Every one of several conditions holds."""

    all: tuple["Condition", ...] = Field(min_length=1)


class AnyCondition(_Condition):
    """At least one of several conditions holds."""

    any: tuple["Condition", ...] = Field(min_length=1)


class NotCondition(_Condition):
    """A condition does not hold."""

    not_: "Condition" = Field(alias="not")


_KINDS: Mapping[str, type[_Condition]] = {
    "rule": RuleCondition,
    "text": TextCondition,
    "updated_within": UpdatedCondition,
    "links_to": LinkCondition,
    "gives_contact": GivesContactCondition,
    "share": ShareCondition,
    "page": PageCondition,
    "hub": HubCondition,
    "contacts": ContactCondition,
    "search_orders": OrdersCondition,
    "tasks": TasksCondition,
    "better": BetterCondition,
    "changed": ChangedCondition,
    "person": PersonCondition,
    "outside": OutsideCondition,
    "all": AllCondition,
    "any": AnyCondition,
    "not": NotCondition,
}


def _kind(value: Any) -> str | None:
    keys = value.keys() if isinstance(value, Mapping) else [key for key, kind in _KINDS.items() if type(value) is kind]
    named = [key for key in keys if key in _KINDS]
    return named[0] if len(named) == 1 else None


Condition: TypeAlias = Annotated[
    Annotated[RuleCondition, Tag("rule")]
    | Annotated[TextCondition, Tag("text")]
    | Annotated[UpdatedCondition, Tag("updated_within")]
    | Annotated[LinkCondition, Tag("links_to")]
    | Annotated[GivesContactCondition, Tag("gives_contact")]
    | Annotated[ShareCondition, Tag("share")]
    | Annotated[PageCondition, Tag("page")]
    | Annotated[HubCondition, Tag("hub")]
    | Annotated[ContactCondition, Tag("contacts")]
    | Annotated[OrdersCondition, Tag("search_orders")]
    | Annotated[TasksCondition, Tag("tasks")]
    | Annotated[BetterCondition, Tag("better")]
    | Annotated[ChangedCondition, Tag("changed")]
    | Annotated[PersonCondition, Tag("person")]
    | Annotated[OutsideCondition, Tag("outside")]
    | Annotated[AllCondition, Tag("all")]
    | Annotated[AnyCondition, Tag("any")]
    | Annotated[NotCondition, Tag("not")],
    Discriminator(
        _kind,
        custom_error_type="condition",
        custom_error_message=f"one condition is needed here, of: {', '.join(_KINDS)}",
    ),
]


class Source(_Section):
    """A document that claims come from."""

    title: str = Field(min_length=1)
    reference: str = ""
    date: date
    publisher: str = ""


class Claim(_Section):
    """One statement about the website."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    quote: str = Field(min_length=1, description="Verbatim.")
    source: str = Field(description="Key of one of the register's sources.")
    language: Language = Language.SWEDISH
    states: Condition
    coverage: Share = Field(default=0.9, description="The least share of pages that must have been tested.")
    settled_by: str = Field(default="", description="What would settle what the website cannot show.")
    against: tuple[str, ...] = Field(default=(), description="Claims that cannot be true at the same time.")


class Register(_Section):
    """Claims, and the documents that they come from."""

    title: str = ""
    case: str = Field(default="", description="Reference number of the case that the report is filed under.")
    background: str = Field(default="", description="Why the review is made; Markdown, for the report.")
    questions: tuple[str, ...] = Field(default=(), description="What the revisors ask.")
    sources: Mapping[str, Source] = Field(min_length=1)
    claims: tuple[Claim, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _names_are_known(self) -> "Register":
        known = {claim.id for claim in self.claims}
        if len(known) < len(self.claims):
            twice = next(claim.id for claim in self.claims if [c.id for c in self.claims].count(claim.id) > 1)
            raise ValueError(f"the id {twice} stands twice")
        for claim in self.claims:
            if claim.source not in self.sources:
                raise ValueError(f"{claim.id}: there is no source {claim.source}")
            if missing := set(claim.against) - known:
                raise ValueError(f"{claim.id}: there is no claim {', '.join(sorted(missing))}")
        return self

    def rules(self) -> frozenset[str]:
        """Ids of all rules that the conditions name."""
        return frozenset(
            condition.rule
            for claim in self.claims
            for condition in conditions(claim.states)
            if isinstance(condition, RuleCondition)
        )


def conditions(condition: Condition) -> Iterator[Condition]:
    """*condition* and all that it is made of."""
    yield condition
    parts: tuple[Condition, ...] = ()
    if isinstance(condition, AllCondition):
        parts = condition.all
    elif isinstance(condition, AnyCondition):
        parts = condition.any
    elif isinstance(condition, NotCondition):
        parts = (condition.not_,)
    elif isinstance(condition, ShareCondition):
        parts = (condition.share.where,)
    for part in parts:
        yield from conditions(part)


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"no pattern: {error}") from error
    return text
