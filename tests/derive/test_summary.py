"""What is kept of a page for rules about the whole site."""

import pytest

from auditor.derive.summary import is_scripted, main_heading, summarise, template_of
from auditor.model.page import Page
from auditor.model.site import PageSummary
from auditor.model.vocabulary import Viewport
from tests.builders import document, facts, heading, link, page, rendering, url


def test_a_page_is_summarised() -> None:
    seen = facts(
        title="Bidrag – Sjöboda kommun", headings=[heading("Bidrag")], stamps=["Senast uppdaterad: 2024-03-01\n"]
    )
    subject = page("/a", renderings=[rendering(Viewport.DESKTOP, path="/a", seen=seen)], final_path="/A/../b#x")
    found = summarise(subject)
    assert (found.url, found.final_url, found.status) == (url("/a"), url("/b"), 200)
    assert (found.title, found.main_heading) == ("Bidrag – Sjöboda kommun", "Bidrag")
    assert found.updated == "2024-03-01"
    assert found.rendered


@pytest.mark.parametrize("viewport", [Viewport.PHONE, Viewport.DESKTOP])
def test_one_rendering_is_enough(viewport: Viewport) -> None:
    found = summarise(page(renderings=[rendering(viewport, seen=facts(title="Sida"))]))
    assert (found.rendered, found.title) == (True, "Sida")


def test_the_desktop_is_told_of_where_both_were_seen() -> None:
    subject = page(
        renderings=[
            rendering(Viewport.PHONE, seen=facts(title="Telefon")),
            rendering(Viewport.DESKTOP, seen=facts(title="Dator")),
        ]
    )
    assert summarise(subject).title == "Dator"


def test_a_page_that_was_not_rendered_tells_why() -> None:
    subject = page(
        "/a.pdf",
        renderings=[],
        html=None,
        content_type="application/pdf",
        is_handoff=True,
        untested={"page": "download"},
    )
    assert summarise(subject) == PageSummary(
        url=url("/a.pdf"),
        final_url=url("/a.pdf"),
        status=200,
        content_type="application/pdf",
        is_handoff=True,
        rendered=False,
        reason="download",
    )


@pytest.mark.parametrize(
    ("html", "headers", "hidden"),
    [
        ('<meta name="robots" content="noindex, follow">', {}, True),
        ('<meta name="ROBOTS" content="NOINDEX">', {}, True),
        ('<meta name="robots" content="none">', {}, True),
        ("<title>Sida</title>", {"x-robots-tag": "noindex"}, True),
        ('<meta name="robots" content="index, nofollow">', {}, False),
        ('<meta name="description" content="noindex">', {}, False),
        ("<title>noindex</title>", {"x-robots-tag": "nofollow"}, False),
        ('<meta name="robots">', {}, False),
    ],
)
def test_pages_that_search_engines_are_kept_from(html: str, headers: dict[str, str], hidden: bool) -> None:
    assert summarise(page(html=html, headers=headers)).noindex is hidden


@pytest.mark.parametrize(
    ("html", "address"),
    [
        ('<link rel="canonical" href="/bidrag?utm_source=x#top">', url("/bidrag")),
        ('<link rel="canonical">', ""),
        ('<link rel="stylesheet" href="/a.css">', ""),
        ("", ""),
    ],
)
def test_the_canonical_address_that_a_page_names(html: str, address: str) -> None:
    assert summarise(page("/a", html=html + "<main>x</main>")).canonical == address


def linked(**links: list[tuple[str, bool, bool]]) -> Page:
    """A page with links (address, visible, revealed) by viewport."""
    return page(
        renderings=[
            rendering(
                Viewport(name),
                seen=facts(
                    links=[
                        link(href, visible=visible, revealed_by=("button",) if revealed else ())
                        for href, visible, revealed in seen
                    ]
                ),
            )
            for name, seen in links.items()
        ]
    )


