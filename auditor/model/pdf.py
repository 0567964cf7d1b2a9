"""What was seen of a PDF document that the site links to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfFacts:
    """One document. Nothing here is trusted: it is a document's own words."""

    url: str
    """Canonical address."""
    untested: str = ""
    """Why nothing is known of it, as a reason's key and detail; empty if it was read."""
    size: int = 0
    """Bytes."""
    pages: int = 0
    looked_at: int = 0
    """How many of the pages were looked at for text: the first, the last and some between."""
    with_text: int = 0
    """How many of these hold text that can be read out."""
    with_image: int = 0
    """How many of these hold no text but a picture: a scan, if it fills the page."""
    tagged: bool = False
    """It says that it is tagged, and has a structure tree with something in it."""
    title: str = ""
    language: str = ""
    """The document's language as it says itself, a language tag."""
    created: str = ""
    """Day on which it was made, ISO 8601; empty if it does not say."""
    text: str = ""
    """The beginning of its text, cut at 20,000 characters."""
