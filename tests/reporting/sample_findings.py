"""What was found in the sample report, and on which pages."""

from collections.abc import Sequence

from auditor.model.facts import Box
from auditor.model.finding import IssueState
from auditor.model.report import Crop, Place, ReportFinding, Requirement
from auditor.model.vocabulary import Area, OutcomeKind, Severity, Viewport

SITE = "https://www.sjoboda.example"
START = f"{SITE}/"
BOTH = (Viewport.PHONE, Viewport.DESKTOP)
PATHS: Sequence[tuple[str, str]] = (
    ("/", "Sjöboda kommun"),
    ("/uppleva-och-gora", "Uppleva och göra"),
    ("/uppleva-och-gora/foreningar", "För dig i en förening"),
    ("/uppleva-och-gora/foreningar/bidrag", "Bidrag till föreningar"),
    ("/uppleva-och-gora/foreningar/bidrag/aktivitetsbidrag", "Aktivitetsbidrag"),
    ("/uppleva-och-gora/foreningar/bidrag/lokalbidrag", "Lokalbidrag"),
    ("/uppleva-och-gora/foreningar/bidrag/redovisa-bidrag", "Redovisa bidrag"),
    ("/uppleva-och-gora/boka-lokal", "Boka lokal"),
    ("/uppleva-och-gora/boka-lokal/idrottshallar", "Idrottshallar"),
    ("/uppleva-och-gora/boka-lokal/taxor-och-avgifter", "Taxor och avgifter"),
    ("/uppleva-och-gora/f%C3%B6reningsregister", "Föreningsregister"),
    ("/kontakt", "Kontakta oss"),
    ("/kontakt/servicecenter", "Servicecenter"),
    ("/om-webbplatsen/tillganglighetsredogorelse", "Tillgänglighetsredogörelse"),
    ("/sok?q=bidrag", "Sökresultat: bidrag"),
    ("/nyheter/elpriser", ""),
)


def requirement(number: str, name: str, level: str = "AA", clause: str | None = None) -> Requirement:
    return Requirement(
        id=f"wcag21:{number}",
        standard="WCAG 2.1",
        number=number,
        name=name,
        level=level,
        clause=f"9.{number}" if clause is None else clause,
    )


CONTRAST = requirement("1.4.3", "Kontrast (minimum)")
REFLOW = requirement("1.4.10", "Dynamisk anpassning (reflow)")
LABELS = requirement("3.3.2", "Ledtexter eller instruktioner", "A")
LANGUAGE = requirement("3.1.1", "Språk på sidan", "A")
STATEMENT = Requirement(
    id="mdffs2019:2:6",
    standard="MDFFS 2019:2",
    number="6 §",
    name="Tillgänglighetsredogörelsens innehåll",
    level="",
    clause="",
)
TARGET_SIZE = Requirement(
    id="wcag22:2.5.8", standard="WCAG 2.2", number="2.5.8", name="Storlek på klickytor (minimum)", level="AA", clause=""
)


def url(number: int) -> str:
    return SITE + PATHS[number][0]


def place(number: int, viewport: Viewport | None, sentence: str, **values: str) -> Place:
    told = {
        "selector": "main > p > a:nth-of-type(2)",
        "text": "Läs mer",
        "html": '<a href="/bidrag" class="lank">',
    } | values
    return Place(url=url(number), viewport=viewport, sentence=sentence, box=Box(24, 410, 150, 28), **told)


