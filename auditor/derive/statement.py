"""Reads an accessibility statement (tillgänglighetsredogörelse) after MDFFS 2019:2, 6 §.

Texts differ in wording, order and markup, so each part is told by several words, and what is not recognised is empty
rather than guessed. The headings are those of the supervising authority's template and what municipalities make of it.
"""

import calendar
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup

from auditor.derive.dates import MONTH, find_dates, month_number
from auditor.derive.lines import Line, lines_of
from auditor.derive.urls import host_of
from auditor.model.page import Document
from auditor.model.statement import Conformance, Method, Statement

_I = re.IGNORECASE
_NAMED = re.compile(r"^\W*(?:tillgänglighetsredogörelse|accessibility\s+statement)(?!r)", _I)
_NAMED_FREELY = re.compile(r"\btillgänglighet(?:en)?\s+(?:för|på|av|hos|i)\b|\btillgänglighetsredogörelse\b(?!r)", _I)
_MARKS = tuple(
    re.compile(pattern, _I)
    for pattern in (
        r"lagen\s+om\s+tillgänglighet\s+till\s+digital\s+offentlig\s+service|DOS-lagen|2018:1937|2016/2102"
        r"|accessibility\s+(?:regulations|directive)",
        r"står\s+bakom|is\s+committed\s+to|is\s+run\s+by",
        r"\b(?:helt|delvis|inte|ej)\s+förenlig|\b(?:fully|partially|not)\s+compliant",
        r"\b(?:rapportera|anmäl\w*|påtala|meddela)\b.{0,40}\bbrister|\bfeedback\b|\breport\w*\b.{0,40}\b(?:problems|issues)",
        r"\btillsyn|enforcement\s+procedure",
        r"oskäligt\s+betungande|disproportionate\s+burden",
    )
)
_STATUS = _MARKS[2]
_FEWEST_MARKS = 2
_MARKS_OF_A_PART = 3
_MANY_MARKS = 5
"""Of six; a page that is not called a statement is one only if hardly any mark is missing."""
_LINK = re.compile(
    r"tillgänglighetsredogörelse(?!r)|accessibility\s+statement|^\W*(?:om\s+)?tillgänglighet(?:\s+(?:för|på|av)\b.*)?\W*$",
    _I,
)

_PHRASES = {
    Conformance.FULL: re.compile(r"\bhelt\s+förenlig(?:a|t)?\b|\bfully\s+compliant\b", _I),
    Conformance.PARTIAL: re.compile(r"\bdelvis\s+förenlig(?:a|t)?\b|\bpartially\s+compliant\b", _I),
    Conformance.NONE: re.compile(
        r"(?<!helt )(?<!delvis )\binte\s+förenlig(?:a|t)?\b|\b(?:is\s+not|non-?)\s*compliant\b", _I
    ),
}
_UNMEANT = re.compile(
    r"\b(?:inte|ej|ännu|icke|målet|mål|strävar|arbetar|ska|skall|bli|blir|vara|kommer|innan|när|om|not|aim|goal|become)"
    r"\W+(?:\w+\W+){0,6}$",
    _I,
)
"""Words that stand before a phrase which tells no status but a wish, a condition or the contrary."""
_NEAR = re.compile(
    r"\b(?:i\s+(?:huvudsak|stort(?:\s+sett)?|(?:hög|stor)\s+(?:grad|utsträckning)|(?:vissa|stora|många)\s+delar)|delvis\s+inte"
    r"|till\s+(?:stor|viss|största)\s+del(?:en)?)\s+förenlig\w*"
    r"|\b(?:uppfyller|följer|lever\s+upp\s+till|meets)\s+(?:(?:helt|delvis|inte|i\s+stort|till\s+stor\s+del|partly)\s+)?"
    r"(?:alla\s+)?(?:lagkraven|lagens\s+krav|kraven|WCAG|lagen|the\s+requirements)"
    r"|\b(?:delvis|helt|inte\s+helt|till\s+stora?\s+delar?)\s+(?:tillgänglig|förenlig|kompatibel|anpassad)\w*"
    r"|\b(?:inte\s+(?:helt\s+)?|är\s+)förenlig\w*|\bis\s+compliant\b",
    _I,
)

