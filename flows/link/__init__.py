"""What connects articles: keys made from content, and the functions that decide which articles,
quotations and names belong together. Plain functions on plain values.
"""
