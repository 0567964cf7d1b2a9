"""Changes that sites go through between two audits, done to a copy of a fixture site.

Every element carries a stamp, which is taken away before anything is compared: it alone tells which element of the
changed site is which element of the one before. Its value is longer than what axe-core looks at when it makes
selectors.
"""

import hashlib
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Comment, Tag
from bs4.dammit import EntitySubstitution
from bs4.element import NavigableString
from bs4.formatter import HTMLFormatter

from auditor.model.config import SiteConfig

STAMP = "data-x"
_TEXTS = (".css", ".js", ".json", ".xml", ".txt")
_MONTHS = tuple("januari februari mars april maj juni juli augusti september oktober november december".split())  # noqa: SIM905
_ENGLISH = tuple("January February March April May June July August September October November December".split())  # noqa: SIM905
_DATE = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})\b")
_REFERENCES = ("for", "headers", "list", "form", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns")
_ADDRESSES = ("href", "src", "action", "srcset", "content")


class _Written(HTMLFormatter):
    """Writes attributes in their order, which the usual formatter sorts."""

    def attributes(self, tag: Tag) -> Iterable[tuple[str, Any]]:
        return list(tag.attrs.items())


_AS_WRITTEN = _Written(entity_substitution=EntitySubstitution.substitute_xml)


@dataclass
class Copy:
    """A site in memory, to be changed and written."""

    config: SiteConfig
    host: str
    pages: dict[str, BeautifulSoup]
    texts: dict[str, str]
    others: dict[str, bytes]
    redirects: dict[str, str] = field(default_factory=dict)

    def write(self, folder: Path) -> SiteConfig:
        """Writes the site into *folder* and gives how to audit it."""
        shutil.rmtree(folder, ignore_errors=True)
        for name, content in (
            *((name, tree.decode(formatter=_AS_WRITTEN).encode()) for name, tree in self.pages.items()),
            *((name, text.encode()) for name, text in self.texts.items()),
            *self.others.items(),
        ):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        if self.redirects:
            lines = (f"{old} {new}\n" for old, new in self.redirects.items())
            (folder / "_redirects").write_text("".join(lines), encoding="utf-8")
        serve = {**self.config.serve, self.host: folder}
        return self.config.model_copy(update={"serve": serve})

    def mains(self) -> Iterator[Tag]:
        """The main part of every page that has one."""
        for tree in self.pages.values():
            main = tree.select_one("main, [role=main]")
            if main:
                yield main

    def replace(self, change: Callable[[str], str]) -> None:
        """Does *change* to all addresses and to all that is no page."""
        self.texts = {name: change(text) for name, text in self.texts.items()}
        for tree in self.pages.values():
            for tag in tree.find_all(True):
                for name in _ADDRESSES:
                    if isinstance(tag.get(name), str):
                        tag[name] = change(str(tag[name]))
            for script in tree.find_all(["script", "style"]):
                if script.string:
                    script.string = change(script.string)


def read_copy(config: SiteConfig) -> Copy:
    """The site of *config*, each element stamped, with a fault in the footer of every third page."""
    host = next(host for host in config.serve if host in config.start)
    root = config.serve[host]
    site = Copy(config, host, {}, {}, {})
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        name = path.relative_to(root).as_posix()
        if path.suffix == ".html":
            site.pages[name] = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        elif path.suffix in _TEXTS:
            site.texts[name] = path.read_text(encoding="utf-8")
        else:
            site.others[name] = path.read_bytes()
    _fault(site, lambda number: number % 3 == 0)
    for name, tree in site.pages.items():
        for number, tag in enumerate(tree.find_all(True)):
            stamp = hashlib.sha256(f"{config.name} {name} {number}".encode()).hexdigest()[:36]
            tag.attrs = {STAMP: stamp, **tag.attrs}
    return site


def _fault(site: Copy, on: Callable[[int], bool]) -> None:
    """Puts a link that holds nothing but a picture without alternative at the end of pages that lack it."""
    for number, tree in enumerate(site.pages.values()):
        place = tree.find("footer") or tree.body
        if on(number) and place and not tree.find(class_="dela-sidan"):
            marked = '<div class="dela-sidan"><a href="/"><img src="/bilder/dela.svg" width="40" height="40"></a></div>'
            place.append(BeautifulSoup(marked, "html.parser"))


def _short(text: str, length: int = 6) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:length]