_OF_OTHERS = re.compile(r"\b(?:hur|how|tillsyn\w*|följa\s+upp|myndigheter)\b", _I)
"""In sentences about what the authority does, no status of this website is told."""

_ACTOR = re.compile(
    r"^(?P<who>[^.!?]{2,90}?)\s+(?:(?:står\s+bakom|ansvarar\s+för|äger|tillhandahåller)\b|har\s+åtagit\s+sig\s+att\s+göra\b"
    r"|är\s+ansvariga?\s+för\s+(?:den\s+här\s+)?(?:webb|sajt|e-?tjänst|(?:[\w-]+\.)+[a-z]{2,12}\b))",
    _I,
)
_ACTOR_EN = re.compile(
    r"^(?P<who>[^.!?]{2,90}?)\s+is\s+(?:committed\s+to|responsible\s+for)\b"
    r"|\b(?:is\s+run\s+by|(?:webbplatsen|tjänsten|sajten)\s+drivs\s+av)\s+(?P<by>[^.!?]{2,90})"
    r"|\.[a-z]{2,12}\s+är\s+(?P<whose>[^.!?]{2,60}?)\s+(?:(?:offentliga|officiella|egna?)\s+)?webbplats\b",
    _I,
)
_THIS_SITE = re.compile(r"\b(?:den\s+här|denna|vår)\s+(?:webbplats|webbplatsen|sajt|sajten)\b|\bthis\s+website\b", _I)
_HOST = re.compile(r"(?<![@\w.-])(?:https?://)?(?P<host>(?:[a-zåäö0-9-]+\.)+[a-z]{2,12})(?![\w@-])", _I)
_FOREIGN_HOSTS = re.compile(r"(^|\.)(digg\.se|pts\.se|w3\.org|etsi\.org|europa\.eu|riksdagen\.se|webbriktlinjer\.se)$")

