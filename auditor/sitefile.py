"""Reads what a user names as target: an address, a folder of HTML, or a site file."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from auditor.errors import ConfigError
from auditor.model.config import SiteConfig

_NOT_HOST = re.compile(r"[^a-z0-9-]+")
_PATHS = ("database", "output")


def read_target(target: str) -> SiteConfig:
    """The site that *target* names, with defaults for all that is not said.

    A folder is served under the host name ``<folder>.localhost``, so that its pages keep their addresses between runs.
    Relative paths in a site file are relative to the file.

    Raises:
        ConfigError: it is neither of the three, or the site file is wrong; with file and line.
    """
    if re.match(r"https?://", target, re.IGNORECASE):
        return _validated({"start": target}, f"{_without_credentials(target)}")
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
        f"{_without_credentials(target)}: no such file or folder; give an address that begins with https://, "
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
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read as text ({error})") from error
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        raw = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ConfigError(f"{path}:{line}: no valid YAML: {error.problem or error.context}") from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise ConfigError(f"{path}:{line}: no valid YAML: {error.reason}") from error
    except ValueError as error:
        raise ConfigError(f"{path}:{_line_of_bad_value(node)}: no valid YAML: {error}") from error
    except RecursionError as error:
        raise ConfigError(f"{path}:1: no valid YAML: nested too deeply") from error
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
    try:
        config = SiteConfig.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        line = _line(node, first["loc"]) if node else 0
        place = f"{name}:{line}" if line else name
        key = ".".join(str(part) for part in first["loc"])
        what = "unknown key" if first["type"] == "extra_forbidden" else first["msg"].removeprefix("Value error, ")
        raise ConfigError(f"{place}: {key}: {what}") from error
    for host, folder in config.serve.items():
        if not folder.is_dir():
            place = f"{name}:{_line(node, ('serve', host))}" if node else name
            raise ConfigError(f"{place}: serve: {folder} (for {host}) is no folder")
    return config


def _line(node: yaml.Node, location: Sequence[int | str]) -> int:
    """Line of the innermost part of *location* that the file has."""
    line = node.start_mark.line + 1
    for part in location:
        if isinstance(node, yaml.MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == str(part)), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
    return line


def _line_of_bad_value(node: yaml.Node | None) -> int:
    """Line of the first plain value below *node* that YAML reads as a date or number, and that is none."""
    if isinstance(node, yaml.ScalarNode):
        if node.style is None:
            try:
                yaml.safe_load(node.value)
            except ValueError:
                return node.start_mark.line + 1
        return 0
    if not isinstance(node, yaml.CollectionNode):
        return 0
    inner = [part for pair in node.value for part in pair] if isinstance(node, yaml.MappingNode) else node.value
    return next((line for part in inner if (line := _line_of_bad_value(part))), 0)


def _without_credentials(address: str) -> str:
    return re.sub(r"^[^/?#@]*:[^/?#]*@", "", re.sub(r"//[^/?#]*@", "//", address))
