"""Pictures beside what verdicts rest on."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from auditor.derive.file_name import file_name
from auditor.gather.print import print_pdf
from auditor.model.claim import Verdict
from auditor.model.config import BrowserConfig
from auditor.model.facts import Box
from auditor.model.verification import EvidenceItem, ReportClaim, ReportGround, VerificationReport
from auditor.model.vocabulary import Language, Viewport
from auditor.pipeline import claim_pictures
from auditor.pipeline.artifacts import write_page
from auditor.pipeline.claim_pictures import EACH_SIDE, with_pictures
from auditor.reporting.revision import write_revision
from auditor.store.history import History
from auditor.store.runs import RunStore
from tests.builders import START, facts, heading, link, page, rendering, url
from tests.store.runs import begin

RED = (200, 0, 0)
PLACE = Box(x=100, y=400, width=80, height=20)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[RunStore]:
    """A run with twelve pages of one picture each: white, with a red link and a heading at the top."""
    history = History(tmp_path / "history.db")
    store = begin(history)
    (store.folder / "shots").mkdir(parents=True, exist_ok=True)
    (store.folder / "pages").mkdir(parents=True, exist_ok=True)
    for number in range(12):
        path = f"/{number}"
        shot = Image.new("RGB", (390, 900), "white")
        shot.paste(RED, (100, 400, 180, 420))
        shot.save(store.folder / "shots" / f"{number}.png")
        seen = facts(
            headings=(replace(heading("Bidrag"), name="Bidrag", box=Box(x=16, y=60, width=200, height=40)),),
            links=(
                replace(link("/x", selector="#mal"), box=PLACE),
                replace(link("/y", selector="#gomd", visible=False), box=PLACE),
            ),
        )
        shown = replace(rendering(Viewport.PHONE, path=path, seen=seen), screenshot=f"{number}.png")
        write_page(page(path, renderings=[shown]), store.folder / "pages", file_name(url(path)))
    yield store
    history.close()


def item(path: str, selector: str = "", viewport: Viewport | None = Viewport.PHONE) -> EvidenceItem:
    """One thing that was seen."""
    return EvidenceItem(
        url=url(path), viewport=viewport, selector=selector, text="", sentence="Sidan har länken.", screenshot=""
    )


def ground(*against: EvidenceItem, speaks_for: tuple[EvidenceItem, ...] = ()) -> ReportGround:
    """A condition with what speaks against it and for it."""
    return ReportGround(
        holding="no", label="Länk", sentence="Nej.", speaks_for=speaks_for, speaks_against=against, parts=()
    )


def report(*grounds: ReportGround) -> VerificationReport:
    """One claim for each ground."""
    claims = tuple(
        ReportClaim(
            id=f"p{number}",
            quote="Så är det.",
            language=Language.SWEDISH,
            source="Svar",
            verdict=Verdict.CONTRADICTED,
            sentences=(),
            conflicts=(),
            ground=one,
        )
        for number, one in enumerate(grounds)
    )
    return VerificationReport(
        schema="1",
        language=Language.SWEDISH,
        title="T",
        case="",
        background_markdown="",
        questions=(),
        sources=(),
        site_name="Sjöboda",
        start=START,
        run_id="1",
        run_state="complete",
        earlier_run_id="",
        audited_at="2024-05-15T08:00:00+00:00",
        written_at="2024-05-15T09:00:00+00:00",
        command="auditor verify",
        versions={},
        settings={},
        coverage=1.0,
        pages=12,
        observations=(),
        evidence=(),
        claims=claims,
    )


def test_an_element_is_shown_where_it_stands_with_its_surroundings(store: RunStore, tmp_path: Path) -> None:
    shown = with_pictures(report(ground(item("/0", "#mal"))), store, tmp_path / "ut")
    crop = shown.claims[0].ground.speaks_against[0].crop

    assert crop is not None
    with Image.open(tmp_path / "ut" / crop.file) as picture:
        assert picture.size == (crop.width, crop.height)
        # 120 pixels are kept on each side of the target; its middle is red, and a frame is drawn around it.
        red, green, blue = picture.convert("RGB").getpixel((crop.width // 2 - 25, 130))  # type: ignore[misc]
    assert (red > 150, green < 90, blue < 90) == (True, True, True)


def test_a_page_is_shown_by_its_main_heading(store: RunStore, tmp_path: Path) -> None:
    shown = with_pictures(report(ground(speaks_for=(item("/0", viewport=None),))), store, tmp_path / "ut")

    crop = shown.claims[0].ground.speaks_for[0].crop
    assert crop is not None
    assert crop.viewport is Viewport.PHONE


def test_of_several_pages_as_such_one_is_shown(store: RunStore, tmp_path: Path) -> None:
    shown = with_pictures(report(ground(item("/0"), item("/1"))), store, tmp_path / "ut")

    assert [one.crop is not None for one in shown.claims[0].ground.speaks_against] == [True, False]


@pytest.mark.parametrize(
    "missing", [item("/0", "#gomd"), item("/0", "#borta"), item("/borta"), item("/0", "#mal", Viewport.DESKTOP)]
)
def test_what_no_picture_shows_has_none(store: RunStore, tmp_path: Path, missing: EvidenceItem) -> None:
    shown = with_pictures(report(ground(missing)), store, tmp_path / "ut")

    assert shown.claims[0].ground.speaks_against[0].crop is None


def test_each_side_has_a_few_pictures_and_a_place_is_cut_once(store: RunStore, tmp_path: Path) -> None:
    many = ground(*(item(f"/{number}", "#mal") for number in range(6)))
    shown = with_pictures(report(many, many), store, tmp_path / "ut")

    assert [[one.crop is not None for one in claim.ground.speaks_against] for claim in shown.claims] == [
        [True] * EACH_SIDE + [False] * (6 - EACH_SIDE)
    ] * 2
    twice = with_pictures(report(replace(many, parts=(many,))), store, tmp_path / "ut").claims[0].ground
    assert [one.crop for part in twice.parts for one in part.speaks_against] == [None] * 6
    assert len(list((tmp_path / "ut" / "bilder").iterdir())) == EACH_SIDE


def test_when_room_is_scarce_what_speaks_against_comes_first(
    store: RunStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claim_pictures, "MOST_BYTES", 1)
    shown = with_pictures(
        report(ground(speaks_for=(item("/0", "#mal"),)), ground(item("/1", "#mal"))), store, tmp_path / "ut"
    )

    assert shown.claims[0].ground.speaks_for[0].crop is None
    assert shown.claims[1].ground.speaks_against[0].crop is not None


def test_the_report_shows_them_with_a_text_and_only_if_they_are_there(store: RunStore, tmp_path: Path) -> None:
    shown = with_pictures(report(ground(item("/0", "#mal"), item("/1", "#mal"))), store, tmp_path / "ut")
    (tmp_path / "ut" / "bilder" / "utsnitt-002.webp").unlink()
    text = write_revision(shown, tmp_path / "ut").read_text(encoding="utf-8")

    assert 'src="bilder/utsnitt-001.webp"' in text
    assert "utsnitt-002" not in text
    assert "med stället inringat" in text


@pytest.mark.browser
def test_on_paper_the_pictures_are_there_and_no_link_names_a_folder_of_this_machine(
    store: RunStore, tmp_path: Path
) -> None:
    folder = tmp_path / "ut"
    (folder / "bilder").mkdir(parents=True)
    (folder / "bilder" / "0.png").write_bytes((store.folder / "shots" / "0.png").read_bytes())
    shown = with_pictures(report(ground(replace(item("/0", "#mal"), screenshot="0.png"))), store, folder)
    page = write_revision(shown, folder)
    print_pdf(page, folder / "rapport.pdf", BrowserConfig())
    printed = PdfReader(folder / "rapport.pdf")

    assert 'href="bilder/0.png"' in page.read_text(encoding="utf-8")
    assert sum(len(sheet.images) for sheet in printed.pages) == 1
    links = [link.get_object() for sheet in printed.pages for link in sheet.get("/Annots", ())]
    assert [link["/A"] for link in links if "file:" in str(link.get("/A"))] == []