def test_a_link_tells_in_which_viewports_it_is_seen_and_reached() -> None:
    subject = linked(
        phone=[(url("/a"), False, True), (url("/b"), False, False)],
        desktop=[(url("/a"), True, False), (url("/b"), True, False), (url("/c"), True, False)],
    )
    found = {one.href: (one.visible, one.reachable) for one in summarise(subject).links}
    assert found == {
        url("/a"): ((Viewport.DESKTOP,), (Viewport.PHONE, Viewport.DESKTOP)),
        url("/b"): ((Viewport.DESKTOP,), (Viewport.DESKTOP,)),
        url("/c"): ((Viewport.DESKTOP,), (Viewport.DESKTOP,)),
    }


def test_the_narrow_viewport_adds_no_links() -> None:
    subject = linked(desktop=[(url("/a"), True, False)], narrow=[(url("/b"), True, False)])
    assert [one.href for one in summarise(subject).links] == [url("/a")]


def test_links_are_spelled_as_pages_are_with_their_fragment_apart() -> None:
    subject = linked(desktop=[("https://WWW.sjoboda.example/a?utm_source=x#villkor", True, False)])
    found = summarise(subject).links[0]
    assert (found.href, found.fragment, found.name, found.in_main) == (url("/a"), "villkor", "Bidrag", True)


@pytest.mark.parametrize(
    "html",
    [
        '<a href="#" onclick="visa()">',
        '<a href="#a" data-toggle="collapse">',
        '<a href="#a" data-bs-target="#a">',
        '<a aria-expanded="false" href="#">',
        '<a class="btn accordion-header" href="#">',
        '<a class="js-open" href="#">',
        '<a @click="open" href="#">',
    ],
)
def test_links_that_a_script_answers(html: str) -> None:
    assert is_scripted(link(url("/a"), html=html))


@pytest.mark.parametrize(
    "html", ["<a>", '<a href="/onsala">', '<a class="link" href="/tabell">', '<a data-id="3" title="onclick" href="/">']
)
def test_links_that_lead_where_they_say(html: str) -> None:
    assert not is_scripted(link(url("/a"), html=html))


def test_a_link_with_a_role_of_its_own_is_no_plain_link() -> None:
    assert is_scripted(link(url("/a"), role="tab"))
    assert not is_scripted(link(url("/a"), role=""))


def test_the_main_heading_is_the_first_visible_one_of_level_one() -> None:
    seen = facts(headings=[heading("Meny", 2), heading("Dold", visible=False), heading("Bidrag"), heading("Andra")])
    assert main_heading(seen) == "Bidrag"


def test_without_level_one_it_is_the_first_of_the_content() -> None:
    seen = facts(headings=[heading("Meny", 2, regions=("navigation",)), heading("Bidrag", 2), heading("Villkor", 3)])
    assert main_heading(seen) == "Bidrag"
    assert main_heading(facts(headings=[heading("Meny", 2, regions=("banner",))])) == ""


SKELETON = (
    '<body class="sv-page"><header><nav><ul>{menu}</ul></nav></header><main>{main}</main><footer></footer></body>'
)


def test_pages_of_one_template_share_a_fingerprint() -> None:
    one = document(SKELETON.format(menu="<li>a</li>", main="<h1>Bidrag</h1>"))
    other = document(
        SKELETON.format(menu="<li>a</li><li>b</li>", main='<div class="x"><p>Text</p></div><script></script>')
    )
    assert template_of(one) == template_of(other) != ""


@pytest.mark.parametrize(
    "html",
    [
        SKELETON.format(menu="", main="").replace("sv-page", "sv-start"),
        SKELETON.format(menu="", main="").replace("<footer>", "<aside></aside><footer>"),
        SKELETON.format(menu="", main="").replace("header", "div"),
    ],
)
def test_pages_of_different_templates_do_not(html: str) -> None:
    assert template_of(document(html)) != template_of(document(SKELETON.format(menu="", main="")))


def test_scripts_and_styles_are_no_part_of_a_template() -> None:
    plain = SKELETON.format(menu="", main="")
    scripted = plain.replace("<header>", "<script>1</script><style></style><noscript></noscript><header>")
    assert template_of(document(plain)) == template_of(document(scripted))


def test_an_empty_document_has_no_template() -> None:
    assert template_of(document("")) == ""
