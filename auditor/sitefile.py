"""Reads what a user names as target: an address, a folder of HTML, or a site file."""

import re
from pathlib import Path
from typing import Any

import yaml

from auditor.errors import ConfigError
from auditor.model.config import SiteConfig
from auditor.yamlfile import line_of, read_yaml, validated

_NOT_HOST = re.compile(r"[^a-z0-9-]+")
_PATHS = ("database", "output", "decisions")


def read_target(target: str) -> SiteConfig:
    """The site that *target* names, with defaults for all that is not said.

    A folder is served under the host name ``<folder>.localhost``, so that its pages keep their addresses between runs.
    Relative paths in a site file are relative to the file.

    Raises:
        ConfigError: it is neither of the three, or the site file is wrong; with file and line.
    """
    if re.match(r"https?://", target, re.IGNORECASE):
        return _validated({"start": target}, _shown(_without_credentials(target)))
    path = Path(target)
    try:
        is_folder, is_file = path.is_dir(), path.is_file()
    except OSError:  # too long for the name of a file
        is_folder = is_file = False
    if is_folder:
        return _folder(path)
    if is_file:
        return _site_file(path)
    raise ConfigError(
        f"{_shown(_without_credentials(target))}: no such file or folder; give an address that begins with https://, "
        "a folder of HTML, or a site file"
    )


def _folder(path: Path) -> SiteConfig:
    if (path / "site.yaml").is_file():
        return _site_file(path / "site.yaml")
    pages = sorted(file for file in path.rglob("*") if file.suffix.lower() in (".html", ".htm") and file.is_file())
    if not pages:
        raise ConfigError(f"{path}: the folder holds no HTML page; give a folder with an index.html")
    start = next((name for name in ("index.html", "index.htm") if (path / name).is_file()), None)
    if start is None:
        first = pages[0].relative_to(path).as_posix()
        raise ConfigError(
            f"{path}: no index.html to start from; add one, or name a start page in a site file (e.g. {first})"
        )
    host = _NOT_HOST.sub("-", path.resolve().name.lower()).strip("-") or "site"
    address = f"http://{host}.localhost/" + ("" if start == "index.html" else start)
    return _validated(
        {"start": address, "name": path.resolve().name, "serve": {f"{host}.localhost": path.resolve()}}, str(path)
    )


def _site_file(path: Path) -> SiteConfig:
    raw, node = read_yaml(path)
    if not isinstance(raw, dict):
        raise ConfigError(f"{path}:1: a site file holds keys and values; it needs at least start: https://…")
    return _validated(_absolute(raw, path.parent), str(path), node)


def _absolute(raw: dict[str, Any], base: Path) -> dict[str, Any]:
    """*raw* with its paths made relative to the site file's folder."""

    def resolve(value: Any) -> Any:
        return str((base / value).resolve()) if isinstance(value, str) else value

    changed = dict(raw)
    for key in _PATHS:
        if key in changed:
            changed[key] = resolve(changed[key])
    for key, names in (("browser", ("path",)), ("axe", ("script", "locale"))):
        if isinstance(changed.get(key), dict):
            changed[key] = {name: resolve(value) if name in names else value for name, value in changed[key].items()}
    if isinstance(changed.get("serve"), dict):
        changed["serve"] = {host: resolve(folder) for host, folder in changed["serve"].items()}
    if isinstance(changed.get("rules"), list):
        changed["rules"] = [resolve(folder) for folder in changed["rules"]]
    return changed


def _validated(raw: dict[str, Any], name: str, node: yaml.Node | None = None) -> SiteConfig:
    config = validated(SiteConfig, raw, name, node)
    for host, folder in config.serve.items():
        if not folder.is_dir():
            place = f"{name}:{line_of(node, ('serve', host))}" if node else name
            raise ConfigError(f"{place}: serve: {folder} (for {host}) is no folder")
    return config


def _shown(text: str) -> str:
    """*text* on one line, with nothing in it that a terminal obeys."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def _without_credentials(address: str) -> str:
    return re.sub(r"^[^/?#@]*:[^/?#]*@", "", re.sub(r"//[^/?#]*@", "//", address))