def finding(
    key: str,
    rule: str,
    area: Area,
    severity: Severity,
    title: str,
    sentence: str,
    why: str,
    repair: str,
    on: Sequence[int],
    *,
    kind: OutcomeKind = OutcomeKind.FAILED,
    requirements: tuple[Requirement, ...] = (),
    recommendation: bool = False,
    viewports: tuple[Viewport, ...] = BOTH,
    state: IssueState = IssueState.OPEN,
    first_seen: str = "2026-09-12T02:00:11+02:00",
    places: tuple[Place, ...] | None = None,
    targets: int | None = None,
    crop: bool = False,
) -> ReportFinding:
    found = (
        places
        if places is not None
        else tuple(place(number, viewport, sentence) for number in on for viewport in viewports)
    )
    return ReportFinding(
        key=key,
        rule=rule,
        area=area,
        kind=kind,
        severity=severity,
        title=title,
        sentence=sentence,
        why_markdown=why,
        repair_markdown=repair,
        requirements=requirements,
        recommendation=recommendation,
        page_count=len(on),
        target_count=targets or max(len(found), 1),
        viewports=viewports,
        pages=tuple(url(number) for number in on),
        places=found,
        crop=Crop(file=f"bilder/{key}.webp", url=url(on[0]), viewport=viewports[0], width=390, height=268)
        if crop
        else None,
        state=state,
        first_seen=first_seen,
        harm=float(severity.weight * len(on) * len(viewports)) if kind is OutcomeKind.FAILED else 0.0,
    )


