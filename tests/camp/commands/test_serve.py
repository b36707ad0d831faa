"""`camp serve`: refuses an instance that is not ready, and says under which address people come."""

from __future__ import annotations

from pathlib import Path

import pytest

from camp import serve
from camp.cli import run
from camp.commands.serve import at, where
from camp.config import Config


@pytest.mark.sqlite_only("its file")
def test_serve_makes_no_schema(instance: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (instance / "camp.sqlite3").unlink()
    assert run(["--instance", str(instance), "serve", "--port", "0"]) == 1
    assert capsys.readouterr().err.startswith(f"{instance} has no database yet. Make it with: camp --instance")
    assert not (instance / "camp.sqlite3").exists()


def test_without_a_base_url_the_socket_says_the_address(tmp_path: Path) -> None:
    with serve.listen("127.0.0.1", 0) as plug:
        port = plug.getsockname()[1]
        assert where(plug) == f"127.0.0.1:{port}"
        assert at(Config(tmp_path), plug).base_url == f"http://127.0.0.1:{port}"
        assert at(Config(tmp_path, base_url="https://camp.example"), plug).base_url == "https://camp.example"
    with serve.listen("0.0.0.0", 0) as plug:
        assert at(Config(tmp_path), plug).base_url == f"http://127.0.0.1:{plug.getsockname()[1]}"
