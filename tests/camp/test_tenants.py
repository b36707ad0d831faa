from __future__ import annotations

from flask import Flask

from camp import tenants


def test_the_application_knows_the_sessions_as_tenants(app: Flask) -> None:
    assert [tenant.lying.__module__ for tenant in tenants.of(app)] == ["sessions.tenancy"]
