"""Files that nobody meant: each gives what it says, or one line that tells what is wrong with it."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from auditor.archive.check import check_archive
from auditor.archive.unpack import unpacked
from auditor.archive.warc import entries, sort_key
from auditor.catalogue.cards import read_card
from auditor.catalogue.lexicon import Lexicon, read_lexicon
from auditor.catalogue.tasks import read_tasks
from auditor.claimfile import read_claims
from auditor.content import content
from auditor.errors import AuditorError
from auditor.gather.pdf_facts import pdf_facts
from auditor.sitefile import read_target
from tests.fuzz.strategies import ADDRESS, FUZZ, TEXT

SITE = b"""name: Sj\xc3\xb6boda
start: https://www.sjoboda.example/
scope: {max_pages: 5, include: [/a]}
tasks:
  - {id: bidrag, question: Hur?, targets: [/a/]}
politeness: {delay: 1.5}
"""
CLAIMS = b"""claims:
  - id: sok
    quote: Det finns en s\xc3\xb6kfunktion
    document: policy.pdf
"""
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/Lang(sv)/MarkInfo<</Marked true>>>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
    b"4 0 obj<</Length 20>>stream\nBT (Hej) Tj ET\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
)
CARD = (content("rules") / "structure" / "heading-order.md").read_bytes()


def damaged(whole: bytes) -> st.SearchStrategy[bytes]:
    """*whole* with pieces cut out, doubled, or put in."""
    pieces = st.one_of(st.binary(max_size=6), TEXT.map(lambda text: text.encode("utf-8", "replace")))

    @st.composite
    def spoil(draw: st.DrawFn) -> bytes:
        spoiled = whole
        for _ in range(draw(st.integers(1, 3))):
            begin = draw(st.integers(0, len(spoiled)))
            end = draw(st.integers(begin, min(len(spoiled), begin + 40)))
            spoiled = spoiled[:begin] + draw(pieces) * draw(st.integers(0, 2)) + spoiled[end:]
        return spoiled

    return spoil()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


def told(error: AuditorError) -> None:
    """An error of ours is one line."""
    assert len(str(error).splitlines()) == 1, error


@FUZZ
@given(st.one_of(damaged(SITE), st.binary(max_size=80)))
def test_site_files(folder: Path, body: bytes) -> None:
    path = folder / "site.yaml"
    path.write_bytes(body)
    try:
        read_target(str(path))
    except AuditorError as error:
        told(error)


@FUZZ
@given(st.one_of(TEXT, ADDRESS))
@example("\n")
@example("http://\x1e")
@example("//")
def test_targets(target: str) -> None:
    try:
        read_target(target)
    except AuditorError as error:
        told(error)


@FUZZ
@given(st.one_of(damaged(CLAIMS), st.binary(max_size=80)))
def test_claim_files(folder: Path, body: bytes) -> None:
    path = folder / "claims.yaml"
    path.write_bytes(body)
    try:
        read_claims(path)
    except AuditorError as error:
        told(error)


@FUZZ
@given(st.one_of(damaged(b"tasks:\n" + SITE), damaged(b"- {id: a, question: b}\n")))
def test_task_files(folder: Path, body: bytes) -> None:
    path = folder / "tasks.yaml"
    path.write_bytes(body)
    try:
        read_tasks(path)
    except AuditorError as error:
        told(error)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return read_lexicon(content("rules") / "lexicon")


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@FUZZ
@given(damaged(CARD))
def test_cards(folder: Path, lexicon: Lexicon, body: bytes) -> None:
    path = folder / "structure" / "heading-order.md"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(body)
    sibling = content("rules") / "structure" / "heading-order.sv.md"
    (path.parent / sibling.name).write_bytes(sibling.read_bytes())
    try:
        read_card(path, folder, lexicon, {})
    except AuditorError as error:
        told(error)


@FUZZ
@given(st.one_of(damaged(PDF), st.binary(max_size=100)))
def test_documents(body: bytes) -> None:
    facts = pdf_facts(body)
    assert facts.untested or facts.pages >= 0
    facts.text.encode("utf-8")
    facts.title.encode("utf-8")


def wacz() -> bytes:
    """A small archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(
            "datapackage.json", '{"profile": "data-package", "resources": [{"name": "a", "path": "a.txt"}]}'
        )
        archive.writestr("archive/data-1.warc.gz", b"\x1f\x8b")
        archive.writestr("../a.txt", "x")
    return packed.getvalue()


@FUZZ
@given(st.one_of(damaged(wacz()), st.binary(max_size=100)))
def test_archives(folder: Path, body: bytes) -> None:
    path = folder / "run.wacz"
    path.write_bytes(body)
    try:
        _, damage = check_archive(path)
        assert all(len(str(one).splitlines()) == 1 for one in damage)
    except AuditorError as error:
        told(error)
    try:
        with unpacked(path) as opened:
            assert opened.is_dir()
    except AuditorError as error:
        told(error)
    assert not (folder.parent / "a.txt").exists()


@FUZZ
@example(b"a b \x80\n")
@example(b"a b {\n")
@given(damaged(b'se,kommun)/ 20240515100000 {"url": "https://kommun.example/", "offset": "0", "length": "9"}\n' * 2))
def test_indexes_of_archives(folder: Path, body: bytes) -> None:
    path = folder / "data-1.cdxj"
    path.write_bytes(body)
    try:
        list(entries(path))
    except AuditorError as error:
        told(error)


@FUZZ
@given(ADDRESS)
def test_sort_keys(address: str) -> None:
    assert len(sort_key(address).split()) <= 1
