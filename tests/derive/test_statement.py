"""The accessibility statement: what is one, and what it says, however its markup is cut."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.derive.lines import lines_of
from auditor.derive.statement import is_named_statement, read_statement
from auditor.model.statement import Conformance, Method, Statement
from tests.builders import REPEATABLE, document

HEAD = "<title>Tillgänglighetsredogörelse</title><main><h1>Tillgänglighetsredogörelse</h1>"
WHOLE = """
<p>Sjöboda kommun står bakom den här webbplatsen. Dokumentet beskriver hur www.sjoboda.example uppfyller lagen om
tillgänglighet till digital offentlig service.</p>
<h2>Brister</h2><p>Webbplatsen är delvis förenlig med lagen.</p>
<ul><li>Bilder saknar alternativtext (1.1.1).</li>
<li>Filmer saknar undertexter (9.1.2.2), därför att de är gamla.</li></ul>
<h2>Rapportera brister</h2><p><a href="/formular">Formulär</a> eller <a href="mailto:a@sjoboda.example">mejl</a></p>
<h2>Tillsyn</h2><p><a href="https://www.digg.se/tdosanmalan">Anmäl till myndigheten</a></p>
<h2>Hur vi testat webbplatsen</h2><p>En självskattning gjordes den 2 maj 2024. Redogörelsen uppdaterades den 3 maj 2024.
Webbplatsen publicerades den 1 januari 2025.</p></main>"""


def read(body: str) -> Statement:
    """What a statement with *body* says."""
    statement = read_statement(document(HEAD + body))
    assert statement
    return statement


def test_a_whole_statement_is_read() -> None:
    said = read(WHOLE)
    assert (said.actor, said.hosts, said.says_this_site) == ("Sjöboda kommun", ("sjoboda.example",), True)
    assert said.conformance == (Conformance.PARTIAL,)
    assert len(said.shortcomings) == 2
    assert said.criteria == ("1.1.1", "1.2.2")
    assert said.gives_reasons
    assert (said.assessed, said.updated) == (date(2024, 5, 2), date(2024, 5, 3))
    assert said.method is Method.SELF
    assert set(said.feedback) == {"form", "mail"}
    assert said.authority_links == ("https://www.digg.se/tdosanmalan",)
    assert not said.burden
    assert not said.outside


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Webbplatsen är helt förenlig med lagen.", (Conformance.FULL,)),
        ("Webbplatsen är <b>del</b><i>vis</i> förenlig.", (Conformance.PARTIAL,)),
        ("Webbplatsen är delvis<br>förenlig.", ()),
        ("Webbplatsen är ännu inte helt förenlig.", ()),
        ("När vi är klara är den helt förenlig.", ()),
        ("Vi strävar efter att bli helt förenliga.", ()),
        ("Den är inte förenlig med lagen.", (Conformance.NONE,)),
        ("DELVIS FÖRENLIG", (Conformance.PARTIAL,)),
        ("Innehåll som inte är förenligt med kraven.", ()),
    ],
)
def test_a_status_is_one_of_three_exact_phrases(text: str, found: tuple[Conformance, ...]) -> None:
    assert read(f"<p>{text}</p></main>").conformance == found


@pytest.mark.parametrize(
    "html",
    [
        "<title>Start</title><h1>Välkommen</h1><footer><a href='/t'>Tillgänglighetsredogörelse</a></footer>",
        "<h1>Ny lag om tillgänglighet</h1><p>DOS-lagen gäller. En webbplats kan vara delvis förenlig.</p>",
        "<h1>Tillgänglighetsredogörelser</h1><a href='/a'>Tillgänglighetsredogörelse för appen</a>",
        "<h1>Tillgänglighet för besökare</h1><p>Det finns hiss och ramp till badhuset.</p>",
        "<h1>Rapport</h1><p>Vi granskade 20 redogörelser. De flesta säger delvis förenlig. Digg har tillsyn.</p>",
    ],
)
def test_pages_that_only_speak_of_statements_are_none(html: str) -> None:
    assert read_statement(document(html)) is None


@pytest.mark.parametrize(
    ("name", "leads"),
    [
        ("Tillgänglighetsredogörelse", True),
        ("Läs vår tillgänglighetsredogörelse", True),
        ("Tillgänglighet", True),
        ("Om tillgänglighet", True),
        ("Tillgänglighet för sjoboda.se", True),
        ("Accessibility statement", True),
        ("Tillgänglighet i badhuset", False),
        ("Tillgängliga lokaler", False),
        ("Tillgänglighetsrådet", False),
    ],
)
def test_what_links_to_a_statement_are_called(name: str, leads: bool) -> None:
    assert is_named_statement(name) is leads


@REPEATABLE
@given(st.lists(st.integers(0, len("Webbplatsen är delvis förenlig med lagen.")), max_size=8))
def test_no_inline_markup_changes_what_is_read(cuts: list[int]) -> None:
    text = "Webbplatsen är delvis förenlig med lagen."
    places = sorted({0, len(text), *cuts})
    pieces = [text[begin:end] for begin, end in pairwise(places)]
    marked = "".join(f"<span>{piece}</span>" if index % 2 else f"<b>{piece}</b>" for index, piece in enumerate(pieces))
    assert read(f"<p>{marked}</p></main>").conformance == (Conformance.PARTIAL,)


@REPEATABLE
@given(st.text(max_size=400))
def test_any_text_can_be_read(text: str) -> None:
    assert read(f"<p>{text.replace('<', '')}</p></main>").url


@REPEATABLE
@given(st.text("<>abh12 /pdiv='\"=&;", max_size=200))
def test_any_markup_can_be_cut_into_lines(html: str) -> None:
    assert all(line.text or line.writable for line in lines_of(document(html)))


def test_a_bold_line_is_a_heading_and_a_bold_sentence_is_none() -> None:
    lines = lines_of(document("<main><p><b>Tillsyn</b></p><p><b>Digg har tillsyn.</b></p><p><b>A</b> b</p></main>"))
    assert [line.level for line in lines] == [7, 0, 0]
