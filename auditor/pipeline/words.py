"""What the pipeline itself says in a report, in both languages."""

from collections.abc import Mapping

from auditor.model.config import SiteConfig
from auditor.model.reasons import sentence
from auditor.model.vocabulary import Language

_REMARKS: Mapping[str, tuple[str, str]] = {
    "interrupted": (
        "Granskningen avbröts innan den var klar. Siffrorna gäller de sidor som hann granskas.",
        "The run was stopped before it was done. Figures are about the pages that were reached.",
    ),
    "refused": (
        "Webbplatsen avvisade granskningen ({}). Siffrorna gäller de sidor som hann granskas.",
        "The site refused the audit ({}). Figures are about the pages that were reached.",
    ),
    "max-pages": (
        "Granskningen nådde gränsen på {1} sidor. Minst {0} sidor till finns men granskades inte.",
        "The run reached the limit of {1} pages. At least {0} more pages exist and were not tested.",
    ),
    "robots": (
        "{0} adresser besöktes inte eftersom webbplatsens robots.txt säger nej.",
        "{0} addresses were not visited because the site's robots.txt forbids it.",
    ),
    "clock": (
        "Datorns klocka gick efter den här gången: körningen ser äldre ut än den förra. Ordningen mellan körningarna "
        "är ändå rätt.",
        "The computer's clock was behind this time: the run looks older than the one before. The order of the runs is "
        "right all the same.",
    ),
    "carried": (
        "{0} sidor hade inte ändrats och laddades inte om. För dem gäller det som syntes när de senast granskades, "
        "som tidigast {1}.",
        "{0} pages had not changed and were not loaded again. For them the figures are those of the day they were last "
        "looked at, {1} at the earliest.",
    ),
    "rechecked": (
        "Som kontroll laddades {0} oförändrade sidor ändå om. {1} av dem gav ett annat resultat än förra gången.",
        "As a check, {0} unchanged pages were loaded again all the same. {1} of them gave other results than before.",
    ),
    "no-search": (
        "Webbplatsens sökning kunde inte prövas: inget sökfält som säkert är webbplatsens hittades.",
        "The site's search could not be tried: no field that is certainly the site's was found.",
    ),
}


def remark(stored: str, language: Language) -> str:
    """A remark of a run, as it is stored (``key|detail``), as a sentence."""
    key, *details = stored.split("|")
    if key == "skipped" and len(details) >= 2:
        key, details = details[1], [details[0], *details[2:]]
    if key not in _REMARKS:
        return sentence(stored, language)
    text = _REMARKS[key][0 if language is Language.SWEDISH else 1]
    return text.format(*details, *[""] * 3) if "{" in text else text


_STATES: Mapping[str, tuple[str, str]] = {
    "menu": ("med menyn öppen", "with the menu open"),
    "search": ("med sökrutan öppen", "with the search box open"),
    "dialog": ("med dialogrutan öppen", "with the dialog open"),
    "fold": ("med ett avsnitt utfällt", "with a section unfolded"),
    "dialog|": ("med dialogrutan ”{}” öppen", "with the dialog «{}» open"),
    "fold|": ("med ”{}” utfällt", "with «{}» unfolded"),
    "banner": ("medan kakrutan visas", "while the cookie banner is shown"),
}


def state(stored: str, language: Language) -> str:
    """What was open, as it is stored (``kind`` or ``kind|name``), in words; empty for a page at rest."""
    kind, named, name = stored.partition("|")
    if kind + named not in _STATES:
        return stored
    return _STATES[kind + named][0 if language is Language.SWEDISH else 1].replace("{}", name)


_PARTS: Mapping[str, tuple[str, str]] = {
    "interaction": (
        "tangentbordet och det som öppnas (menyer och dialogrutor)",
        "the keyboard and what opens (menus and dialogs)",
    ),
    "devices": ("sidor som ser annorlunda ut när en mobil hämtar dem", "pages that differ when a phone asks for them"),
    "search": ("webbplatsens egen sökning", "the site's own search"),
    "findability": ("simulerade besökare", "simulated visitors"),
    "external": ("länkar till andra webbplatser", "links to other sites"),
    "handoffs": ("sidor på andra webbplatser", "pages on other sites"),
    "documents": ("PDF-dokument", "PDF documents"),
}


def left_out(config: SiteConfig, language: Language) -> list[str]:
    """What the settings say is not to be tested, in words."""
    wanted = {
        "interaction": config.tryouts.interaction,
        "devices": config.tryouts.devices,
        "search": config.search.enabled,
        "findability": config.findability.enabled,
        "external": config.links.external,
        "handoffs": config.scope.handoffs,
        "documents": config.documents.most > 0,
    }
    return [_PARTS[part][0 if language is Language.SWEDISH else 1] for part, on in wanted.items() if not on]


def settings(config: SiteConfig, language: Language) -> dict[str, str]:
    """The settings of a run that a reader must know, in words."""
    swedish = language is Language.SWEDISH
    phone, desktop = config.viewports.phone, config.viewports.desktop
    scope = config.scope
    limits = ", ".join(scope.include) or ("hela webbplatsen" if swedish else "the whole site")
    if scope.exclude:
        limits += (" utom " if swedish else " except ") + ", ".join(scope.exclude)
    delay = config.politeness.delay
    pause = {True: "1 sekund (ingen på den egna datorn)", False: "1 second (none on loopback)"}[swedish]
    if delay is not None:
        pause = f"{delay:g} " + ("sekunder" if swedish else "seconds")
    yes, no = ("ja", "nej") if swedish else ("yes", "no")
    rows = [
        ("Startsida", "Start page", config.start),
        ("Omfattning", "Scope", limits),
        ("Högst antal sidor", "Pages at most", str(scope.max_pages)),
        ("Högst antal klick från startsidan", "Clicks from the start page at most", str(scope.max_depth)),
        ("Samlingssida", "Hub page", config.hub or "–"),
        ("Mobil", "Phone", f"{phone.width} × {phone.height}"),
        ("Dator", "Desktop", f"{desktop.width} × {desktop.height}"),
        ("Smal skärm", "Narrow screen", "320 × 640"),
        ("Paus mellan besök", "Pause between requests", pause),
        ("Följer robots.txt", "Obeys robots.txt", yes if config.politeness.robots else no),
        ("Provas inte", "Not tested", ", ".join(left_out(config, language)) or "–"),
        ("Slumpfrö", "Seed", str(config.seed)),
    ]
    return {swedish_name if swedish else english: value for swedish_name, english, value in rows}
