"""Checks of the accessibility statement: is it there, is it whole, and does it agree with what was found?"""

import re
from collections.abc import Iterator
from datetime import date

from auditor.derive.statement import is_named_statement, read_statement
from auditor.derive.urls import DOCUMENT_ENDINGS, host_of
from auditor.model.outcome import Outcome, Target, Value, cant_tell, failed, passed
from auditor.model.page import Document
from auditor.model.site import LinkSummary, PageSummary, Site
from auditor.model.statement import Claimed, Conformance, Measured, Statement
from auditor.model.vocabulary import Viewport

_VIEWPORTS = (Viewport.PHONE, Viewport.DESKTOP)
_FEW_WORDS = 8
_MOTIVE = re.compile(
    r"\b(?:därför|eftersom|på\s+grund\s+av|kostna\w*|kosta\w*|resurs\w*|skulle\s+(?:kräva|innebära|kosta|behöva)|leverantör\w*"
    r"|nytta\w*|avveckl\w*|ersätt\w*|upphandl\w*|avtal\w*|få\s+användare|because|cost\w*|resources)\b",
    re.IGNORECASE,
)


def statement_linked(site: Site) -> Iterator[Outcome]:
    """A statement is there, and the start page or every page links to it.

    Args:
        site: the whole site.
    """
    start = site.page(site.start)
    if start is None or not start.rendered:
        return
    known = {page.url for page in site.pages if page.statement}
    pages = [page for page in site.pages if page.rendered and not page.is_handoff and page.query is None]
    linking = [page for page in pages if _links_to_statement(page, known)]
    if start in linking or (linking and len(linking) == len(pages)):
        yield passed(start.target())
    elif linking:
        yield failed(start.target(), "not_linked", cause="not_linked", page=linking[0].url)
    elif known:
        yield failed(start.target(), "unlinked", cause="not_linked", page=min(known))
    elif site.complete:
        yield failed(start.target(), "missing", cause="missing")
    else:
        yield cant_tell(start.target(), "not_seen", cause="missing")


def _links_to_statement(page: PageSummary, known: set[str]) -> bool:
    if page.url in known:
        return True
    links = [link for link in page.links if link.href in known or is_named_statement(link.name)]
    return all(any(viewport in link.reachable for link in links) for viewport in _VIEWPORTS)


def statement_format(site: Site) -> Iterator[Outcome]:
    """The statement is a web page, not a document.

    Args:
        site: the whole site.
    """
    has_page = any(page.statement for page in site.pages)
    seen: set[str] = set()
    for page in site.pages:
        for link in page.links:
            if link.href in seen or not is_named_statement(link.name) or page.is_handoff:
                continue
            if _is_document(link, site):
                seen.add(link.href)
                target = page.target(link)
                yield passed(target) if has_page else failed(target, "document", cause=link.href, name=link.name)
    if has_page and not seen:
        yield passed(next(page.target() for page in site.pages if page.statement))


def _is_document(link: LinkSummary, site: Site) -> bool:
    status = site.statuses.get(link.href)
    kind = status.content_type if status else ""
    return link.href.lower().partition("?")[0].endswith(DOCUMENT_ENDINGS) or kind == "application/pdf"


def statement_actor(document: Document) -> Iterator[Outcome]:
    """The statement says who stands behind which service.

    Args:
        document: the statement's page; other pages are left out.
    """
    said = read_statement(document)
    if said is None:
        return
    own = host_of(document.url).removeprefix("www.")
    covers_us = own in said.hosts or any(own.endswith("." + host) for host in said.hosts)
    if not said.actor:
        yield failed(None, "actor")
    elif said.hosts and not covers_us:
        yield cant_tell(None, "other", host=said.hosts[0], own=own)
    elif covers_us or said.says_this_site:
        yield passed(None)
    else:
        yield failed(None, "service", actor=said.actor)


def statement_status(document: Document) -> Iterator[Outcome]:
    """The statement says by one of the three phrases how far the service conforms.

    Args:
        document: the statement's page; other pages are left out.
    """
    said = read_statement(document)
    if said is None:
        return
    if len(said.conformance) == 1:
        yield passed(None)
    elif said.conformance:
        yield cant_tell(None, "several")
    elif said.near_conformance:
        yield cant_tell(None, "near", phrase=said.near_conformance)
    else:
        yield failed(None, "none")


def statement_shortcomings(document: Document) -> Iterator[Outcome]:
    """A service that does not fully conform lists what is not accessible, with the reasons.

    Args:
        document: the statement's page; other pages are left out.
    """
    said = read_statement(document)
    if said is None or len(said.conformance) != 1 or said.conformance[0] is Conformance.FULL:
        return
    if not said.shortcomings:
        yield failed(None, "none") if not said.has_shortcomings_part else cant_tell(None, "unread")
    elif not said.gives_reasons:
        yield cant_tell(None, "reasons", count=len(said.shortcomings))
    else:
        yield passed(None)


def statement_exceptions(document: Document) -> Iterator[Outcome]:
    """What is excepted as too burdensome is motivated, and what is outside the law is listed.

    Args:
        document: the statement's page; other pages are left out.
    """
    said = read_statement(document)
    if said is None:
        return
    if said.burden:
        if _MOTIVE.search(said.burden_text):
            yield passed(None)
        elif len(said.burden_text.split()) < 3 * _FEW_WORDS:
            yield failed(None, "unmotivated")
        else:
            yield cant_tell(None, "motive")
    if said.outside:
        if len(said.outside_text.split()) >= _FEW_WORDS:
            yield passed(None)
        else:
            yield cant_tell(None, "unlisted")


