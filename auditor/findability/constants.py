"""Constants of the simulated visitor, each with where it comes from. They are printed with the results.

What is called *assumed* is our own: a plausible figure that nobody has measured for this use.
"""

from dataclasses import dataclass

from auditor.model.vocabulary import Viewport


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """How a simulated visitor reads, clicks and gives up."""

    seconds_per_link: float = 0.275
    """To judge one link (CogTool-Explorer 1.2, Teo, John & Blackmon 2012)."""
    seconds_per_click: float = 1.5
    """To click and see the next page; assumed."""
    seconds_per_screen: float = 1.0
    """To scroll one screen further down; assumed."""
    seconds_per_opening: float = 1.0
    """To open a menu or an accordion; assumed."""
    seconds_per_query: float = 8.0
    """To write a query and send it; assumed."""
    patience: float = 120.0
    """Model seconds until the visitor gives up: the rule of two minutes of «Information till alla» (SKR)."""
    most_views: int = 25
    """Pages looked at, at the most; assumed."""
    readiness: float = 100.0
    """k of SNIF-ACT 2: the greater, the more links are read before one is clicked. Each use has its own; assumed, so
    that a link that names the goal ends the reading after some 15 others."""
    readiness_hits: float = 4.0
    """The same on a list of search results, which is read from the top; assumed, so that a hit that smells twice as
    strong as the others ends the reading when four have been read."""
    plain_scent: float = 5.0
    """Scent of a link that says nothing about the goal: a cosine of 0.1 in CogTool-Explorer's units; assumed."""
    back_cost: float = 1.0
    """What going back costs in utility (CogTool-Explorer 1.2)."""
    least_scent: float = 0.01
    """Scent is never lower (CogTool-Explorer 1.2)."""
    search_when_below: float = 10.0
    """In mixed use, the site's search is turned to when no link that was read smells stronger than this, and before
    giving up; assumed: among some forty links that say nothing, chance makes one smell about so."""


VISITOR = Visitor()

OPENING = {Viewport.PHONE: 0.57, Viewport.DESKTOP: 0.27}
"""Share of visitors who open a closed menu on a page (after Nielsen Norman Group 2016, 179 participants; uncertain)."""
OPENING_BAND = (0.3, 0.9)
"""The uncertain share is swept over this band, and what it changes is shown."""

HITS_PER_SCREEN = {Viewport.PHONE: 4, Viewport.DESKTOP: 7}
"""Search results that a screen shows; assumed."""

FOLD_ATTENTION = (0.57, 0.17)
"""Share of attention on the first and second screen (Nielsen Norman Group 2018, desktop)."""
LATER_ATTENTION = 0.26
"""Share of attention on all later screens together."""

NOTICED = (0.90, 0.74)
"""Share that sees the best link of a page, on its first screen and further down: in Wikispeedia, that share took the
link to the goal when it stood in the beginning of the article they were in, and further down."""
GIVE_UP = (-1.5, 0.14)
"""Log-odds of giving up at a page whose best link has utility 0, and what each unit of that utility takes off them, in
the analytic engine: from 18 % where nothing leads on to 1 % where the goal is in sight. Fitted to where people gave up
in Wikispeedia; 7 % a page on the whole."""
STEPS = VISITOR.most_views
"""Steps until the analytic engine calls it not found: as many as pages that a visitor looks at."""

CERTAINTY = 0.8
"""How far utilities count in the analytic engine. Their weights were fitted to the clicks of people who arrived; all
who began choose less surely. Of 0.4, 0.6, 0.8 and 1, the likeliest by which games of Wikispeedia were finished."""
