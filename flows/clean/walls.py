"""How a page shows that only a part of its article is free to read."""

from __future__ import annotations

MAX_STUB = 1500
"""Characters of text below which an article may be the part that everybody can read."""

BUTTONS = frozenset({"subscription.heading", "subscription.offer"})
"""Rules of what also stands beside free articles: buttons and offers."""


def is_wall(reason: str | None, rule: str | None) -> bool:
    """Whether a block was stripped because it asks the reader to subscribe or to log in before
    reading on. `reason` and `rule` are the block's verdict.
    """
    return reason == "subscription_prompt" and rule not in BUTTONS
