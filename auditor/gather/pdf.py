"""Has PDF documents read: hostile ones are expected, and each is read in a process with little memory and time."""

import asyncio
import os
import sys
from dataclasses import replace

from pydantic import TypeAdapter, ValidationError

from auditor.model.pdf import PdfFacts

_WALL_SECONDS = 30.0
_MOST_ANSWER = 500_000
_FACTS = TypeAdapter(PdfFacts)


async def read_pdf(url: str, body: bytes) -> PdfFacts:
    """What the document *body* from *url* says of itself; with a reason if it cannot be read within the limits."""
    # -P: what lies in the working directory is not imported.
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-W", "ignore", "-m", "auditor.gather.pdf_facts"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        limit=_MOST_ANSWER,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    try:
        async with asyncio.timeout(_WALL_SECONDS):
            answer, _ = await process.communicate(body)
    except TimeoutError:
        return PdfFacts(url=url, untested="pdf-hard", size=len(body))
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0 or len(answer) > _MOST_ANSWER:
        return PdfFacts(url=url, untested="pdf-hard", size=len(body))
    try:
        return replace(_FACTS.validate_json(answer), url=url, size=len(body))
    except ValidationError:
        return PdfFacts(url=url, untested="pdf-broken", size=len(body))
