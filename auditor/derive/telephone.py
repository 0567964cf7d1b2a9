"""Telephone numbers in Swedish text, and what only looks like one.

A number is believed when it has the shape of the national numbering plan (PTS, Svensk nummerplan för telefoni enligt
ITU-T:s rekommendation E.164): an area code of two to four digits that is set apart where it ends, and eight to ten
digits in all. Ten digits without any separator are a mobile number, or need a word such as «telefon» before them.
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote

_SEPARATOR = r"[\s\u2010-\u2013-]{0,3}"
_CANDIDATE = re.compile(
    rf"(?<![\w+./:,\u2010-\u2013@#=&%-])"
    rf"(?P<country>(?:\+|00)46{_SEPARATOR}(?:\(0\){_SEPARATOR})?)?"
    rf"(?P<open>\()?(?P<area>0?\d{{1,3}})(?(open)\)){_SEPARATOR}(?P<rest>\d{{5,8}}|\d{{2,3}}(?:\s?\d{{2,3}}){{1,3}})"
    rf"(?![\d\w@])(?![-\u2010-\u2013/:.,]\d)(?!\s?(?:kr\b|kronor|procent|%|€|m2|m²|kvm|st\b))"
)
_THREE_DIGITS = re.compile(r"01[013689]|02[0136]|03[1356]|04[0246]|054|06[03]|07[02369]|090")
_MOBILE = re.compile(r"07[02369]")
_SPECIAL = re.compile(r"(?:010|07[02369]|077)")
_PHONE_WORD = re.compile(
    r"\b(?:tele?|tfn|telefon\w*|telnr|mobil\w*|sms|ring|ringer|kontakt\w*|växel\w*|jour\w*|direkt|phone|call|nås på"
    r"|nummer|telephone)\b[\s:.]*(?:\w+\s*){0,3}[:.]?\s*$",
    re.IGNORECASE,
)
_OTHER_WORD = re.compile(
    r"(?:org(?:anisations)?\.?\s?-?(?:nr|nummer)|bank\s?giro\w*|plus\s?giro\w*|post\s?giro\w*|\bbg|\bpg|swish\w*|dnr|diarie\w*|ärende\w*"
    r"|referens\w*|\bref|ocr\w*|faktur\w*|kund\s?n(?:r|ummer)|\b(?:bank|skatte|giro)?konto(?:t|nr|nummer)?\b|clearing\w*|iban|bic|gln\w*|ean\w*|peppol\w*|isbn|issn"
    r"|person\s?n(?:r|ummer)|samordnings\w*|moms\w*|vat|artikel\w*|serie\w*|version\w*|anläggnings\w*|fastighet\w*|registrerings\w*"
    r"|beslut\w*|fax\w*|telefax|certifikat\w*|tillstånd\w*|licens\w*|koordinat\w*|lat\w*|long\w*|position\w*|lotteri\w*)"
    r"\.?\s?-?(?:n(?:umme)?r)?\.?\s*[:.]?\s*$",
    re.IGNORECASE,
)
_NOT_DIGITS = re.compile(r"[^\d+]")


@dataclass(frozen=True)
class FoundPhone:
    """A telephone number in a text."""

    shown: str
    value: str
    """With country code: +46853530000."""
    begin: int
    end: int


def normal_phone(text: str) -> str:
    """*text* as digits with country code: 08-535 300 00, +46 (0)8-535 300 00 and 0046 8 535 300 00 → +46853530000."""
    digits = _NOT_DIGITS.sub("", re.sub(r"\(\s*0\s*\)", "", text))
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    elif digits.startswith("0"):
        digits = "+46" + digits[1:]
    return "+46" + digits[4:] if digits.startswith("+460") else digits


def find_phones(text: str, before: str = "") -> list[FoundPhone]:
    """The telephone numbers in *text* that a visitor could call, in order.

    Organisation, case and account numbers, prices, dates and opening hours are none; neither are fax numbers.

    Args:
        text: running text with white space collapsed.
        before: the words before *text*, which may say what the number is.
    """
    phones: list[FoundPhone] = []
    position = 0
    while match := _CANDIDATE.search(text, position):
        lead = f"{before} {text[max(0, match.start() - 60) : match.start()]}"
        found = _believed(match, lead)
        if found:
            phones.append(found)
        position = found.end if found else match.start() + 1
    return phones


def _believed(match: re.Match[str], lead: str) -> FoundPhone | None:
    if _OTHER_WORD.search(lead):
        return None
    shown = match[0]
    national = match["area"] + match["rest"]
    if match["country"]:
        national = national if national.startswith("0") else "0" + national
    digits = _NOT_DIGITS.sub("", national)
    if not digits.startswith("0") or not is_national(digits):
        return None
    if not match["country"] and not _is_set_apart(match, digits, lead) and not _stands_alone(shown, digits, lead):
        return None
    return FoundPhone(shown=shown.strip(), value=normal_phone(shown), begin=match.start(), end=match.end())


def is_national(digits: str) -> bool:
    """Whether *digits*, beginning with 0, can be a Swedish number: right length for its area code."""
    area = area_code(digits)
    if not area or not digits.isdigit():
        return False
    if _SPECIAL.match(digits):
        return len(digits) == 10
    if len(area) == 4:
        return 9 <= len(digits) <= 10 and digits[4] != "0"
    return 8 <= len(digits) <= 10 and (area == "020" or digits[len(area)] != "0")


def area_code(digits: str) -> str:
    """The area code that *digits* begin with: 08, 031, 0470; empty if there is no such one."""
    if digits.startswith("08"):
        return "08"
    if _THREE_DIGITS.match(digits):
        return digits[:3]
    if digits.startswith("077") or re.match(r"0[1-6]\d[1-9]|09[1-8]\d|0[1-6]\d0|0200", digits):
        return digits[:4]
    return ""


def _is_set_apart(match: re.Match[str], digits: str, lead: str) -> bool:
    """The area code, or a mobile's first four digits, is followed by a separator or stands in brackets."""
    if digits.startswith("08") and len(digits) == 8:
        return bool(_PHONE_WORD.search(lead))  # 08-16 12 30 may as well be hours
    gap = bool(match["open"]) or match.start("rest") > match.end("area")
    written = len(match["area"])
    fits = written == len(area_code(digits)) or (written == 4 and bool(_SPECIAL.match(digits)))
    return gap and fits


