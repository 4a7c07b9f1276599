"""The rule book's rooms: `rule` the values, `book` the matching, `file` the reading and checking.
`flows.clean.rules` is its door.
"""
