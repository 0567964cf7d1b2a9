"""A window without a browser: follows links alone. Enough for results that are plain pages."""

import httpx
from bs4 import BeautifulSoup

from auditor.derive.result_controls import Press
from auditor.derive.search_way import fill
from auditor.gather.result_window import Seen, Untold
from auditor.model.search import Question


class PlainWindow:
    """Fetches pages of results, and makes their links absolute as a browser does."""

    in_place = False
    overlay = False
    spoiled = False

    def __init__(self, template: str) -> None:
        """Takes the address of the results, with {query}."""
        self._template = template
        self._client = httpx.Client(timeout=20)
        self._seen = Seen(html="", address="")

    async def arrive(self, question: Question) -> bool:
        """Fetches the results."""
        self._fetch(fill(self._template, question.query))
        return False

    async def show(self) -> Seen:
        """What was fetched last."""
        return self._seen

    async def press(self, press: Press) -> bool:
        """Follows a link."""
        if press.address:
            self._fetch(press.address)
        return bool(press.address)

    async def open(self, toggle: Press) -> None:
        """Nothing opens without scripts."""

    async def picture(self) -> bytes:
        """There is none."""
        return b""

    async def close(self) -> None:
        """Closes the connections."""
        self._client.close()

    def _fetch(self, address: str) -> None:
        answer = self._client.get(address)
        if answer.status_code >= 400:
            raise Untold(f"status|{answer.status_code}")
        tree = BeautifulSoup(answer.text, "lxml")
        for link in tree.find_all("a", href=True):
            link["href"] = str(httpx.URL(address).join(str(link["href"])))
        self._seen = Seen(html=str(tree), address=address)