def _stands_alone(shown: str, digits: str, lead: str) -> bool:
    """Digits without any separator: a mobile's ten, or after a word that says that it is a telephone number."""
    if shown != digits:
        return False
    return bool(_MOBILE.match(digits)) or bool(_PHONE_WORD.search(lead))


def called_number(raw_href: str) -> str:
    """What a tel: address calls, without scheme, extension and pauses: tel:+46-8-53530000;ext=5 → +46-8-53530000."""
    rest = unquote(raw_href).strip().partition(":")[2].strip().lstrip("/")
    return re.split(r"[;,?]|(?<=\d)[pw](?=\d)", rest)[0].strip()


def call_problem(number: str) -> str:
    """Why *number*, as called_number gives it, cannot be called; empty if nothing speaks against it.

    Separators are allowed as in RFC 3966, blanks besides, since telephones skip them. The answers are empty, characters
    (something that is no digit), prefix (neither 0 nor + nor a short number), length (too few or many digits for the
    Swedish plan, or for E.164's 15), zero (+46 followed by 0).
    """
    if not number:
        return "empty"
    if re.search(r"[^\d\s+()./\u2010-\u2015\u2212-]", number) or "+" in number[1:] or not re.search(r"\d", number):
        return "characters"
    digits = re.sub(r"\D", "", number)
    if number.startswith("+") or digits.startswith("00"):
        return _abroad_problem(digits.removeprefix("00") if digits.startswith("00") else digits)
    if digits.startswith("0"):
        return "" if 8 <= len(digits) <= 10 else "length"
    return "" if 3 <= len(digits) <= 6 else "prefix"


def _abroad_problem(digits: str) -> str:
    if digits.startswith("460"):
        return "zero"
    if digits.startswith("46"):
        return "" if 8 <= len(digits) <= 11 else "length"
    return "" if 7 <= len(digits) <= 15 else "length"
