"""Which language a text is written in, told by its most common small words."""

import re
from collections import Counter
from dataclasses import dataclass

_WORD = re.compile(r"[^\W\d_]+")

# Small words of each language, among its commonest. A word may stand in several lists; the margin sorts that out.
_SMALL_WORDS = {
    "sv": """och att det som en på är av för med den till inte har de om ett vi kan du ska från eller men vid när
        hos din dina ditt era ni er så här också blir måste får finns efter under alla vad hur där mer än detta""",
    "en": """the of and to in is that for it with as on are this be at by from or an your you we can will have has not
        which their our if how about more all any should must when where these please""",
    "no": """og at det som en på er av for med den til ikke har de om et vi kan du skal fra eller men ved når hos din
        dine ditt deres så her også blir må får etter under alle hva hvordan der mer enn dette disse jeg være
        være blev efter hvad mere eneste kun noget""",
    "fi": """ja on ei että se oli ovat hän mutta joka tai kun niin myös sekä voi ole mukaan sen kuin jos ne tämä
        olla voit sinun sitä jotka vain siitä tämän kanssa jälkeen ennen saat tarvitset""",
    "de": """der die das und ist in den von zu mit sich des auf für nicht ein eine dem als auch es an werden aus er hat
        dass sie nach wird bei einer um am sind noch wie einem über oder wir ihre können""",
    "fr": """le la les de des et un une est que qui dans pour pas sur au avec ce il sont par plus vous nous ou du en
        aux cette votre être ont mais leur""",
    "es": """el la los las de y que en un una es por con para no se del al lo como más su pero sus le este está son
        o ha si sobre también usted""",
    "nl": """de het een en van in is dat op te zijn met voor niet aan er om ook als bij maar dan nog naar uit door
        wordt kunnen heeft deze dit of uw wij""",
    "pl": """i w na z do nie się jest że o po to jak co za od dla przez przy oraz lub są czy być może tym tego które
        należy można""",
}  # fmt: skip
_LISTS = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
_SAME = {"nb": "no", "nn": "no", "da": "no"}
_LEAST_SHARE = {"fi": 0.08, "pl": 0.12}
_SHARE, _MARGIN = 0.2, 1.6
"""Running text in the languages above has a quarter to two fifths of such words; the runner-up has half as many, but
Swedish and Norwegian share many, which the words that only one of them has decide."""


@dataclass(frozen=True)
class Guess:
    """A language, and how sure it is."""

    language: str
    """Two letters; no stands for Norwegian and Danish, which are not told apart."""
    sure: bool


def guess_language(text: str, least_words: int = 60) -> Guess | None:
    """The language of *text*; None if there are fewer than *least_words* words or no language fits."""
    words = _WORD.findall(text.lower())
    if len(words) < least_words:
        return None
    counts = Counter(words)
    shares = {language: sum(counts[word] for word in small) / len(words) for language, small in _LISTS.items()}
    ranked = sorted(shares, key=lambda language: shares[language], reverse=True)
    best, second = ranked[0], ranked[1]
    if shares[best] < _LEAST_SHARE.get(best, _SHARE) / 2:
        return None
    sure = shares[best] >= _LEAST_SHARE.get(best, _SHARE) and _leads(best, second, shares, counts)
    return Guess(best, sure)


def share_of(text: str, language: str) -> float:
    """The share of *text*'s words that are common small words of *language*; 0 for languages that we know none of."""
    words = _WORD.findall(text.lower())
    return sum(word in _LISTS.get(language, ()) for word in words) / len(words) if words else 0.0


def _leads(best: str, second: str, shares: dict[str, float], counts: Counter[str]) -> bool:
    if shares[best] >= _MARGIN * shares[second]:
        return True
    if {best, second} != {"sv", "no"}:
        return False
    own = sum(counts[word] for word in _LISTS[best] - _LISTS[second])
    others = sum(counts[word] for word in _LISTS[second] - _LISTS[best])
    return own >= 5 and own >= 4 * others


def primary(tag: str) -> str:
    """The language of a lang attribute: sv-SE → sv; Norwegian and Danish are one, as in guesses."""
    code = tag.strip().lower().replace("_", "-").split("-")[0]
    return _SAME.get(code, code)


def says_language(tag: str) -> bool:
    """Whether a lang attribute has the form of a language tag (BCP 47): two or three letters first."""
    return bool(re.fullmatch(r"[a-z]{2,3}(?:[-_][a-z0-9]{1,8})*", tag.strip(), re.IGNORECASE))
