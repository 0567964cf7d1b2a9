"""Writes the cards of a new rule, to be filled in."""

import re
from pathlib import Path

from auditor.content import content
from auditor.errors import ConfigError
from auditor.model.vocabulary import Area

_IDENTIFIER = re.compile(r"([a-z]+)/([a-z0-9]+(?:-[a-z0-9]+)*)")

_CARD = """---
title: What should hold, as a short statement
check: {area}.{function}
severity: moderate
requirements: []
messages:
  problem: "What is so, with {{placeholders}} for what the check tells."
---
## Why

Who is hurt, and how.

## Applicability

Which targets the rule is about.

## Expectation

What must hold for each of them.

## How to repair

What an editor, or a developer, does.

## Assumptions

What was taken for granted, and where thresholds come from.

## Test cases

### Passed: describe the case
```html
<main><h1 data-expect="passed">Fill in</h1></main>
```

### Failed: describe the case
```html
<main><h1 data-expect="failed">Fill in</h1></main>
```

### Inapplicable: describe the case
```html
<main><p>Fill in</p></main>
```
"""

_SIBLING = """---
title: Vad som ska gälla, som ett kort påstående
messages:
  problem: "Vad som är fel, med {{placeholders}} för det som kontrollen berättar."
---
## Varför

Vem det drabbar, och hur.

## Så rättar ni

Vad en redaktör eller utvecklare gör.
"""


def new_card(identifier: str, folder: Path | None = None) -> list[Path]:
    """Writes card and Swedish sibling of the rule *identifier* in *folder* (default: our own); gives their paths.

    Raises:
        ConfigError: the identifier is not of the form <area>/<slug>, or the card exists.
    """
    match = _IDENTIFIER.fullmatch(identifier)
    if not match or match[1] not in list(Area):
        raise ConfigError(f"{identifier}: a rule is called <area>/<slug>; areas are {', '.join(Area)}")
    home = (folder or content("rules")) / match[1]
    card, sibling = home / f"{match[2]}.md", home / f"{match[2]}.sv.md"
    if card.exists():
        raise ConfigError(f"{card}: there is such a card already")
    home.mkdir(parents=True, exist_ok=True)
    function = match[2].replace("-", "_")
    card.write_text(_CARD.format(area=match[1], function=function), encoding="utf-8")
    sibling.write_text(_SIBLING.format(), encoding="utf-8")
    return [card, sibling]
