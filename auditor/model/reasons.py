"""Why something could not be tested, told in the reader's language.

A reason is stored as ``key`` or ``key|detail``, so that an old run can be told in any language.
"""

from auditor.model.vocabulary import Language

_SENTENCES = {
    "no-answer": ("Sidan svarade inte inom {} sekunder.", "The page did not answer within {} seconds."),
    "failed-to-load": ("Sidan gick inte att öppna: {}.", "The page could not be opened: {}."),
    "status": ("Sidan svarade med felkod {}.", "The page answered with error code {}."),
    "download": ("Adressen ger en fil, inte en webbsida.", "The address gives a file, not a web page."),
    "redirect": ("Adressen skickar vidare till {}.", "The address redirects to {}."),
    "no-host": ("Det finns ingen webbplats med det värdnamnet.", "There is no such host."),
    "refused": ("Servern tog inte emot anslutningen.", "The server refused the connection."),
    "private": (
        "Adressen leder in i ett internt nät och besöktes inte.",
        "The address leads into a private network and was not visited.",
    ),
    "cut-off": ("Servern avbröt svaret.", "The server cut its answer off."),
    "certificate": (
        "Servern har ett certifikat eller en kryptering som webbläsaren inte godtar.",
        "The browser does not accept the server's certificate or encryption.",
    ),
    "redirect-loop": ("Sidan skickar vidare i en rundgång.", "The page redirects in a loop."),
    "hangs": (
        "Sidans egna skript höll webbläsaren upptagen, så att den inte svarade.",
        "The page's own scripts kept the browser busy, so that it did not answer.",
    ),
    "crashed": ("Sidan fick webbläsarens flik att krascha.", "The page crashed the browser's tab."),
    "browser-ended": (
        "Webbläsaren avslutades medan sidan granskades.",
        "The browser ended while the page was looked at.",
    ),
    "closed": ("Sidan stängde sin flik.", "The page closed its tab."),
    "left": (
        "Sidan laddades om eller gick vidare medan den granskades.",
        "The page reloaded or went elsewhere while it was looked at.",
    ),
    "script": (
        "Sidan gick inte att läsa av med granskningens skript: {}.",
        "The page could not be read by the audit's script: {}.",
    ),
    "odd-answer": (
        "Sidan gav svar som inte går att tolka.",
        "The page gave answers that make no sense.",
    ),
    "not-kept": ("Sidan gick inte att bearbeta: {}.", "The page could not be processed: {}."),
    "stopped": ("Granskningen avbröts.", "The run was stopped."),
    "too-long": ("Det tog för lång tid att granska sidan.", "The page took too long to look at."),
    "viewport-too-long": (
        "Det tog för lång tid att granska sidan i den här skärmstorleken.",
        "The page took too long to look at in this viewport.",
    ),
    "never-loaded": (
        "Sidan blev aldrig färdigladdad. Den granskades som den såg ut då.",
        "The page never finished loading; it was tested as it stood.",
    ),
    "axe-failed": ("Verktyget axe kunde inte köras: {}.", "The tool axe could not be run: {}."),
    "axe-too-long": (
        "Sidan är så stor att verktyget axe inte hann bli klart.",
        "The page is so large that the tool axe did not get done.",
    ),
    "no-picture": ("Ingen bild kunde tas av sidan: {}.", "No picture could be taken of the page: {}."),
    "axe-silent": ("Verktyget axe prövade inte den här regeln.", "axe did not run this rule."),
    "frames": ("En inbäddad ram svarade inte: {}.", "An embedded frame did not answer: {}."),
    "reveal-failed": ("Menyer kunde inte öppnas: {}.", "Menus could not be opened: {}."),
    "reveal-budget": (
        "Sidan har fler menyer och dragspel än vad som öppnas vid en granskning.",
        "The page has more menus and accordions than the budget allows to open.",
    ),
    "keyboard-failed": (
        "Sidan gick inte att gå igenom med tangentbordet: {}.",
        "The page could not be walked through with the keyboard: {}.",
    ),
    "keyboard-too-long": (
        "Det tog för lång tid att gå igenom sidan med tangentbordet.",
        "The page took too long to walk through with the keyboard.",
    ),
    "hover-failed": (
        "Det som visas under muspekaren kunde inte prövas: {}.",
        "What shows under the pointer could not be tested: {}.",
    ),
    "hover-too-long": (
        "Det tog för lång tid att pröva det som visas under muspekaren.",
        "Testing what shows under the pointer took too long.",
    ),
    "states-failed": (
        "Det som går att öppna på sidan kunde inte prövas öppet: {}.",
        "What can be opened on the page could not be tested open: {}.",
    ),
    "states-too-long": (
        "Det tog för lång tid att pröva allt som går att öppna på sidan.",
        "Testing all that can be opened on the page took too long.",
    ),
    "no-look": ("Sidan kunde inte granskas.", "The page could not be looked at."),
    "check-raised": ("Kontrollen gick fel: {}.", "The check failed: {}."),
    "robots": ("Webbplatsens robots.txt tillåter inte besöket.", "The site's robots.txt forbids it."),
    "pdf-over-cap": (
        "Fler PDF-dokument än gränsen på {} dokument för granskningen.",
        "More PDF documents than the limit of {} documents for the run.",
    ),
    "pdf-too-large": ("Dokumentet är större än gränsen på {} MB.", "The document is larger than the limit of {} MB."),
    "pdf-hard": (
        "Dokumentet tar för mycket minne eller tid att läsa.",
        "The document takes too much memory or time to read.",
    ),
    "pdf-broken": ("Dokumentet är trasigt eller inget PDF-dokument.", "The document is broken, or no PDF document."),
    "pdf-locked": ("Dokumentet är låst med lösenord.", "The document is locked with a password."),
    "pdf-no-answer": ("Dokumentet gick inte att hämta.", "The document could not be fetched."),
    "link-refused": (
        "{} avvisade frågan. Länkar dit måste provas i en webbläsare.",
        "{} turned the request down. Links to it must be tried in a browser.",
    ),
    "link-silent": (
        "{} svarade inte. Länkar dit måste provas i en webbläsare.",
        "{} did not answer. Links to it must be tried in a browser.",
    ),
    "link-private": (
        "{} ligger i ett internt nät och besöktes inte.",
        "{} lies in a private network and was not visited.",
    ),
    "link-robots": ("{}: robots.txt tillåter inte besöket.", "{}: robots.txt forbids the visit."),
    "max-pages": (
        "Fler sidor än gränsen på {} sidor för granskningen.",
        "More pages than the limit of {} pages for the run.",
    ),
    "search-field": (
        "Sökfältet gick inte att skriva i.",
        "The search field could not be written in.",
    ),
    "search-silent": (
        "Ingenting hände när sökningen skickades, varken med Enter eller med sökknappen.",
        "Nothing happened when the search was sent, neither by Enter nor by its button.",
    ),
    "search-overlay": (
        "Sökningen visar träffar i en ruta medan man skriver och har ingen sida med resultat. Sådana granskas inte.",
        "The search shows its hits in a box while one types, and has no page of results. Such are not tested.",
    ),
    "search-unread": (
        "Det gick inte att läsa ut vad sökningen svarade.",
        "What the search answered could not be made out.",
    ),
    "search-not-asked": (
        "Webbplatsens sökning prövades inte: den kändes inte igen, är avstängd i inställningarna eller är stängd "
        "för robotar.",
        "The site's search was not asked: it was not recognised, is turned off in the settings, or closed to robots.",
    ),
    "query-not-asked": (
        "Sökningen hann inte eller fick inte göras.",
        "The search was not made: there was no time, or it was not allowed.",
    ),
    "search-off": (
        "Prövning av sökningen är avstängd i webbplatsens fil.",
        "Trying the search is switched off in the site file.",
    ),
    "search-few-hits": (
        "Sökningen gav färre än {} träffar, och så få kan stå rätt av en slump.",
        "The search gave fewer than {} hits, and so few can be right by chance.",
    ),
    "search-no-order": (
        "Sorteringen gick inte att välja när sökningen gjordes om: {}.",
        "The order could not be chosen when the search was made again: {}.",
    ),
    "search-no-choice": (
        "Filtret gick inte att välja när sökningen gjordes om: {}.",
        "The filter could not be chosen when the search was made again: {}.",
    ),
    "search-cut": (
        "Träffarna var för många för att alla skulle läsas.",
        "There were too many hits to read all of them.",
    ),
    "search-not-on-phone": (
        "På mobil gick inget sökfält att se eller öppna.",
        "On a phone no search field could be seen or opened.",
    ),
    "search-hits-unknown": (
        "Sökningen visade sidor som körningen inte har tittat på, och någon av dem kan vara svaret. Bekräfta uppgiftens"
        " svar i webbplatsfilen, eller låt körningen se fler sidor (scope.max_pages).",
        "The search showed pages that the run did not look at, and one of them may be the answer. Confirm the task's "
        "answer in the site file, or let the run see more pages (scope.max_pages).",
    ),
    "search-not-compared": (
        "För få sökningar gick att läsa både på mobil och på dator.",
        "Too few searches could be read both on a phone and on a desktop.",
    ),
    "no-search": (
        "Ingen sökning som går att pröva hittades. Ange search.url i webbplatsens fil.",
        "No search that can be tried was found. Give search.url in the site file.",
    ),
}


def sentence(reason: str, language: Language) -> str:
    """What *reason* says in *language*; a reason that is not known comes back as it is."""
    key, _, detail = reason.partition("|")
    if key not in _SENTENCES:
        return reason
    swedish, english = _SENTENCES[key]
    return (swedish if language is Language.SWEDISH else english).replace("{}", detail.rstrip("."))
