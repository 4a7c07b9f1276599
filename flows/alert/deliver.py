"""Delivers what `meta.notifications` holds and marks it sent; for now to the log, where a scheduled run's operator reads it."""

from __future__ import annotations

import logging
from pathlib import Path

from flows.progress import reporter
from warehouse.connect import open_writer

logger = logging.getLogger("newsduck.alert")


def deliver(warehouse: Path, lock_timeout: float) -> int:
    """Deliver every message that is not yet sent, oldest first; return how many.

    A message is marked after it was delivered: a crash between the two repeats it under the same `notification_id`.
    """
    with open_writer(warehouse, lock_timeout, reporter().say) as connection:
        due = connection.execute(
            "SELECT notification_id, body FROM meta.notifications WHERE sent_at IS NULL ORDER BY created_at, notification_id"
        ).fetchall()
        for notification_id, body in due:
            logger.warning("[%s] %s", notification_id, body)
            connection.execute("UPDATE meta.notifications SET sent_at = now() WHERE notification_id = ?", [notification_id])
    return len(due)
