"""Bylines and date lines told by their form and their neighbours: names, roles and dates that stand
alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from flows.clean.plain.heading import date_in, is_bare_by, is_byline, is_line, is_name, is_role
from flows.clean.plain.prose import Form


def by_form(forms: Sequence[Form], at: int, *, near: bool) -> tuple[str, str] | None:
    """Return (reason, rule) of a byline or date line, None for other blocks.

    A name or a role alone is a byline only near the headline or the article's end, which is for the
    caller to say.
    """
    text = forms[at].text
    if is_byline(text):
        return "byline", "plain.byline"
    if at and is_bare_by(forms[at - 1].text) and is_name(text):
        return "byline", "plain.byline-name"
    if date_in(text) is not None and is_line(text):
        return "date_line", "plain.date"
    if (
        near
        and is_name(text)
        and at + 1 < len(forms)
        and (is_role(forms[at + 1].text) or date_in(forms[at + 1].text) is not None)
    ):
        return "byline", "plain.byline-name"
    if near and at and is_role(text) and is_name(forms[at - 1].text):
        return "byline", "plain.byline-role"
    return None
