"""A generated year of news with injected faults, and who would have noticed: `python -m
tests.bench.faults`.
"""
