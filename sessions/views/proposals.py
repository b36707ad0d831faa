"""proposals."""

from flask import Blueprint

from camp.access import allow

bp = Blueprint("proposals", __name__)


@bp.get("/<camp>/proposals")
@allow("public")
def index() -> str:
    """To be replaced."""
    return "later"
