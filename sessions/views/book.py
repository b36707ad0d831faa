"""book."""

from flask import Blueprint

from camp.access import allow

bp = Blueprint("book", __name__)


@bp.get("/<camp>/book")
@allow("public")
def show() -> str:
    """To be replaced."""
    return "later"
