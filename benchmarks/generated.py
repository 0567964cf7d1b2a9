"""Writes a site of any number of pages, for benchmarks: sections with lists, articles with headings and links."""

from pathlib import Path

_TEXT = """förening bidrag ansökan lokal hall plan nämnd beslut medlem styrelse årsmöte blankett regler datum avgift
nyckel bokning tid kväll helg lag match träning ledare barn ungdom kultur idrott musik teater kurs möte protokoll"""
_WORDS = _TEXT.split()
_PER_SECTION = 50


def write_site(folder: Path, pages: int) -> int:
    """Writes *pages* pages into *folder*, from which they can be served, and gives their number.

    Each is reached in three steps at the most: start page, section, article. Texts differ from page to page; header,
    menu and footer are the same.
    """
    sections = max(1, -(-(pages - 1) // (_PER_SECTION + 1)))
    articles = pages - 1 - sections
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "stil.css").write_text("body{font:1rem/1.5 sans-serif;max-width:50rem;margin:auto}a{padding:.3rem 0}")
    menu = [f"/avdelning-{number}/" for number in range(min(sections, 8))]
    _write(folder / "index.html", "Start", [f"/avdelning-{number}/" for number in range(sections)], menu, 0)
    for section in range(sections):
        count = min(_PER_SECTION, articles - section * _PER_SECTION)
        links = [f"/avdelning-{section}/sida-{number}/" for number in range(max(0, count))]
        _write(folder / f"avdelning-{section}" / "index.html", f"Avdelning {section}", links, menu, section + 1)
        for number, link in enumerate(links):
            seed = section * _PER_SECTION + number + 1000
            title = f"{_word(seed).capitalize()} och {_word(seed + 7)} {seed}"
            _write(folder / link.strip("/") / "index.html", title, links[number + 1 : number + 4], menu, seed)
    return pages


def _write(path: Path, title: str, links: list[str], menu: list[str], seed: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    nav = "".join(f'<li><a href="{link}">Avdelning {link.strip("/").split("-")[-1]}</a></li>' for link in menu)
    more = "".join(f'<li><a href="{link}">Sida {link.strip("/").replace("/", " ")}</a></li>' for link in links)
    parts = "".join(
        f"<h2>{_word(seed + n * 5).capitalize()} {n}</h2><p>{_sentences(seed + n)}</p>" for n in range(1, 4)
    )
    row = "".join(f"<td>{_word(seed + n)}</td>" for n in range(3))
    path.write_text(
        f"""<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>{title} - Bänkby kommun</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/stil.css"></head>
<body>
<a href="#innehall">Gå till innehållet</a><header><a href="/">Bänkby kommun, till startsidan</a>
<nav aria-label="Huvudmeny"><ul>{nav}</ul></nav></header><main id="innehall"><h1>{title}</h1>
<p>{_sentences(seed)}</p>{parts}<ul>{more}</ul>
<table><caption>Priser</caption><tr><th>Ett</th><th>Två</th><th>Tre</th></tr><tr>{row}</tr></table></main>
<footer><p>Kontakt: <a href="tel:+46980319200">0980-319 200</a></p></footer></body></html>""",
        encoding="utf-8",
    )


def _word(seed: int) -> str:
    return _WORDS[(seed * 31) % len(_WORDS)]


def _sentences(seed: int) -> str:
    return " ".join(
        f"{_word(seed + n).capitalize()} {_word(seed * 3 + n)} {_word(seed + 2 * n)} {_word(seed + n * n)}."
        for n in range(12)
    )
