"""The formats of a report by name, for whoever asks for them before one is written."""

FORMATS = (
    "html",
    "json",
    "junit",
    "csv",
    "earl",
    "wcag-em",
    "sarif",
    "gitlab-accessibility",
    "gitlab-code-quality",
)
"""All of them, in the order in which they are written."""
USUAL = FORMATS[:6]
"""Those that are written if nothing is said: all but those that only a build server reads."""
