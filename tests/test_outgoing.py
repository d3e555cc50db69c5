"""Nothing posts, and no page asks anyone else: code, settings, templates and scripts are searched."""

import ast
import re
from pathlib import Path

import pytest
from tests.test_house import CREDENTIAL, ROOT, SOCIAL, SOURCE

TEXTS = sorted(
    path
    for folder in ("src", "scripts", "benchmarks")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".py", ".html", ".js", ".toml", ".json", ".css", ".txt", ".xml", ".ics", ".svg", ""}
    and path.is_file()
    and "__pycache__" not in path.parts
)
PAGES = [path for path in TEXTS if path.suffix in {".html", ".js", ".css"}]
LOADED = re.compile(
    r"""<(?:script|img|iframe|source|video|audio|embed|link)\b[^>]*\b(?:src|href|data|poster)\s*=\s*["'](?:https?:)?//"""
    r"""|@import\s+(?:url\()?["']?(?:https?:)?//|url\(\s*["']?(?:https?:)?//"""
    r"""|(?:fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts)\s*\(\s*["'`](?:https?:|wss?:)?//""",
    re.IGNORECASE,
)
NETWORK = {
    "aiohttp",
    "ftplib",
    "http.client",
    "httpx",
    "requests",
    "smtplib",
    "urllib.request",
    "urllib3",
    "websockets",
}
MAY_ASK = {
    "adapters/official/fetch.py": "official results, by an operator's command",
    "adapters/gif_library/giphy.py": "the community's own GIF channel, by a person's explicit command",
}
"""The only files that may open a connection, and for what."""


def imports(path: Path) -> set[str]:
    """The modules that a file imports, whole names."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return found


def test_only_named_files_open_connections() -> None:
    asking = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if imports(path) & NETWORK or re.search(r"socket\.create_connection", path.read_text())
    }
    assert asking - set(MAY_ASK) == set(), "say in MAY_ASK what these ask, and of whom"


def test_what_may_ask_never_runs_by_itself() -> None:
    """No task, view, service or round reaches them: only a command that a person types."""
    names = {path.removesuffix(".py").replace("/", ".") for path in MAY_ASK}
    reached = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if {one.removeprefix("tractage.") for one in imports(path)} & names
    }
    assert reached, "the names of MAY_ASK are not those of the code"
    assert not [path for path in reached if path.startswith(("hq/", "web/", "bot/", "conf/"))]


@pytest.mark.parametrize("kind", ["posting", "credentials"])
def test_no_text_speaks_to_a_social_network(kind: str) -> None:
    pattern = SOCIAL if kind == "posting" else CREDENTIAL
    assert len(TEXTS) > 300
    assert [
        str(path.relative_to(ROOT)) for path in TEXTS if pattern.search(path.read_text(errors="ignore"))
    ] == []


def test_no_page_loads_anything_from_elsewhere() -> None:
    assert len(PAGES) > 60
    assert [str(path.relative_to(ROOT)) for path in PAGES if LOADED.search(path.read_text())] == []


@pytest.mark.parametrize(
    "text",
    ["<script src='https://cdn.example/a.js'>", '<img alt="" src="//x.example/p.gif">', "@import 'https://x.example'",
     "fetch('https://api.example')", "url(//x.example/font.woff2)"],
)  # fmt: skip
def test_what_would_be_loaded_is_found(text: str) -> None:
    assert LOADED.search(text)
    assert not LOADED.search('<a href="https://www.legifrance.gouv.fr/">la loi</a>')


def test_no_field_holds_a_personal_accounts_key() -> None:
    from django.apps import apps

    words = re.compile(r"token|password|secret|api_?key|credential|cookie|oauth", re.IGNORECASE)
    known = {"people.Member.password", "sessions.Session.session_key"}
    found = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label not in {"admin", "sessions", "socialaccount", "account"}
        for field in model._meta.concrete_fields
        if words.search(field.name)
    }
    assert found - known == set(), "what is this secret, and whose?"
