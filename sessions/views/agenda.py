"""agenda."""

from flask import Blueprint

from camp.access import allow

bp = Blueprint("agenda", __name__)


@bp.get("/<camp>/agenda")
@allow("public")
def show() -> str:
    """To be replaced."""
    return "later"
