"""What must hold of every report, whatever the pages said that it is about."""

import asyncio
import csv
import gzip
from pathlib import Path

from lxml import etree
from playwright.async_api import ConsoleMessage, Request

from auditor.gather.browser import running_browser
from auditor.model.config import BrowserConfig

_CONTROLS = "\x00\x07\x08\x1b"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def assert_plain_text(folder: Path) -> None:
    """No report holds what a terminal or a spreadsheet would obey, and XML can be read."""
    written = [path for path in folder.rglob("*") if path.suffix in (".html", ".json", ".xml", ".csv")]
    assert {path.suffix for path in written} == {".html", ".json", ".xml", ".csv"}
    for path in written:
        text = path.read_text(encoding="utf-8")
        assert not [letter for letter in _CONTROLS if letter in text], path
        if path.suffix == ".xml":
            etree.parse(path)
        if path.suffix == ".csv":
            cells = [cell for row in csv.reader(text.splitlines(), delimiter=";") for cell in row]
            assert not [cell for cell in cells if cell.startswith(_FORMULA) and not _is_number(cell)], path


def _is_number(cell: str) -> bool:
    return cell.lstrip("+-").replace(",", "").replace(".", "").isdecimal()


def told_by(folder: Path, secret: str) -> list[Path]:
    """Files below *folder* that hold *secret*, packed or not."""
    return [path for path in folder.rglob("*") if path.is_file() and secret.encode() in _unpacked(path)]


def _unpacked(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def ran_by(folder: Path) -> list[str]:
    """What the report in *folder* does in a browser that heeds no content security policy, and where it lacks one."""
    return asyncio.run(_ran_by(folder))


async def _ran_by(folder: Path) -> list[str]:
    ran: list[str] = []
    async with running_browser(BrowserConfig()) as (browser, _):
        context = await browser.new_context(bypass_csp=True)
        page = await context.new_page()

        def told(message: ConsoleMessage) -> None:
            ran.append(f"{page.url} says {message.text}")

        def asked(request: Request) -> None:
            if not request.url.startswith(folder.resolve().as_uri()):
                ran.append(f"{page.url} asks for {request.url}")

        page.on("console", told)
        page.on("request", asked)
        page.on("dialog", lambda dialog: ran.append(f"{page.url} opens {dialog.message}"))
        for path in sorted(folder.rglob("*.html")):
            await page.goto(path.resolve().as_uri(), wait_until="domcontentloaded")
            ran += [f"{path.name}: {one}" for one in await page.evaluate(_FOREIGN)]
    return ran


_FOREIGN = """() => {
  const found = [];
  if (window.ran) found.push('a script of the site ran');
  if (!document.querySelector('meta[http-equiv=Content-Security-Policy]')) found.push('no policy');
  for (const one of document.querySelectorAll('script:not([src])')) {
    if (!/json/.test(one.type)) found.push('a script of its own: ' + one.textContent.slice(0, 80));
  }
  for (const one of document.querySelectorAll('*')) {
    for (const {name, value} of one.attributes) {
      if (/^on/i.test(name)) found.push('an attribute that runs: ' + name);
      if (/^(href|src|action)$/i.test(name) && /^\\s*(javascript|data:text|vbscript)/i.test(value)) found.push(value);
    }
  }
  return found;
}"""
