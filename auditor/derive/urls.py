"""Addresses: which two are the same page, and what belongs to a site."""

from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

# Parameters that say how a visitor came, or which portlet state a page is in, and never which page it is.
_NOISE_PREFIXES = ("utm_", "_t_", "sv.", "svid", "mc_", "pk_")
_NOISE_NAMES = frozenset({"fbclid", "gclid", "jsessionid", "phpsessid", "sessionid", "sid", "print", "printable"})


def canonical(url: str, base: str = "") -> str:
    """The one spelling of *url* that stands for its page: no fragment, no session or tracking parameters.

    Host names are lower-cased, default ports dropped, parameters sorted (as w3lib does), percent-encoding made uniform.
    An address that cannot be parsed comes back as it is.
    """
    try:
        absolute = urljoin(base, url.strip()) if base else url.strip()
        parts = urlsplit(absolute)
        if parts.scheme not in ("http", "https"):
            return absolute
        host = (parts.hostname or "").rstrip(".")
        default = {"http": 80, "https": 443}[parts.scheme]
        netloc = host if parts.port in (None, default) else f"{host}:{parts.port}"
        path = parts.path.split(";jsessionid=")[0].split(";JSESSIONID=")[0] or "/"
        query = urlencode([(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not _is_noise(key)])
        return canonicalize_url(urlunsplit((parts.scheme, netloc, path, query, "")))
    except ValueError:
        return url


def _is_noise(name: str) -> bool:
    lowered = name.lower()
    return lowered in _NOISE_NAMES or lowered.startswith(_NOISE_PREFIXES)


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
    """Whether *url* can lead to a page: http or https, and no file name of another kind."""
    if not url.startswith(("http://", "https://")):
        return False
    return not urlsplit(url).path.lower().endswith(DOCUMENT_ENDINGS + _OTHER_ENDINGS)


DOCUMENT_ENDINGS = (".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".ods", ".rtf")
_OTHER_ENDINGS = (
    ".jpg", ".jpeg", ".png", ".gif", ".svg", ".webp", ".ico", ".mp3", ".mp4", ".webm", ".zip", ".gz", ".ics", ".css",
    ".js", ".json", ".xml", ".rss", ".atom", ".csv", ".txt", ".epub", ".woff", ".woff2",
)  # fmt: skip