def _renamed(site: Copy, kind: str, new: Callable[[str], str]) -> None:
    """Gives every class or id the name that *new* makes, in pages, styles and scripts."""
    names: set[str] = set()
    for tree in site.pages.values():
        for tag in tree.find_all(True):
            names |= set(tag.get_attribute_list(kind)) - {None}
    known = {name: new(name) for name in names if re.fullmatch(r"[A-Za-z_][\w-]*", name)}
    for tree in site.pages.values():
        for tag in tree.find_all(True):
            if kind == "class" and tag.get("class"):
                tag["class"] = " ".join(known.get(str(name), str(name)) for name in tag.get_attribute_list("class"))
            elif kind == "id":
                _rename_ids(tag, known)
    sign = r"\." if kind == "class" else "#"
    either = "|".join(sorted(map(re.escape, known), key=len, reverse=True)) or "$^"
    styled = re.compile(rf"({sign})({either})(?![\w-])")
    spoken = re.compile(
        r"(?<![\w/.-])("
        + ("|".join(sorted((name for name in known if "-" in name), key=len, reverse=True)) or "$^")
        + r")(?![\w-])"
    )
    for name, text in site.texts.items():
        if name.endswith(".css"):
            site.texts[name] = styled.sub(lambda found: found[1] + known[found[2]], text)
        elif name.endswith(".js"):
            text = styled.sub(lambda found: found[1] + known[found[2]], text)
            site.texts[name] = spoken.sub(lambda found: known[found[1]], text)


def _rename_ids(tag: Tag, known: dict[str, str]) -> None:
    if tag.get("id"):
        tag["id"] = known.get(str(tag["id"]), str(tag["id"]))
    for name in _REFERENCES:
        if tag.get(name):
            parts = " ".join(str(part) for part in tag.get_attribute_list(name)).split()
            tag[name] = " ".join(known.get(part, part) for part in parts)
    address, mark, fragment = str(tag.get("href") or "").partition("#")
    if mark:
        tag["href"] = f"{address}#{known.get(fragment, fragment)}"


def _classes_suffixed(site: Copy) -> None:
    _renamed(site, "class", lambda name: f"{name}-{_short(name, 5)}")


def _classes_renamed(site: Copy) -> None:
    _renamed(site, "class", lambda name: f"k{_short(name)}")


def _ids_regenerated(site: Copy) -> None:
    _renamed(site, "id", lambda name: f"i{_short(name)}-x")


def _attribute_order(site: Copy) -> None:
    for tree in site.pages.values():
        for tag in tree.find_all(True):
            stamp = tag.attrs.pop(STAMP)
            tag.attrs = {STAMP: stamp, **dict(reversed(list(tag.attrs.items())))}


def _wrappers_added(site: Copy) -> None:
    for name, tree in site.pages.items():
        for number, tag in enumerate(tree.find_all(["p", "ul", "ol", "form", "section", "article", "table"])):
            if tag.parent and tag.parent.name not in ("ul", "ol", "table", "tbody", "p", "dl"):
                tag.wrap(tree.new_tag("div", attrs={"class": "omslag", "id": f"w{_short(name + str(number))}"}))


def _wrappers_removed(site: Copy) -> None:
    for tree in site.pages.values():
        for tag in tree.find_all("div"):
            if not tag.get("id") and tag.parent and tag.parent.name in ("main", "article", "section", "footer", "div"):
                tag.unwrap()


def _blocks_reordered(site: Copy) -> None:
    for main in site.mains():
        blocks = list(main.find_all(["section", "article", "aside", "div"], recursive=False))
        for block in blocks:
            block.extract()
        for block in reversed(blocks):
            main.append(block)


