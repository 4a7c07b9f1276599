"""Joins articles to stories: which rule of average link, and why."""

from __future__ import annotations

from flows.link.average_link import Rule

RULE = Rule(min_mean=0.2, min_group=3, max_looser=0.1)
"""The mean probability over all pairs of articles decides, since one chance likeness must not join
two stories. It is low, since articles of one story vary: an obituary and a report of the funeral
share few words. Two groups of three or more must also be nearly as alike as the looser of them is
within: this tells two quakes or two verdicts apart. docs/links.md has the measurements.
"""
