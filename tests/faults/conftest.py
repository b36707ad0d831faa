"""How long the fault tests go on: short in every run, long by `make faults`."""

from __future__ import annotations

import pytest


@pytest.fixture
def seconds(request: pytest.FixtureRequest) -> float:
    """For how long to go on under fault."""
    return 30.0 if request.config.getoption("--faults") == "long" else 4.0
