"""The rule book's modules: `rule` holds the values, `book` matches, `file` reads and checks.
Callers use `flows.clean.rules`.
"""
