# ruff: noqa: E501 – a page a line
"""What the search service searches: the pages and documents of a municipality that does not exist."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from auditor.derive.dates import find_dates
from auditor.gather.pdf_facts import pdf_facts

SITE = Path(__file__).parents[2] / "fixtures" / "sites" / "sjoboda-2022" / "www"
_LEFT_OUT = ("sok", "english", "a-o", "karta")
_MORE = (
    ("arsmote", "Årsmöte i byalaget", "2022-03-02", "Så håller byalaget sitt årsmöte och skriver sitt protokoll."),
    ("angbat", "Ångbåtens vänner", "2022-05-23", "Byalaget vårdar ångbåten. Kommunen hyr ut bryggplatsen i hamnen."),
    ("andra", "Ändra byalagets uppgifter", "2022-10-25", "Byter byalaget kassör ska kommunen och föreningsregistret få veta."),
    ("oppet", "Öppna byadagar", "2022-09-03", "En dag om året visar byalagen upp sig på torget. Kommunen ordnar tält."),
    ("ovning", "Övningslokaler för musik", "2022-02-14", "Kommunen lånar ut replokaler till band i byalagen och körer i tonåren."),
    ("vavstuga", "Vävstugan", "2022-04-19", "Vävstugan är öppen för byalagets medlemmar. Kommunen äger huset och vävstolarna."),
    ("wrangel", "Wrangelska gården", "2022-06-09", "På gården håller byalaget till. Kommunen sköter parken."),
    ("zonindelning", "Zoner för affischer", "2022-07-28", "Kommunen delar in torget i zoner. Byalagen får tio affischer i varje."),
    ("adla", "Ädellövskogens dag", "2022-05-07", "Byalaget går genom skogen och räknar ekar. Ta med matsäck."),
    ("as", "Åsens samfällighet", "2021-11-30", "Byalaget på åsen sköter väg, brygga och badplats."),
    ("arlig", "Årlig rapport", "2022-01-21", "Byalaget skriver till kommunen vad det gjort under året."),
    ("odla", "Odla tillsammans", "2022-03-28", "Byalaget delar ut odlingslotter vid ån."),
    ("nyheter/lopp", "Åloppet i maj", "2022-04-30", "Byalaget ordnar lopp längs ån. Vägen stängs av."),
    ("nyheter/julgran", "Julgran på torget", "2022-11-10", "Byalaget klär granen första advent."),
    ("nyheter/ostlig", "Östliga vindar", "2022-08-17", "Byalagets segelskola hade rekord i år."),
    ("nyheter/allsang", "Allsång i parken", "2022-07-02", "Byalaget sjunger. Kommunen bjuder på kaffe."),
)  # fmt: skip


@dataclass(frozen=True)
class Text:
    """A page or document that can be found."""

    path: str
    title: str
    text: str
    day: str
    """When it was last changed, ISO 8601; empty if it does not say."""
    markup: str = ""
    """The page itself; empty for a document."""
    body: bytes = b""
    """The document itself; empty for a page."""

    @property
    def kind(self) -> str:
        """What a visitor calls it."""
        return "Dokument" if self.body else "Nyhet" if "/nyheter/" in self.path else "Sida"


@cache
def corpus() -> tuple[Text, ...]:
    """All pages and documents, in the order of their paths."""
    return tuple(sorted((*_pages(), *_more(), *_documents()), key=lambda text: text.path))


def _pages() -> Iterator[Text]:
    for file in sorted(SITE.rglob("index.html")):
        path = file.parent.relative_to(SITE).as_posix()
        if path.split("/")[0] in _LEFT_OUT or path == ".":
            continue
        tree = BeautifulSoup(file.read_text(encoding="utf-8"), "lxml")
        main = tree.find("main")
        if isinstance(main, Tag) and isinstance(tree.h1, Tag):
            text = main.get_text(" ", strip=True)
            yield _page(f"/{path}/", tree.h1.get_text(strip=True), text, _day(" ".join(tree.get_text(" ").split())))


def _day(text: str) -> str:
    for label in ("uppdaterad", "publicerad"):
        place = text.lower().rfind(label)
        if place >= 0 and (found := next(find_dates(text[place : place + 60]), None)):
            return found.day.isoformat()
    return ""


def _more() -> Iterator[Text]:
    for name, title, day, text in _MORE:
        yield _page(f"/foreningsliv/{name}/", title, text, day)


def _page(path: str, title: str, text: str, day: str) -> Text:
    stamp = f"<p>Sidan uppdaterad: {day}</p>" if day else ""
    markup = f"<h1>{title}</h1><p>{text}</p>{stamp}"
    return Text(path=path, title=title, text=text, day=day, markup=markup)


def _documents() -> Iterator[Text]:
    for file in sorted((SITE / "dokument").glob("*.pdf")):
        body = file.read_bytes()
        facts = pdf_facts(body)
        day = facts.created or f"2021-0{1 + len(file.stem) % 9}-15"
        yield Text(path=f"/dokument/{file.name}", title=facts.title, text=facts.text, day=day, body=body)
