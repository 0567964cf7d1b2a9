"""Reads a register of claims."""

from pathlib import Path

from auditor.errors import ConfigError
from auditor.model.claim import Register
from auditor.yamlfile import read_yaml, validated


def read_claims(path: Path) -> Register:
    """The register in *path*.

    Raises:
        ConfigError: it cannot be read, or something in it is wrong; with file and line.
    """
    raw, node = read_yaml(path)
    if not isinstance(raw, dict):
        raise ConfigError(f"{path}:1: a register of claims holds sources and claims")
    return validated(Register, raw, str(path), node)
