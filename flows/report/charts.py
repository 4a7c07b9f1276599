"""Draws the charts of the report as SVG inside the page: no script, no network, the page's colours.

Altair accepts only fixed colours; those of the page are variables of its style sheet. So each is
drawn in a placeholder colour and then replaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

import altair as alt
from markupsafe import Markup

from flows.report.days import DayCount
from flows.report.read import SourceHealth
from schemas import Row

INKS = {
    "ink": "#010f01",
    "muted": "#010f02",
    "rule": "#010f03",
    "band": "#010f04",
    "series": "#010f05",
    "bad": "#010f06",
    "warn": "#010f07",
    "calm": "#010f08",
}
"""Colours of `page.css` by name, and their placeholders."""

WIDTH = 920
"""Width of the page's column in units of the SVG; the drawing shrinks with the window."""

COLUMNS = 3
"""Small charts in a row."""

SOURCES_A_CHART = 12
"""Small charts of one drawing, which a printed page keeps together."""

OUTCOMES = {"loaded": "series", "unchanged": "band", "duplicate": "calm", "rejected": "bad"}
"""Outcomes of pages in the order in which they are stacked, with their colours."""


def days_chart(days: Sequence[DayCount]) -> Markup:
    """Draw articles a day as a line on its usual band, with axes."""
    return _svg(_counts(_values(days), point_size=50).properties(width=WIDTH - 60, height=180))


def source_charts(sources: Sequence[SourceHealth]) -> list[tuple[Sequence[SourceHealth], Markup]]:
    """Draw the days of each source on its band, several sources a drawing; return each drawing with
    its sources.
    """
    groups = [sources[at : at + SOURCES_A_CHART] for at in range(0, len(sources), SOURCES_A_CHART)]
    return [(group, _facets(group)) for group in groups]


def _facets(sources: Sequence[SourceHealth]) -> Markup:
    values = [{"source": s.source_id, **value} for s in sources for value in _values(s.days)]
    single = _counts(values, point_size=30, is_small=True).properties(
        width=WIDTH // COLUMNS - 50, height=64
    )
    header = alt.Header(
        title=None,
        labelColor=INKS["ink"],
        labelAnchor="start",
        labelFontSize=11,
        labelLimit=WIDTH // COLUMNS - 50,
    )
    order = [s.source_id for s in sources]
    chart = single.facet(
        facet=alt.Facet("source:N", sort=order, header=header), columns=COLUMNS, spacing=18
    )
    return _svg(chart.resolve_scale(y="independent"))


def _values(days: Sequence[DayCount]) -> list[dict[str, Any]]:
    return [
        {
            "day": d.day.isoformat(),
            "seen": d.seen,
            "low": d.low,
            "high": d.high,
            "expected": d.expected,
            "is_outside": d.is_outside,
        }
        for d in days
    ]


def _counts(values: list[dict[str, Any]], point_size: int, *, is_small: bool = False) -> Any:
    x = _day_axis({v["day"] for v in values}, is_small=is_small)
    y = alt.Axis(title=None, tickCount=2 if is_small else 4, format="~s", tickMinStep=1)
    base = alt.Chart(alt.InlineData(values=values))
    known = base.transform_filter("datum.high != null")
    return alt.layer(
        known.mark_bar(color=INKS["band"]).encode(x=x, y=alt.Y("low:Q", axis=y), y2="high:Q"),
        known.mark_tick(color=INKS["muted"], thickness=1).encode(x=x, y="expected:Q"),
        base.mark_line(color=INKS["series"], strokeWidth=1.5).encode(x=x, y="seen:Q"),
        base.transform_filter("datum.is_outside")
        .mark_point(color=INKS["bad"], filled=True, size=point_size, opacity=1)
        .encode(x=x, y="seen:Q"),
    )


def _day_axis(days: Iterable[str], *, is_small: bool = False) -> alt.X:
    """Return the days, some of them labelled, the last one always."""
    ordered = sorted(days)
    step = max(7, len(ordered) // 4 + 1) if is_small else max(1, len(ordered) // 7)
    label = "utcFormat(datetime(datum.value), '%-d %b')"
    axis = alt.Axis(
        title=None,
        values=ordered[::-1][::step],
        labelExpr=label,
        labelAngle=0,
        labelOverlap=True,
        ticks=False,
    )
    return alt.X("day:O", axis=axis, scale=alt.Scale(padding=0))


def outcomes_chart(rows: Sequence[Row], days: Sequence[str]) -> Markup:
    """Draw pages by day of their run, stacked by outcome; `days` are all days of the period."""
    values = [
        {
            "day": f"{r['day']}",
            "outcome": r["outcome"],
            "pages": r["page_count"],
            "place": list(OUTCOMES).index(r["outcome"]),
        }
        for r in rows
    ]
    values += [
        {"day": day, "outcome": next(iter(OUTCOMES)), "pages": 0, "place": 0} for day in days
    ]
    colour = alt.Scale(domain=list(OUTCOMES), range=[INKS[ink] for ink in OUTCOMES.values()])
    chart = (
        alt.Chart(alt.InlineData(values=values))
        .mark_bar(width={"band": 0.8})
        .encode(
            x=_day_axis(days),
            y=alt.Y(
                "sum(pages):Q", axis=alt.Axis(title=None, tickCount=4, format="~s", tickMinStep=1)
            ),
            color=alt.Color(
                "outcome:N",
                scale=colour,
                legend=alt.Legend(title=None, orient="top", symbolType="square"),
            ),
            order=alt.Order("place:Q"),
        )
    )
    return _svg(chart.properties(width=WIDTH - 60, height=160))


def reasons_chart(blocks: dict[str, int]) -> Markup:
    """Draw blocks by reason, most first."""
    values = [
        {"reason": reason.replace("_", " "), "blocks": count} for reason, count in blocks.items()
    ]
    base = alt.Chart(alt.InlineData(values=values)).encode(
        x=alt.X("blocks:Q", axis=None),
        y=alt.Y(
            "reason:N",
            sort=None,
            axis=alt.Axis(title=None, ticks=False, domain=False, grid=False, minExtent=150),
        ),
    )
    bars = base.mark_bar(color=INKS["series"], height=11)
    numbers = base.mark_text(align="left", dx=4, color=INKS["ink"], fontSize=11).encode(
        text=alt.Text("blocks:Q", format=",")
    )
    return _svg((bars + numbers).properties(width=WIDTH - 240, height=18 * len(values)))


def _svg(chart: Any) -> Markup:
    """Return the chart as an element that screen readers skip: the page says its content in
    words.
    """
    styled = chart.configure(background="transparent", font="sans-serif").configure_view(
        stroke=None
    )
    styled = styled.configure_axis(
        gridColor=INKS["rule"],
        domainColor=INKS["rule"],
        tickColor=INKS["rule"],
        labelColor=INKS["muted"],
        labelFontSize=11,
    )
    styled = styled.configure_axisX(grid=False).configure_legend(
        labelColor=INKS["ink"], labelFontSize=12
    )
    out = StringIO()
    styled.save(out, format="svg")
    text = out.getvalue()
    for name, stand_in in INKS.items():
        text = text.replace(stand_in, f"var(--{name})")
    # attributes for reading single marks aloud, which double the size and which nobody hears inside
    # a hidden drawing
    text = re.sub(r' (?:aria-[a-z]+|role|pointer-events)="[^"]*"', "", text)
    text = re.sub(
        r'<svg [^>]*?(width="[^"]*" height="[^"]*" viewBox="[^"]*")>',
        r'<svg aria-hidden="true" focusable="false" \1>',
        text,
        count=1,
    )
    return Markup(text)