def findings() -> tuple[ReportFinding, ...]:
    new = "2026-11-22T02:00:09+01:00"
    made = [
        finding(
            "a1f04c9be210", "axe/color-contrast", Area.ACCESSIBILITY, Severity.SERIOUS,
            "Texten syns tydligt mot bakgrunden",
            "Den grå texten i sidfoten har kontrasten 2,9:1 mot bakgrunden. Minst 4,5:1 behövs.",
            "Den som ser dåligt, eller läser i solsken, kan inte läsa texten. Där står telefonnummer och öppettider.",
            "### I webbverktyget\n\nVälj den mörkgrå färgen i er färgskala för text i sidfoten.\n\n### I koden\n\n"
            "Byt `color: #9a9a9a` mot `#595959` eller mörkare i sidfotens stilmall.",
            range(15), requirements=(CONTRAST,), crop=True, targets=60,
        ),
        finding(
            "b7720e3d5581", "responsive/reflow", Area.RESPONSIVE, Severity.SERIOUS,
            "Sidan får plats på en smal skärm",
            "Tabellen med avgifter är 780 pixlar bred och gör att hela sidan måste rullas i sidled.",
            "Den som läser i mobilen eller förstorar texten måste rulla i två led och tappar raden.",
            "Lägg tabellen i en egen ruta som går att rulla, eller dela upp den i en tabell per lokal.",
            (9, 8), requirements=(REFLOW,), viewports=(Viewport.NARROW, Viewport.PHONE), state=IssueState.NEW,
            first_seen=new, crop=True,
        ),
        finding(
            "c90ab1277f30", "contact/person-or-function", Area.CONTACT, Severity.SERIOUS,
            "Sidan säger vem man kontaktar",
            "Sidan har bara en länk till växeln, ingen person, funktion eller e-postadress.",
            "Föreningar skickas runt mellan handläggare, och frågor om bidrag blir utan svar i tid.",
            "Skriv funktion, telefon och e-postadress längst ner på varje sida om bidrag och lokaler.",
            (3, 4, 5, 6, 7, 8), state=IssueState.NEW, first_seen=new, crop=True,
        ),
        finding(
            "d3358aa04416", "navigation/generic-link-text", Area.NAVIGATION, Severity.MODERATE,
            "Länktexter berättar vart länken leder",
            "Länken heter ”Läs mer” och berättar inte vart den leder.",
            "Besökare skummar länkar. I mobilen och med skärmläsare möter man dem ofta en och en, utan texten runt om.",
            "Skriv i länktexten vad man hittar: ”Sök aktivitetsbidrag” i stället för ”Läs mer”.",
            (0, 1, 2, 3, 7, 11), state=IssueState.REOPENED, crop=True, targets=14,
        ),
        finding(
            "e5c47d6f9012", "structure/heading-order", Area.STRUCTURE, Severity.MODERATE,
            "Rubrikerna följer på varandra utan hopp",
            "Rubriken ”Så söker ni” är på nivå 4 men kommer direkt efter en rubrik på nivå 2.",
            "Den som använder skärmläsare hoppar mellan rubriker och tror att något saknas.",
            "Välj Rubrik 3 för ”Så söker ni” i redigeringsläget.",
            (3, 4, 5, 6),
        ),
        finding(
            "f0196b8c2ea7", "search/no-results-help", Area.SEARCH, Severity.MODERATE,
            "Sökningen hjälper vidare när inget hittas",
            "Sökningen på ”föreningsbidrg” gav inga träffar och inga förslag.",
            "Den som stavar fel tror att kommunen inte har informationen.",
            "Slå på stavningsförslag i sökmotorn, eller lägg till vanliga felstavningar som synonymer.",
            (14,), crop=True,
        ),
        finding(
            "0b6de21f7743", "information/old-date", Area.INFORMATION, Severity.MODERATE,
            "Datum och årtal är aktuella",
            "Sidan säger att sista ansökningsdag är 1 mars 2024, och det har passerat.",
            "Föreningar vet inte om uppgiften gäller i år och kan missa en ansökan.",
            "Skriv årets datum, eller skriv ”1 mars varje år” om det är samma dag.",
            (4, 6),
        ),
        finding(
            "1c8f33d0ab95", "accessibility/statement-content", Area.ACCESSIBILITY, Severity.MODERATE,
            "Tillgänglighetsredogörelsen säger hur man anmäler brister",
            "Redogörelsen saknar länk till tillsynsmyndigheten.",
            "Den som inte får svar av kommunen vet inte vart man kan vända sig.",
            "Lägg till ett stycke om tillsyn med länk till myndighetens sida för anmälan.",
            (13,), requirements=(STATEMENT,),
        ),
        finding(
            "2d714e90cc18", "axe/label", Area.ACCESSIBILITY, Severity.CRITICAL,
            "Formulärfält har ledtexter",
            "Fältet för organisationsnummer saknar ledtext i koden.",
            "Den som använder skärmläsare hör bara ”redigeringsruta” och vet inte vad som ska fyllas i.",
            "Koppla ledtexten till fältet med `for` och `id`. Be leverantören om det är en e-tjänst.",
            (10,), requirements=(LABELS,), state=IssueState.NEW, first_seen=new,
        ),
        finding(
            "3e90b5a1d662", "responsive/target-size", Area.RESPONSIVE, Severity.MINOR,
            "Länkar och knappar är stora nog att träffa",
            "Länkarna i sidfoten är 18 pixlar höga och ligger tätt.",
            "Den som darrar på handen eller har stora fingrar träffar fel länk.",
            "Öka radavståndet mellan länkarna i sidfoten till minst 24 pixlar.",
            range(15), requirements=(TARGET_SIZE,), recommendation=True, viewports=(Viewport.PHONE,),
        ),
        finding(
            "4fa2c6b2e773", "axe/image-alt-meaning", Area.ACCESSIBILITY, Severity.SERIOUS,
            "Bildens textalternativ beskriver bilden",
            "Bilden har textalternativet ”DSC_0412.jpg”, som ser ut som ett filnamn.",
            "Den som inte ser bilden får veta dess filnamn i stället för vad den visar.",
            "Skriv vad bilden visar, eller lämna textalternativet tomt om den bara är till utsmyckning.",
            (1, 2), kind=OutcomeKind.CANT_TELL, requirements=(requirement("1.1.1", "Icke-textuellt innehåll", "A"),),
        ),
        finding(
            "50b3d7c3f884", "information/unclear-abbreviation", Area.INFORMATION, Severity.MINOR,
            "Förkortningar förklaras",
            "”LOK-stöd” förklaras inte på sidan.",
            "Den som är ny i en förening vet inte vad ordet betyder.",
            "Skriv ut förkortningen första gången: lokalt aktivitetsstöd (LOK-stöd).",
            (4,), kind=OutcomeKind.CANT_TELL, state=IssueState.NEW, first_seen=new,
        ),
    ]  # fmt: skip
    return tuple(sorted(made, key=lambda one: (one.kind is not OutcomeKind.FAILED, -one.harm)))
