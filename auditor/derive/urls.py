"""Addresses: which two are the same page, and what belongs to a site."""

import re
from urllib.parse import unquote_plus, urljoin, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

from auditor.derive.remember import remembered
from auditor.derive.secrets import is_covered

# Parameters that say how a visitor came, or which portlet state a page is in, and never which page it is.
_NOISE_PREFIXES = ("utm_", "_t_", "sv.", "svid", "mc_", "pk_")
_NOISE_NAMES = frozenset({"fbclid", "gclid", "jsessionid", "phpsessid", "sessionid", "sid", "print", "printable"})
_SESSION = re.compile(r";jsessionid=[^/;]*", re.IGNORECASE)
REMEMBERED = 1 << 14
"""How many addresses are remembered with what was made of them: menus name the same ones on every page."""


@remembered(REMEMBERED)
def canonical(url: str, base: str = "") -> str:
    """The one spelling of *url* that stands for its page: no fragment, no session or tracking parameters.

    Host names are lower-cased, default ports dropped, parameters sorted (as w3lib does), percent-encoding made uniform.
    An address that cannot be parsed comes back as it is, without space around it; a base that cannot be parsed is left
    out.
    """
    try:
        absolute = urljoin(base, url.strip()).strip() if base else url.strip()
        parts = urlsplit(_with_slashes(absolute))
        host = (parts.hostname or "").rstrip(".")
        if parts.scheme not in ("http", "https") or not host:
            return absolute
        default = {"http": 80, "https": 443}[parts.scheme]
        host = f"[{host}]" if ":" in host else host
        netloc = host if parts.port in (None, default) else f"{host}:{parts.port}"
        spelled = canonicalize_url(urlunsplit((parts.scheme, netloc, parts.path or "/", parts.query, "")))
        plain = _without_noise(spelled)
        return spelled if plain == spelled else canonicalize_url(plain)
    except ValueError:
        return canonical(url) if base else url.strip()


def _with_slashes(url: str) -> str:
    """*url* with the backslashes before query and fragment turned, as browsers do."""
    head = re.split(r"[?#]", url, maxsplit=1)[0]
    return head.replace("\\", "/") + url[len(head) :]


def _without_noise(url: str) -> str:
    parts = urlsplit(url)
    path = _SESSION.sub("", parts.path) or "/"
    pairs = [pair for pair in parts.query.split("&") if not _is_noise(unquote_plus(pair.partition("=")[0]))]
    return urlunsplit((parts.scheme, parts.netloc, path, "&".join(pairs), ""))


def _is_noise(name: str) -> bool:
    lowered = name.lower()
    return lowered in _NOISE_NAMES or lowered.startswith(_NOISE_PREFIXES)


@remembered(REMEMBERED)
def host_of(url: str) -> str:
    """Host name of *url*, lower-case, without port; empty if there is none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def path_of(url: str) -> str:
    """Path and query of *url*: how a page is named to people who know the site."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def is_web_page(url: str) -> bool:
    """Whether *url* can lead to a page: http or https, no file name of another kind, and whole.

    An address whose secret was covered is asked by nobody: it belongs to the one person that it was made for.
    """
    if not url.startswith(("http://", "https://")) or is_covered(url):
        return False
    try:
        path = urlsplit(url).path
    except ValueError:
        return False
    return not path.lower().endswith(DOCUMENT_ENDINGS + _OTHER_ENDINGS)


DOCUMENT_ENDINGS = (".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".ods", ".rtf")
_OTHER_ENDINGS = (
    ".jpg", ".jpeg", ".png", ".gif", ".svg", ".webp", ".ico", ".mp3", ".mp4", ".webm", ".zip", ".gz", ".ics", ".css",
    ".js", ".json", ".xml", ".rss", ".atom", ".csv", ".txt", ".epub", ".woff", ".woff2",
)  # fmt: skip
