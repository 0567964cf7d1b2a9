"""Reads the settings of nightly runs."""

from pathlib import Path
from typing import Any

from auditor.errors import ConfigError
from auditor.model.nightly import NightlyConfig
from auditor.yamlfile import read_yaml, validated


def read_nightly(path: Path) -> NightlyConfig:
    """The settings in *path*; relative paths in it are relative to the file.

    Raises:
        ConfigError: it cannot be read, or something in it is wrong; with file and line.
    """
    raw, node = read_yaml(path)
    if not isinstance(raw, dict):
        raise ConfigError(f"{path}:1: a nightly run needs at least a list of sites: [site.yaml]")
    return validated(NightlyConfig, _absolute(raw, path.parent), str(path), node)


def _absolute(raw: dict[str, Any], base: Path) -> dict[str, Any]:
    def resolve(value: Any) -> Any:
        return str((base / value).resolve()) if isinstance(value, str) else value

    def site(value: Any) -> Any:
        return value if isinstance(value, str) and "://" in value else resolve(value)

    changed = {key: resolve(value) if key in ("database", "reports") else value for key, value in raw.items()}
    if isinstance(raw.get("sites"), list):
        changed["sites"] = [site(value) for value in raw["sites"]]
    for section, key in (("mail", "password_file"), ("webhook", "token_file")):
        if isinstance(raw.get(section), dict) and key in raw[section]:
            changed[section] = {**raw[section], key: resolve(raw[section][key])}
    return changed