_PART_SHORT = re.compile(
    r"brist(?!ande\s+information)|inte\s+(?:är\s+)?(?:helt\s+|fullt\s+)?(?:till|an)(?:gäng|pass)\w*|otillgänglig"
    r"|delvis\s+tillgänglig|kända\s+problem|tillgänglighetsproblem|\bproblem\s+vid\s+användning"
    r"|\banvändning\s+(?:utan|med)\b|non[- ]accessible|not\s+(?:fully\s+)?accessible"
    r"|accessibility\s+issues|known\s+(?:issues|problems)|non-?\s?compliance",
    _I,
)
_PART_FEEDBACK = re.compile(
    r"rapportera|meddela\s+oss|kontakta\s+oss|hittar\s+(?:fler\s+)?brister|påtala|synpunkter|hör\s+av\s+dig|feedback"
    r"|upptäcker|inte\s+kan\s+använda|contact",
    _I,
)
_PART_AUTHORITY = re.compile(
    r"\btillsyn\w*|\banmäl\w*\b.{0,60}\bmyndighet|myndighet\w*\b.{0,80}\banmäl|enforcement|"
    r"myndigheten\s+för\s+digital\s+förvaltning|\bdigg\b",
    _I,
)
_PART_TEST = re.compile(
    r"hur\s+vi\s+(?:har\s+)?testat|testat|testade|testning|granska|granskning|bedömning|självskattning|utvärder|assess|evaluat"
    r"|how\s+we\s+tested",
    _I,
)
_PART_BURDEN = re.compile(r"oskäligt\s+betungande|oskälig\s+börda|12\s*§|disproportionate\s+burden", _I)
_PART_OUTSIDE = re.compile(
    r"(?:inte\s+omfattas|omfattas\s+inte|undantag\w*\s+från\s+lagen|utanför\s+lagen)|not\s+within\s+the\s+scope", _I
)
_CLAIMS = re.compile(r"\båberopa|\bhävda|\binvokes?\b|\bclaims?\b", _I)
"""Without a heading of its own, an exception is told by these; templates speak of exceptions in passing."""
_NOTHING = re.compile(
    r"^\W*(?:inga|inget|ingen|ingenting|ej\s+aktuellt|none|nej)\b|\båberopar\s+inte|\binte\s+åberopa|\bno\s+\w+\s+is\s+claimed",
    _I,
)
_NO_SHORTCOMINGS = re.compile(r"\binga\s+(?:kända\s+)?(?:brister|tillgänglighetsproblem)|no\s+known", _I)
_REASON = re.compile(
    r"\b(?:därför|eftersom|på\s+grund\s+av|beror|skäl|orsak|åtgärd|planera|senast\s+den|räknar\s+med|kommer\s+att|ersätt"
    r"|byts?\s+ut|(?:arbetar|jobbar)\s+(?:\w+\s+){0,3}att\s+(?:\w+\s+){0,4}(?:rätta|\w*anpassa|byta)|leverantör|kostna|resurs|ambition|because|due\s+to|plan\s+to|will\s+be|expected)\w*",
    _I,
)
_CRITERION = re.compile(r"(?<![\d.])(?:9\.)?([1-4]\.[1-5]\.(?:1[0-3]|[1-9]))(?!\.?\d)")
_SELF = re.compile(
    r"självskattning|självutvärdering|egen\s+(?:granskning|kontroll|test|bedömning|utvärdering)|intern(?:a|t)?\s+\w+"
    r"|\bvi\s+(?:har\s+)?(?:själva|testat|granskat|gjort)|self-?(?:assessment|evaluation)",
    _I,
)
_THIRD = re.compile(
    r"extern\w*\s+\w+|oberoende|tredje\s?part|konsult\w*|granskats?\s+av|granskning(?:en)?\s+(?:gjordes|utfördes|utförd)\s+av"
    r"|third\s+party|external",
    _I,
)
_UPDATE = re.compile(r"redogörelse\w*|sidan|dokumentet|statement|uppdater\w*|upprättad\w*|senast\s+ändrad", _I)
_ASSESSED = re.compile(r"bedöm\w*|självskattning\w*|gransk\w*|test\w*|utvärder\w*|assess\w*|evaluat\w*|audit\w*", _I)
_LAUNCHED = re.compile(
    r"webbplatsen\s+(?:publicerades|lanserades)|\bpublicerades\b|åtgärd|senast\s+den|räknar\s+med", _I
)
_MONTH_YEAR = re.compile(rf"\b(?P<m>{MONTH})\s+(?P<y>20\d\d)(?!\d)", _I)
_PIECES = re.compile(r"\boch\b|\band\b|;|,(?!\s*(?:19|20)\d\d)", _I)
"""What a sentence with several dates is cut at; not before a year, which belongs to the date."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ0-9])")
_FORM_WORDS = re.compile(r"formulär|e-?tjänst|\bform\b", _I)


def read_statement(document: Document) -> Statement | None:
    """What the statement in *document* says; None if the page is no statement.

    A page is one if its main heading or title is called so, or speaks of the accessibility of something, and its text
    bears two marks of a statement; without such a heading five marks of six are asked for. News about a statement,
    lists of statements and pages about the law are none.
    """
    memory = document.__dict__
    if "_statement" not in memory:
        memory["_statement"] = _found(document)
    found: Statement | None = memory["_statement"]
    return found


def is_named_statement(name: str) -> bool:
    """Whether a link of this name leads to an accessibility statement."""
    return bool(_LINK.search(name))


def _found(document: Document) -> Statement | None:
    tree = document.tree
    title = tree.title.get_text(" ", strip=True) if tree.title else ""
    headings = [tag.get_text(" ", strip=True) for tag in tree.find_all("h1")]
    named = any(_NAMED.search(text) for text in (title, *headings))
    freely = any(_NAMED_FREELY.search(text) for text in (title, *headings))
    lowered = document.html.lower()
    if not named and not freely and "förenlig" not in lowered and "compliant" not in lowered:
        return None
    lines = lines_of(document)
    text = "\n".join(line.text for line in lines)
    marks = sum(bool(mark.search(text)) for mark in _MARKS)
    if named or (freely and marks >= _FEWEST_MARKS) or marks >= _MANY_MARKS or _has_part(tree, text, marks):
        return _read(document, next(iter(headings), title), lines)
    return None


def _has_part(tree: BeautifulSoup, text: str, marks: int) -> bool:
    """Whether a heading below the main one is called a statement, as on pages about the website, and a status told."""
    if marks < _MARKS_OF_A_PART or not _STATUS.search(text):
        return False
    below = (tag.get_text(" ", strip=True) for tag in tree.find_all("h2"))
    return any(_NAMED.search(name) or _NAMED_FREELY.search(name) for name in below)


def _read(document: Document, title: str, lines: Sequence[Line]) -> Statement:
    sentences = [sentence for line in lines for sentence in _SENTENCE.split(line.text)]
    authority = [line for line, part in _parts(lines) if part == "authority"]
    short = [line for line, part in _parts(lines) if part == "short"]
    shortcomings = _shortcomings(short)
    burden = [line.text for line, part in _parts(lines) if part == "burden"]
    outside = [line.text for line, part in _parts(lines) if part == "outside"]
    tested = [line for line, part in _parts(lines) if part == "test"]
    all_text = "\n".join(sentences)
    return Statement(
        url=document.url,
        title=title,
        actor=_actor(sentences),
        hosts=_hosts(all_text),
        says_this_site=bool(_THIS_SITE.search(all_text)),
        conformance=_conformance(sentences),
        near_conformance=_near(sentences),
        shortcomings=shortcomings,
        criteria=tuple(sorted(set(_CRITERION.findall(all_text)))),
        shortcomings_text="\n".join(line.text for line in short)[:8000],
        has_shortcomings_part=bool(short),
        gives_reasons=any(_REASON.search(line.text) for line in short),
        burden=any(not _NOTHING.search(line) for line in burden),
        burden_text=" ".join(burden)[:1000],
        outside=bool(outside) and not all(_NOTHING.search(line) for line in outside if line),
        outside_text=" ".join(outside)[:1000],
        assessed=_latest(sentences, assessed=True),
        updated=_latest(sentences, assessed=False),
        method=_method(sentences, tested),
        feedback=_feedback(lines, document.url),
        authority_links=tuple(urljoin(document.url, href) for line in authority for href, _ in line.links if href),
        authority_named=bool(authority),
    )


def _parts(lines: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    """Each line that belongs to a part, with the part's name: under its heading, or a sentence that tells it itself.

    Below a heading of another part the part ends; below a deeper heading that says nothing it goes on.
    """
    names = (
        ("burden", _PART_BURDEN), ("outside", _PART_OUTSIDE), ("authority", _PART_AUTHORITY),
        ("feedback", _PART_FEEDBACK), ("test", _PART_TEST), ("short", _PART_SHORT),
    )  # fmt: skip
    open_part, open_level = "", 0
    for line in lines:
        told = next((name for name, pattern in names if pattern.search(line.text)), "")
        if not line.level and told in ("burden", "outside") and not _CLAIMS.search(line.text):
            told = ""
        if line.level:
            if line.level == 1:
                open_part = ""
            elif told:
                open_part, open_level = told, line.level
            elif line.level <= open_level:
                open_part = ""
        elif open_part:
            yield line, open_part
            if told and told != open_part and told in ("authority", "burden", "outside"):
                yield line, told
        elif told:
            yield line, told


def _conformance(sentences: Iterable[str]) -> tuple[Conformance, ...]:
    found: list[Conformance] = []
    for sentence in sentences:
        for kind, pattern in _PHRASES.items():
            for match in pattern.finditer(sentence):
                before = sentence[max(0, match.start() - 60) : match.start()]
                if kind not in found and not _UNMEANT.search(before):
                    found.append(kind)
    return tuple(found)


def _near(sentences: Iterable[str]) -> str:
    said = (sentence for sentence in sentences if not _OF_OTHERS.search(sentence))
    found = ((sentence, match) for sentence in said for match in _NEAR.finditer(sentence))
    return next((match[0] for sentence, match in found if not _UNMEANT.search(sentence[: match.start()])), "")


def _actor(sentences: Iterable[str]) -> str:
    for sentence in sentences:
        if match := _ACTOR.match(sentence):
            return match["who"].strip(" ,–-")
        if match := _ACTOR_EN.search(sentence):
            return (match["who"] or match["by"] or match["whose"]).strip(" ,–-")
    return ""


def _hosts(text: str) -> tuple[str, ...]:
    found = dict.fromkeys(match["host"].lower().removeprefix("www.") for match in _HOST.finditer(text))
    return tuple(host for host in found if not _FOREIGN_HOSTS.search(host))


def _shortcomings(lines: Sequence[Line]) -> tuple[str, ...]:
    """What is listed; without a list each line that names a criterion, or says what does not work."""
    listed = [line.text for line in lines if line.item and not _NO_SHORTCOMINGS.search(line.text)]
    told = re.compile(r"\b(?:saknar|saknas|inte|kan\s+inte|går\s+inte|brist\w*|svår\w*|låg\b|lacks?|not|missing)\b", _I)
    bare = [line.text for line in lines if _CRITERION.search(line.text) or told.search(line.text)]
    return tuple(text[:300] for text in listed or [text for text in bare if not _NO_SHORTCOMINGS.search(text)])[:100]


def _latest(sentences: Iterable[str], *, assessed: bool) -> date | None:
    days: list[date] = []
    for sentence in sentences:
        says_assessed = bool(_ASSESSED.search(sentence))
        for piece in _PIECES.split(sentence):
            about_assessing = bool(_ASSESSED.search(piece)) or (says_assessed and not _UPDATE.search(piece))
            about_updating = bool(_UPDATE.search(piece)) and not _ASSESSED.search(piece)
            if _LAUNCHED.search(piece) and not about_updating and not _ASSESSED.search(piece):
                continue
            if about_assessing if assessed else about_updating:
                days += _days(piece)
    return max(days, default=None)


def _days(text: str) -> list[date]:
    """Full dates in *text*, and the last day of months that are named with a year but without a day."""
    days = [found.day for found in find_dates(text)]
    if not days:
        for match in _MONTH_YEAR.finditer(text):
            year, month = int(match["y"]), month_number(match["m"])
            days.append(date(year, month, calendar.monthrange(year, month)[1]))
    return days


def _method(sentences: Iterable[str], tested: Sequence[Line]) -> Method | None:
    said = [sentence for sentence in sentences if _ASSESSED.search(sentence)]
    if any(_THIRD.search(sentence) for sentence in said):
        return Method.THIRD_PARTY
    if any(_SELF.search(sentence) for sentence in said):
        return Method.SELF
    return Method.TOLD if any(len(line.text.split()) >= 6 for line in tested) else None


def _feedback(lines: Sequence[Line], url: str) -> tuple[str, ...]:
    """How shortcomings can be reported, by what the part about it links to or holds."""
    ways: dict[str, None] = {}
    here = [line for line, part in _parts(lines) if part == "feedback"]
    for line in here:
        for href, text in line.links:
            if way := _way(urljoin(url, href), href, text):
                ways[way] = None
        if re.search(r"\S@[\w-]+\.\w|\(at\)|\[at\]", line.text):
            ways["mail"] = None
        if re.search(r"(?<!\d)0\d{1,3}[\s–-]*\d[\d\s-]{4,}\d", line.text):
            ways["phone"] = None
    if any(line.writable for line in lines):
        ways["form"] = None
    return tuple(ways)


def _way(address: str, href: str, text: str) -> str:
    if href.startswith("mailto:"):
        return "mail"
    if href.startswith(("tel:", "sms:")):
        return "phone"
    if not address.startswith(("http://", "https://")) or _FOREIGN_HOSTS.search(host_of(address)):
        return ""
    if href.startswith("#"):
        return ""
    return "form" if _FORM_WORDS.search(f"{text} {urlsplit(address).path}") else "link"
