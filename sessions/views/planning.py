"""planning."""

from flask import Blueprint

from camp.access import allow

bp = Blueprint("planning", __name__)


@bp.get("/<camp>/organise/plan")
@allow("public")
def show() -> str:
    """To be replaced."""
    return "later"
