"""Archives: what is written can be read by others, and no byte of it can change unseen."""

import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from auditor.archive import ArchiveInfo, Damage, Recording, check_archive, pack, unpacked
from auditor.archive.redact import redactor
from auditor.archive.warc import sort_key
from auditor.errors import ArchiveError, ConfigError
from auditor.model.exchange import Exchange
from tests.builders import REPEATABLE, url

NOW = datetime(2024, 5, 15, 8, 30, tzinfo=UTC).isoformat()
INFO = ArchiveInfo(title="Sjöboda", created=NOW, software="auditor", pages=((url("/"), NOW, "Start – å"),))


def exchange(path: str = "/", body: bytes | None = b"<h1>Hej</h1>", **more: str) -> Exchange:
    """An answer of the site."""
    headers = {"content-type": "text/html; charset=utf-8", "x-odd": "a\r\nSet-Cookie: b"}
    return Exchange(url=url(path), status=200, headers=headers, body=body, at=NOW, kind="document", **more)


def recorded(folder: Path, *exchanges: Exchange, redact: Callable[[bytes, str], bytes] | None = None) -> Path:
    """The folder of a recording."""
    recording = Recording(folder / "warcs", "auditor", redact)
    for one in exchanges:
        recording.write(one)
    recording.close()
    return folder / "warcs"


def archive(folder: Path, *exchanges: Exchange) -> Path:
    """A whole archive with two files of ours."""
    warcs = recorded(folder, *(exchanges or (exchange("/bidrag"), exchange("/"))))
    (folder / "db").write_bytes(b"data")
    (folder / "page").write_bytes(b"artifact")
    path = folder / "run.wacz"
    pack(path, warcs, {"audit/db": folder / "db", "run-pages/page": folder / "page"}, INFO)
    return path


