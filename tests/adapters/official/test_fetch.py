"""Official files are fetched whole and checked, from a server on this machine."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from tests.adapters.official.invented_files import source

from tractage.adapters.official.fetch import fetch, find_resource
from tractage.domain.errors import InputError, TractageError

CONTENT = bytes(range(256)) * 1000
SHA256 = hashlib.sha256(CONTENT).hexdigest()
ONE = replace(source("legislatives-2024"), sha256=SHA256)


@dataclass
class Portal:
    """A portal of open data on the loopback: what it publishes, how it fails, what it was asked."""

    content: bytes = CONTENT
    checksum: dict[str, str] | None = field(default_factory=lambda: {"type": "sha256", "value": SHA256})
    cut_at: int | None = None
    ranges: bool = True
    name: str = "resultats-definitifs-par-circonscriptions-legislatives.xlsx"
    asked: list[tuple[str, str]] = field(default_factory=list)
    api: str = ""

    def resources(self) -> bytes:
        other = {"url": f"{self.api}/files/notice.pdf", "checksum": None}
        one = {
            "url": f"{self.api}/files/{self.name}",
            "checksum": self.checksum,
            "filesize": len(self.content),
        }
        return json.dumps({"resources": [other, one]}).encode()


def handler(portal: Portal) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wanted = self.headers.get("Range", "")
            portal.asked.append((self.path, wanted))
            if self.path.startswith("/datasets/"):
                self.answer(200, portal.resources())
            elif self.path.startswith("/files/"):
                self.send_file(wanted)
            else:
                self.answer(404, b"")

        def send_file(self, wanted: str) -> None:
            start = int(re.sub(r"\D", "", wanted) or 0) if portal.ranges else 0
            status = 206 if start else 200
            self.answer(status, portal.content[start:], portal.cut_at)

        def answer(self, status: int, body: bytes, cut_at: int | None = None) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[:cut_at])

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@pytest.fixture
def portal() -> Iterator[Portal]:
    published = Portal()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(published))
    published.api = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield published
    server.shutdown()
    server.server_close()
    thread.join()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_fetched_and_checked(portal: Portal, tmp_path: Path) -> None:
    counted: list[int] = []
    got = fetch(ONE, tmp_path, api=portal.api, advance=counted.append)
    assert (got.downloaded, got.changed, got.sha256) == (True, False, SHA256)
    assert got.path.read_bytes() == CONTENT
    assert sum(counted) == len(CONTENT)
    assert names(tmp_path) == [ONE.file]


def test_a_file_that_is_right_is_not_asked_again(portal: Portal, tmp_path: Path) -> None:
    (tmp_path / ONE.file).write_bytes(CONTENT)
    assert not fetch(ONE, tmp_path, api=portal.api).downloaded
    assert portal.asked == []


def test_an_interrupted_download_is_resumed(portal: Portal, tmp_path: Path) -> None:
    portal.cut_at = 100_000
    with pytest.raises(TractageError, match=r"stopped after 100000 of 256000 bytes; run again to resume it"):
        fetch(ONE, tmp_path, api=portal.api)
    assert not (tmp_path / ONE.file).exists()
    portal.cut_at = None
    got = fetch(ONE, tmp_path, api=portal.api)
    assert portal.asked[-1][1] == "bytes=100000-"
    assert got.path.read_bytes() == CONTENT
    assert names(tmp_path) == [ONE.file]


def test_a_server_without_ranges_starts_again(portal: Portal, tmp_path: Path) -> None:
    portal.cut_at, portal.ranges = 100_000, False
    with pytest.raises(TractageError, match="stopped after"):
        fetch(ONE, tmp_path, api=portal.api)
    portal.cut_at = None
    assert fetch(ONE, tmp_path, api=portal.api).path.read_bytes() == CONTENT


def test_a_new_upload_is_not_glued_to_an_old_part(portal: Portal, tmp_path: Path) -> None:
    portal.cut_at = 100_000
    with pytest.raises(TractageError, match="stopped after"):
        fetch(ONE, tmp_path, api=portal.api)
    content = CONTENT[::-1]
    portal.content, portal.cut_at, portal.checksum = content, None, None
    portal.name = "20260101-resultats-definitifs-par-circonscriptions-legislatives.xlsx"
    got = fetch(ONE, tmp_path, api=portal.api)
    assert got.path.read_bytes() == content
    assert got.changed


def test_a_wrong_checksum_is_refused(portal: Portal, tmp_path: Path) -> None:
    portal.checksum = {"type": "sha1", "value": "0" * 40}
    with pytest.raises(TractageError, match=f"found sha1 .*, expected the published {'0' * 40}"):
        fetch(ONE, tmp_path, api=portal.api)
    assert names(tmp_path) == []


def test_the_right_checksum_wins_over_the_name(portal: Portal) -> None:
    portal.name = "renamed.bin"
    assert find_resource(ONE, portal.api).url.endswith("/files/renamed.bin")


def test_a_data_set_without_the_file_is_named(portal: Portal) -> None:
    portal.name, portal.checksum = "renamed.bin", None
    with pytest.raises(TractageError, match=r"no resource matches .*\(Leg_2024_Resultats_T1_officiel.xlsx\)"):
        find_resource(ONE, portal.api)


def test_a_server_that_refuses_is_named(portal: Portal) -> None:
    with pytest.raises(TractageError, match="the server answered 404"):
        find_resource(ONE, f"{portal.api}/nowhere")


def test_offline_is_said_clearly(portal: Portal, tmp_path: Path) -> None:
    with pytest.raises(
        TractageError, match=r"^offline: 127\.0\.0\.1 cannot be reached .*; nothing was fetched$"
    ):
        fetch(ONE, tmp_path, api="http://127.0.0.1:1")
    assert names(tmp_path) == []


def test_only_the_web_is_fetched_from() -> None:
    with pytest.raises(InputError, match="expected an address in http or https"):
        find_resource(ONE, "file:///etc")
