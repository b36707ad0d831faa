"""Where templates, translations and static files lie in a checkout, an editable install and a wheel."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent
TEMPLATES = next(folder for folder in (_HERE / "templates", _HERE.parent / "templates") if folder.is_dir())
TRANSLATIONS = _HERE / "translations"
STATIC = _HERE / "static"
VENDOR = STATIC / "vendor"
DEMO = _HERE / "demo"
MIGRATIONS = _HERE / "migrations"