def _lists_reordered(site: Copy) -> None:
    for main in site.mains():
        for listing in main.find_all("ul"):
            items = [item.extract() for item in listing.find_all("li", recursive=False)]
            for item in reversed(items):
                listing.append(item)


def _pagination(site: Copy) -> None:
    for main in site.mains():
        for listing in main.find_all("ul"):
            items = listing.find_all("li", recursive=False)
            if len(items) > 2:
                items[-1].decompose()
                first = BeautifulSoup(str(items[0]), "html.parser").li
                for tag in (first, *first.find_all(True)) if first else ():
                    del tag[STAMP]
                if first:
                    listing.insert(0, first)


def _nonces(site: Copy) -> None:
    for name, tree in site.pages.items():
        for tag in tree.find_all(True):
            tag[f"data-v-{_short(site.host, 8)}"] = ""
            if tag.name in ("script", "style"):
                tag["nonce"] = _short(name, 16)
            if tag.name in ("script", "img") and tag.get("src"):
                tag["src"] = f"{tag['src']}?v={_short(str(tag['src']), 10)}"
            if tag.name == "link" and tag.get("rel") == ["stylesheet"]:
                tag["href"] = f"{tag['href']}?v={_short(str(tag['href']), 10)}"
            if tag.name in ("a", "button", "li"):
                tag["data-id"] = _short(str(tag.attrs), 12)
        for form in tree.find_all("form"):
            form.append(tree.new_tag("input", attrs={"type": "hidden", "name": "_csrf", "value": _short(name, 20)}))


def _texts(site: Copy, change: Callable[[str], str]) -> None:
    for tree in site.pages.values():
        for text in tree.find_all(string=True):
            if not isinstance(text, Comment) and text.parent and text.parent.name not in ("script", "style"):
                changed = change(str(text))
                if changed != text:
                    text.replace_with(NavigableString(changed))


def _dates_changed(site: Copy) -> None:
    _texts(site, lambda text: _DATE.sub(lambda date: f"{int(date[1]) % 27 + 1} {date[2]} {date[3]}", text))


def _dates_written_otherwise(site: Copy) -> None:
    _texts(site, lambda text: _DATE.sub(lambda d: f"{d[3]}-{_MONTHS.index(d[2]) + 1:02}-{int(d[1]):02}", text))


def _dates_translated(site: Copy) -> None:
    _texts(site, lambda text: _DATE.sub(lambda d: f"{int(d[1])} {_ENGLISH[_MONTHS.index(d[2])]} {d[3]}", text))


def _moved(site: Copy, *, redirect: bool) -> None:
    """Moves everything in the folder that holds most pages."""
    folders = [name.rpartition("/")[0] for name in site.pages if "/" in name]
    old = max(sorted(set(folders)), key=folders.count)
    new = "flyttat/" + _short(old)
    hit = re.compile(rf"(?<![\w-])/{re.escape(old)}/")
    for name in [name for name in site.pages if name.startswith(f"{old}/")]:
        moved = f"{new}/{name.removeprefix(f'{old}/')}"
        site.pages[moved] = site.pages.pop(name)
        if redirect:
            site.redirects[address_of(name)] = address_of(moved)
    site.replace(lambda text: hit.sub(f"/{new}/", text))
    tasks = tuple(
        task.model_copy(update={"targets": tuple(hit.sub(f"/{new}/", target) for target in task.targets)})
        for task in site.config.tasks
    )
    site.config = site.config.model_copy(update={"tasks": tasks, "hub": hit.sub(f"/{new}/", site.config.hub)})


def address_of(name: str) -> str:
    """The path under which a file of the site is served."""
    return "/" + name.removesuffix("index.html")


def _canonical_changed(site: Copy) -> None:
    for name, tree in site.pages.items():
        for tag in tree.find_all("link", rel="canonical"):
            tag.decompose()
        if tree.head:
            address = f"http://{site.host}{address_of(name)}?visning=standard"
            tree.head.append(tree.new_tag("link", attrs={"rel": "canonical", "href": address}))


