"""The table of meals that were ordered: when they are, for which show rate, and what was ordered then."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from camp.db import Model, Utc


class CateringOrder(Model):
    """When a camp orders its meals. `percent`: the show rate to reckon with (none: that of past camps).

    From `frozen_at` on `frozen` says what was ordered: ISO date → list of [diet, portions].
    """

    __tablename__ = "catering_order"
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"), primary_key=True)
    order_by: Mapped[datetime | None] = mapped_column(Utc)
    percent: Mapped[int | None]
    frozen_at: Mapped[datetime | None] = mapped_column(Utc)
    frozen: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
