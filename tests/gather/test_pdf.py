"""PDF documents, friendly and hostile: facts or a reason, never a hang and never an error."""

import asyncio
import io
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter

from auditor.gather.pdf import read_pdf
from auditor.gather.pdf_facts import pdf_facts
from auditor.model.pdf import PdfFacts
from tests.builders import REPEATABLE

DOCUMENTS = Path(__file__).parents[2] / "fixtures" / "sites" / "sjoboda-2019" / "www" / "dokument"
RULES = (DOCUMENTS / "regler-foreningsbidrag.pdf").read_bytes()
CHECKLIST = (DOCUMENTS / "checklista-evenemang.pdf").read_bytes()
SCAN = (DOCUMENTS / "fordelningsprinciper.pdf").read_bytes()
URL = "https://www.sjoboda.example/regler.pdf"


def read(body: bytes) -> PdfFacts:
    """What is seen of *body* in a process of its own."""
    return asyncio.run(read_pdf(URL, body))


def document(*objects: bytes) -> bytes:
    """A PDF without a table of objects: readers find them by looking."""
    numbered = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, body) for number, body in enumerate(objects, 1))
    return b"%PDF-1.7\n" + numbered + b"trailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"


def stream(body: bytes, more: bytes = b"") -> bytes:
    """An object that holds bytes."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(body), more, body)


def page(content: bytes, more: bytes = b"") -> bytes:
    """A document of one page with *content*, and whatever comes after it."""
    return document(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << >> >>",
        content,
        *([more] if more else []),
    )


def test_a_tagged_document_in_swedish() -> None:
    facts = read(CHECKLIST)
    assert (facts.url, facts.untested, facts.size) == (URL, "", len(CHECKLIST))
    assert (facts.pages, facts.looked_at, facts.with_text, facts.with_image) == (1, 1, 1, 0)
    assert (facts.tagged, facts.title, facts.language) == (True, "Checklista för evenemang", "sv-SE")
    assert facts.text.startswith("Checklista för evenemang Tolv veckor före")


def test_neither_tags_nor_language() -> None:
    facts = read(RULES)
    assert (facts.tagged, facts.language, facts.with_text) == (False, "", 1)


def test_a_scanned_page() -> None:
    facts = read(SCAN)
    assert (facts.with_text, facts.with_image, facts.text) == (0, 1, "")


def test_of_a_long_document_eight_pages_are_read_first_and_last_among_them() -> None:
    writer = PdfWriter()
    for _ in range(100):
        writer.add_blank_page(100, 100)
    out = io.BytesIO()
    writer.write(out)
    facts = pdf_facts(out.getvalue())
    assert (facts.pages, facts.looked_at, facts.with_text) == (100, 8, 0)


def test_a_locked_document_is_told_apart_from_a_broken_one() -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("hemligt", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert pdf_facts(out.getvalue()).untested == "pdf-locked"


def test_a_document_that_anybody_may_open_is_read_though_it_is_encrypted() -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("", "hemligt", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert (pdf_facts(out.getvalue()).untested, pdf_facts(out.getvalue()).pages) == ("", 1)


BOMB = zlib.compress(b" " * 400_000_000, 9)
HOSTILE = {
    "empty": b"",
    "no PDF": b"<html><body>Sidan finns inte</body></html>",
    "cut off": RULES[: len(RULES) // 2],
    "a catalog that is its own page tree": document(b"<< /Type /Catalog /Pages 1 0 R >>"),
    "pages that hold themselves": document(
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>"
    ),
    "a count without end": document(
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 999999999999 >>"
    ),
    "nested arrays": document(b"<< /Type /Catalog /Pages 2 0 R /X " + b"[" * 100_000 + b"]" * 100_000 + b" >>"),
    "a stream that unpacks to much": page(stream(BOMB, b"/Filter /FlateDecode")),
    "a form that draws itself": page(stream(b"/A Do"), stream(b"/A Do", b"/Type /XObject /Subtype /Form")),
    "strings where dictionaries belong": document(b"<< /Type /Catalog /Pages (x) /MarkInfo (x) /Lang 7 >>"),
    "a reference to itself": document(b"1 0 R"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_documents_end_in_facts_or_a_reason(name: str) -> None:
    facts = read(HOSTILE[name])
    assert facts.url == URL
    assert facts.untested in ("pdf-broken", "pdf-hard") or (facts.pages <= 1 and not facts.with_text)


@REPEATABLE
@given(st.integers(0, len(CHECKLIST) - 1), st.binary(min_size=1, max_size=40))
def test_damage_anywhere_never_raises(place: int, damage: bytes) -> None:
    facts = pdf_facts(CHECKLIST[:place] + damage + CHECKLIST[place + len(damage) :])
    assert facts.untested in ("", "pdf-broken", "pdf-hard", "pdf-locked")
    assert len(facts.text) <= 20_000
