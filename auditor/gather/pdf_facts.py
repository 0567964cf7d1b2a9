"""Reads a PDF document: ``python -m auditor.gather.pdf_facts`` is given one, and gives its facts as JSON."""

import contextlib
import io
import json
import logging
import re
import sys
from dataclasses import asdict
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from auditor.model.pdf import PdfFacts

_MEMORY = 1_000_000_000
"""Bytes of address space: the interpreter and its libraries take a third of it."""
_PROCESSOR_SECONDS = 15
_MOST_TEXT = 20_000
_MOST_PAGES = 8
_LETTERS = 20
"""Fewer letters on a page are a page number or a stamp, no text."""
_DAY = re.compile(r"D:(\d{4})(\d\d)(\d\d)")


def pdf_facts(body: bytes) -> PdfFacts:
    """What the document says of itself. Takes what time and memory the document asks for: see `auditor.gather.pdf`."""
    try:
        reader = PdfReader(io.BytesIO(body), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return PdfFacts(url="", untested="pdf-locked")
        return _facts(reader)
    except (MemoryError, RecursionError):
        return PdfFacts(url="", untested="pdf-hard")
    except ImportError:  # an encryption that this installation cannot undo
        return PdfFacts(url="", untested="pdf-locked")
    except Exception:
        return PdfFacts(url="", untested="pdf-broken")


def _facts(reader: PdfReader) -> PdfFacts:
    count = len(reader.pages)
    root = reader.root_object
    chosen = _chosen(count)
    texts, with_text, with_image = [], 0, 0
    for number in chosen:
        page = reader.pages[number]
        text = ""
        with contextlib.suppress(ArithmeticError, LookupError, TypeError, ValueError, AttributeError):
            text = page.extract_text()
        texts.append(text)
        if sum(letter.isalpha() for letter in text) >= _LETTERS:
            with_text += 1
        elif _has_image(page):
            with_image += 1
    return PdfFacts(
        url="",
        pages=count,
        looked_at=len(chosen),
        with_text=with_text,
        with_image=with_image,
        tagged=_is_tagged(root),
        title=_title(reader)[:300],
        language=_text_of(root.get("/Lang"))[:40],
        created=_created(reader),
        text=" ".join(" ".join(texts).split())[:_MOST_TEXT],
    )


def _chosen(count: int) -> list[int]:
    """The first pages and the last, and some between them: at most eight."""
    if count <= _MOST_PAGES:
        return list(range(count))
    step = (count - 1) / (_MOST_PAGES - 1)
    return sorted({round(index * step) for index in range(_MOST_PAGES)})


def _is_tagged(root: DictionaryObject) -> bool:
    marks, tree = _resolved(root.get("/MarkInfo")), _resolved(root.get("/StructTreeRoot"))
    marked = isinstance(marks, DictionaryObject) and str(_resolved(marks.get("/Marked"))).lower() == "true"
    return marked and isinstance(tree, DictionaryObject) and bool(_resolved(tree.get("/K")))


def _has_image(page: Any) -> bool:
    resources = _resolved(page.get("/Resources"))
    objects = _resolved(resources.get("/XObject")) if isinstance(resources, DictionaryObject) else None
    named = objects.values() if isinstance(objects, DictionaryObject) else ()
    return any(
        isinstance(item := _resolved(one), DictionaryObject) and item.get("/Subtype") == "/Image" for one in named
    )


def _title(reader: PdfReader) -> str:
    with contextlib.suppress(Exception):
        if (information := reader.metadata) and information.title:
            return _text_of(information.title)
    with contextlib.suppress(Exception):
        titles = (reader.xmp_metadata.dc_title if reader.xmp_metadata else None) or {}
        return _text_of(next(iter(titles.values()), ""))
    return ""


def _created(reader: PdfReader) -> str:
    with contextlib.suppress(Exception):
        match = _DAY.match(str(reader.metadata.get("/CreationDate", ""))) if reader.metadata else None
        return "-".join(match.groups()) if match else ""
    return ""


def _text_of(value: object) -> str:
    found = _resolved(value)
    return " ".join(str(found).replace("\0", "").split()) if found is not None else ""


def _resolved(value: object) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value


def _limit() -> None:
    """Lets the operating system end this process when it takes too much; where it cannot, the clock does."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_PROCESSOR_SECONDS, _PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _main() -> None:
    _limit()
    logging.disable(logging.CRITICAL)
    json.dump(asdict(pdf_facts(sys.stdin.buffer.read())), sys.stdout)


if __name__ == "__main__":
    _main()