def records(path: Path) -> list[tuple[str, str, bytes]]:
    """Type, address and body of each record, as another library reads them."""
    found = []
    with path.open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            headers = record.rec_headers
            found.append((record.rec_type, headers.get_header("WARC-Target-URI") or "", record.content_stream().read()))
    return found


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of an archive."""
    return archive(tmp_path_factory.mktemp("whole")).read_bytes()


def test_another_library_reads_what_was_recorded(tmp_path: Path) -> None:
    warcs = recorded(tmp_path, exchange("/a", "<p>Å</p>".encode()), exchange("/b", None, missing="redirect"))
    assert [(kind, where, body) for kind, where, body in records(warcs / "data-1.warc.gz")][1:] == [
        ("response", url("/a"), "<p>Å</p>".encode()),
        ("response", url("/b"), b""),
    ]


def test_a_header_of_the_site_cannot_make_another(tmp_path: Path) -> None:
    path = recorded(tmp_path, exchange()) / "data-1.warc.gz"
    with path.open("rb") as file:
        kept = [record.http_headers for record in ArchiveIterator(file) if record.rec_type == "response"]
    assert [name.lower() for name, _ in kept[0].headers] == ["content-type", "x-odd"]


def test_the_archive_holds_what_its_list_says_and_nothing_else(tmp_path: Path) -> None:
    path = archive(tmp_path)
    digest, damages = check_archive(path)
    assert damages == []
    with zipfile.ZipFile(path) as opened:
        package = json.loads(opened.read("datapackage.json"))
        listed = {one["path"] for one in package["resources"]}
        assert listed | {"datapackage.json", "datapackage-digest.json"} == set(opened.namelist())
        assert json.loads(opened.read("datapackage-digest.json"))["hash"] == f"sha256:{digest}"
        assert {entry.compress_type for entry in opened.infolist()} == {zipfile.ZIP_STORED}
        lines = opened.read("indexes/index.cdx").decode().splitlines()
        pages = [json.loads(line) for line in opened.read("pages/pages.jsonl").decode().splitlines()]
    assert lines == sorted(lines)
    assert [json.loads(line.split(" ", 2)[2])["url"] for line in lines] == [url("/"), url("/bidrag")]
    assert [page.get("url") for page in pages] == [None, url("/")]


def test_the_index_points_at_whole_records(tmp_path: Path) -> None:
    path = archive(tmp_path)
    with zipfile.ZipFile(path) as opened:
        data = opened.read("archive/data-1.warc.gz")
        for line in opened.read("indexes/index.cdx").decode().splitlines():
            entry = json.loads(line.split(" ", 2)[2])
            begin, length = int(entry["offset"]), int(entry["length"])
            (tmp_path / "part").write_bytes(data[begin : begin + length])
            assert [where for _, where, _ in records(tmp_path / "part")] == [entry["url"]]


@REPEATABLE
@given(data=st.data())
def test_no_byte_changes_unseen(whole: bytes, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.integers(1, 255))
    changed = bytearray(whole)
    changed[place] ^= other
    assert is_refused(bytes(changed), tmp_path_factory)


@REPEATABLE
@given(length=st.integers(0, 5000))
def test_no_truncated_archive_is_whole(whole: bytes, tmp_path_factory: pytest.TempPathFactory, length: int) -> None:
    assert is_refused(whole[: min(length, len(whole) - 1)], tmp_path_factory)
    assert is_refused(whole[: -1 - length % 90], tmp_path_factory)


@pytest.mark.parametrize("more", [b"x", b"\0" * 30])
def test_no_byte_is_added_unseen(whole: bytes, tmp_path_factory: pytest.TempPathFactory, more: bytes) -> None:
    assert is_refused(whole + more, tmp_path_factory)
    assert is_refused(more + whole, tmp_path_factory)


def is_refused(data: bytes, folders: pytest.TempPathFactory) -> bool:
    """Whether an archive is found to be damaged, or to be none."""
    path = folders.mktemp("changed") / "run.wacz"
    path.write_bytes(data)
    try:
        return bool(check_archive(path)[1])
    except ArchiveError as error:
        return len(str(error).splitlines()) == 1


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda parts: parts | {"audit/db": b"other"}, Damage("audit/db", "changed")),
        (
            lambda parts: {name: part for name, part in parts.items() if name != "audit/db"},
            Damage("audit/db", "missing"),
        ),
        (lambda parts: parts | {"audit/more": b""}, Damage("audit/more", "added")),
        (
            lambda parts: parts | {"datapackage-digest.json": b'{"hash": "sha256:0"}'},
            Damage("datapackage.json", "changed"),
        ),
    ],
)
def test_each_damage_is_named(
    tmp_path: Path, change: Callable[[dict[str, bytes]], dict[str, bytes]], expected: Damage
) -> None:
    path = archive(tmp_path)
    with zipfile.ZipFile(path) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    with zipfile.ZipFile(path, "w") as rewritten:
        for name, part in change(parts).items():
            rewritten.writestr(name, part)
    assert set(check_archive(path)[1]) == {expected, Damage("", "container")}


def test_a_recording_that_was_cut_off_goes_on_in_another_file(tmp_path: Path) -> None:
    warcs = recorded(tmp_path, exchange("/a"))
    with (warcs / "data-1.warc.gz").open("ab") as file:
        file.write(b"\x1f\x8b half a record")
    with (warcs / "data-1.cdxj").open("a", encoding="utf-8") as file:
        file.write('se,sjoboda)/b 2024 {"url": "htt')
    second = Recording(warcs, "auditor")
    assert second.has(url("/a"), "stylesheet")
    assert not second.has(url("/a"), "document")
    second.write(exchange("/c"))
    second.close()
    pack(tmp_path / "run.wacz", warcs, {}, INFO)
    with zipfile.ZipFile(tmp_path / "run.wacz") as opened:
        opened.extractall(tmp_path / "out")
    found = [
        where for number in (1, 2) for _, where, _ in records(tmp_path / "out" / "archive" / f"data-{number}.warc.gz")
    ]
    assert [where for where in found if where] == [url("/a"), url("/c")]


def test_unpacking_gives_our_files_and_only_within_its_folder(tmp_path: Path) -> None:
    path = archive(tmp_path)
    with unpacked(path) as folder:
        assert {str(part.relative_to(folder)) for part in folder.rglob("*") if part.is_file()} == {
            "audit/db",
            "run-pages/page",
        }
        kept = folder
    assert not kept.exists()
    (tmp_path / "evil").write_bytes(b"x")
    for name in ("../evil", "audit/../../evil", "/evil", "C:\\evil"):
        pack(path, tmp_path / "none", {name: tmp_path / "evil"}, INFO)
        with pytest.raises(ArchiveError), unpacked(path):
            pass


def test_a_damaged_archive_is_not_unpacked(tmp_path: Path, whole: bytes) -> None:
    path = tmp_path / "run.wacz"
    path.write_bytes(whole.replace(b"artifact", b"artefact"))
    with pytest.raises(ArchiveError, match="is damaged"), unpacked(path):
        pass


@pytest.mark.parametrize("text", [b"", b"no archive", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_archive_is_refused_in_one_line(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "run.wacz"
    path.write_bytes(text)
    with pytest.raises(ArchiveError) as caught:
        check_archive(path)
    assert len(str(caught.value).splitlines()) == 1


def test_personal_data_is_blackened_and_the_rest_left_alone() -> None:
    redact = redactor([".person"])
    assert redact is not None
    page = b'<p>Ring</p><p class="person" title="Eva">Eva <a href="mailto:eva@a.se">eva@a.se</a></p>'
    covered = redact(page, "text/html").decode()
    assert "Eva" not in covered
    assert "eva@a.se" not in covered
    assert "<p>Ring</p>" in covered
    assert redact(b"<p>Ring</p>", "text/html") == b"<p>Ring</p>"
    assert redact(page, "image/png") == page
    assert redactor([]) is None
    with pytest.raises(ConfigError, match="no CSS selector"):
        redactor(["p["])


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://www.sjoboda.se/Bidrag?a=1", "se,sjoboda)/bidrag?a=1"),
        ("http://etjanster.sjoboda.se:8080/", "se,sjoboda,etjanster:8080)/"),
        ("https://sjoboda.se", "se,sjoboda)/"),
    ],
)
def test_the_index_is_sorted_by_host_from_the_end(address: str, key: str) -> None:
    assert sort_key(address) == key
