"""Links articles in the warehouse, within the load of a run: reads recent fingerprints, asks
`flows/link` which articles and quotations belong together, and writes the answer with its reasons.

`linker` is the order of the steps; `window` reads, `copies`, `stories` and `wordings` decide, the
SQL files write, `corrections` holds what people have said.
"""