def statement_method(document: Document) -> Iterator[Outcome]:
    """The statement says when and how the service was assessed.

    Args:
        document: the statement's page; other pages are left out.
    """
    said = read_statement(document)
    if said is None:
        return
    yield passed(None) if said.assessed else _undated(said)
    yield passed(None) if said.method else failed(None, "method", cause="method")


def _undated(said: Statement) -> Outcome:
    if said.updated:
        return cant_tell(None, "only_updated", cause="date", date=said.updated.isoformat())
    return failed(None, "date", cause="date")


def statement_age(document: Document, *, months: int = 12) -> Iterator[Outcome]:
    """The statement was looked over during the last year.

    Args:
        document: the statement's page; other pages are left out.
        months: how old it may be; the model statement encourages to review it every year.
    """
    said = read_statement(document)
    days = [day for day in (said.assessed, said.updated) if day] if said else []
    if not days or not document.today:
        return
    latest, today = max(days), date.fromisoformat(document.today)
    age = (today.year - latest.year) * 12 + today.month - latest.month - (today.day < latest.day)
    if latest > today:
        yield cant_tell(None, "future", date=latest.isoformat())
    elif age < months or (age == months and today.day == latest.day):
        yield passed(None)
    else:
        yield failed(None, "old", date=latest.isoformat(), months=months)


def statement_feedback(document: Document) -> Iterator[Outcome]:
    """The statement offers a way to report shortcomings.

    Args:
        document: the statement's page; other pages are left out.
    """
    said = read_statement(document)
    if said is None:
        return
    if {"form", "link"}.intersection(said.feedback):
        yield passed(None)
    elif said.feedback:
        yield cant_tell(None, "mail")
    else:
        yield failed(None, "none")


def statement_authority(
    document: Document, *, complaint_urls: tuple[str, ...], authority_hosts: tuple[str, ...]
) -> Iterator[Outcome]:
    """The statement links to the supervising authority's page for complaints.

    Args:
        document: the statement's page; other pages are left out.
        complaint_urls: addresses of that page, without scheme and www; the last is the one to use.
        authority_hosts: the authority's hosts, without www; also those of authorities before it.
    """
    said = read_statement(document)
    if said is None:
        return
    links = [_bare(href) for href in said.authority_links]
    theirs = [href for href in links if href.partition("/")[0] in (*authority_hosts, *map(_host, complaint_urls))]
    right = complaint_urls[-1]
    if {_bare(url) for url in complaint_urls}.intersection(links):
        yield passed(None)
    elif any("/" in href for href in theirs):
        yield cant_tell(None, "other_page", address=next(href for href in theirs if "/" in href), right=right)
    elif theirs:
        yield failed(None, "start", address=theirs[0], right=right)
    elif said.authority_named:
        yield failed(None, "no_link", right=right)
    else:
        yield failed(None, "none", right=right)


def _bare(url: str) -> str:
    address = re.sub(r"^https?://", "", url.strip().lower()).removeprefix("www.")
    return re.split(r"[?#]", address)[0].rstrip("/")


def _host(url: str) -> str:
    return _bare(url).partition("/")[0]


def statement_against_measurement(
    claimed: Claimed, *, criterion_words: tuple[str, ...], fewest_pages: int = 1
) -> Iterator[Outcome]:
    """What the statement claims agrees with what this run found.

    Args:
        claimed: the site's statements, and the criteria that failed.
        criterion_words: «1.4.3: kontrast, contrast»: words by which a shortcoming names a criterion without its number.
        fewest_pages: on how many pages a criterion must have failed.
    """
    measured = {name: one for name, one in claimed.measured.items() if len(one.pages) >= fewest_pages}
    words = dict(map(_entry, criterion_words))
    for statement in claimed.statements:
        target = claimed.target(statement)
        if len(statement.conformance) != 1:
            continue
        if statement.conformance[0] is Conformance.FULL:
            yield from _full(target, measured)
        elif statement.shortcomings:
            yield from _listed(target, statement, measured, words)


def _full(target: Target, measured: dict[str, Measured]) -> Iterator[Outcome]:
    if not measured:
        yield passed(target)
        return
    told = ", ".join(f"{name} ({len(one.pages)})" for name, one in sorted(measured.items(), key=_order))
    yield failed(target, "full", cause="full", count=len(measured), criteria=told)


def _listed(
    target: Target, statement: Statement, measured: dict[str, Measured], words: dict[str, tuple[str, ...]]
) -> Iterator[Outcome]:
    """Each criterion that failed: is it among the shortcomings, by its number or by a word for it?"""
    said = statement.shortcomings_text.casefold()
    for name, one in sorted(measured.items(), key=_order):
        if name in statement.criteria or any(word in said for word in words.get(name, ())):
            yield passed(target)
        else:
            values: dict[str, Value] = {
                "criterion": name,
                "pages": len(one.pages),
                "rules": ", ".join(one.rules),
                "page": one.pages[0],
            }
            known = bool(statement.criteria) and name in words
            yield (
                failed(target, "unlisted", cause=name, **values)
                if known
                else cant_tell(target, "unnumbered", cause=name, **values)
            )


def _entry(line: str) -> tuple[str, tuple[str, ...]]:
    """«1.4.3: kontrast, contrast» as criterion and words."""
    name, _, words = line.partition(":")
    return name.strip(), tuple(word.strip().casefold() for word in words.split(",") if word.strip())


def _order(item: tuple[str, object]) -> list[int]:
    return [int(part) for part in item[0].split(".")]