def _menu_added(site: Copy) -> None:
    for tree in site.pages.values():
        for listing in [ul for nav in tree.find_all("nav") for ul in nav.find_all("ul")][:1]:
            listing.insert(0, BeautifulSoup('<li><a href="/">Aktuellt just nu</a></li>', "html.parser"))


def _text_near(site: Copy) -> None:
    for main in site.mains():
        for paragraph in main.find_all("p"):
            paragraph.append(NavigableString(" Uppgifterna gäller även i år."))


def _texts_reworded(site: Copy) -> None:
    for main in site.mains():
        for number, tag in enumerate(main.find_all(["a", "h2", "h3", "label", "button"])):
            if number % 3 == 0 and tag.string and len(str(tag.string).split()) > 1:
                tag.string = f"{tag.string} hos oss"


def _titles(site: Copy) -> None:
    for tree in site.pages.values():
        if tree.title and tree.title.string:
            tree.title.string = re.sub(r"\s[-–|]\s[^-–|]+$", " | Kommunen", tree.title.string)


def _language_toggle(site: Copy) -> None:
    for tree in site.pages.values():
        header = tree.find("header") or tree.body
        if header:
            header.insert(0, BeautifulSoup('<p class="sprak"><a lang="en" href="/">English</a></p>', "html.parser"))


def _host_changed(site: Copy) -> None:
    old, new = site.host, "nya." + site.host.removeprefix("www.")
    site.replace(lambda text: text.replace(f"//{old}", f"//{new}"))
    serve = dict(site.config.serve)
    serve[new] = serve.pop(old)
    start = site.config.start.replace(f"//{old}", f"//{new}")
    site.config = site.config.model_copy(update={"start": start, "serve": serve, "formerly": (old,)})
    site.host = new


def _minified(site: Copy) -> None:
    for tree in site.pages.values():
        for text in tree.find_all(string=True):
            if isinstance(text, Comment):
                text.extract()
            elif text.parent and text.parent.name not in ("script", "style", "pre") and not text.strip():
                text.replace_with(NavigableString(" "))


def _spread(site: Copy) -> None:
    _fault(site, lambda number: True)


def _shrunk(site: Copy) -> None:
    blocks = [block for tree in site.pages.values() for block in tree.find_all(class_="dela-sidan")]
    for block in blocks[1:]:
        block.decompose()


def _redesign(site: Copy) -> None:
    for change in (_classes_renamed, _ids_regenerated, _wrappers_added, _nonces, _dates_changed, _menu_added, _titles):
        change(site)


CHANGES: dict[str, Callable[[Copy], None]] = {
    "nothing": lambda site: None,
    "class names suffixed": _classes_suffixed,
    "class names replaced": _classes_renamed,
    "ids regenerated": _ids_regenerated,
    "attributes reordered": _attribute_order,
    "wrappers added": _wrappers_added,
    "wrappers removed": _wrappers_removed,
    "blocks reordered": _blocks_reordered,
    "lists reordered": _lists_reordered,
    "pagination shifted": _pagination,
    "nonces and hashes": _nonces,
    "dates changed": _dates_changed,
    "dates as figures": _dates_written_otherwise,
    "dates translated": _dates_translated,
    "addresses moved, redirected": lambda site: _moved(site, redirect=True),
    "addresses moved, old ones gone": lambda site: _moved(site, redirect=False),
    "canonical changed": _canonical_changed,
    "template fault spread": _spread,
    "template fault shrunk": _shrunk,
    "menu item added": _menu_added,
    "text edited near": _text_near,
    "texts reworded": _texts_reworded,
    "titles rewritten": _titles,
    "language toggle added": _language_toggle,
    "host changed": _host_changed,
    "minified": _minified,
    "redesign: seven at once": _redesign,
}
"""What is done to the site, by name."""
