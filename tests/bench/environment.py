"""Environments of their own for what is measured against: made once a run, from PyPI, gone afterwards."""

from __future__ import annotations

import functools
import subprocess
import sys
import tempfile
from pathlib import Path

_kept: list[tempfile.TemporaryDirectory[str]] = []  # they go with the process


@functools.cache
def python_with(*packages: str) -> Path | str:
    """The Python of an environment with these packages, or what went wrong when it was made."""
    folder = tempfile.TemporaryDirectory(prefix="camp-bench-peer-", ignore_cleanup_errors=True)
    _kept.append(folder)
    try:
        subprocess.run([sys.executable, "-m", "venv", folder.name], check=True, capture_output=True, timeout=600)
        found = Path(folder.name) / "bin" / "python"
        subprocess.run([found, "-m", "pip", "install", "--quiet", *packages], check=True, capture_output=True, timeout=600)
    except (subprocess.SubprocessError, OSError) as error:
        return f"{', '.join(packages)} could not be installed ({type(error).__name__})"
    return found
