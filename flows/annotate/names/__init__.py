"""Names of people and organisations: their parts, their short forms, and which mentions of one
article are one.

Names across articles are `flows.link`'s. Finding names in a text is `flows.annotate.entities`'.
"""
