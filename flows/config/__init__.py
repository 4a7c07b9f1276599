"""What `sources.yml`, the settings and alias files share: kinds of values, and validation with line
numbers.
"""
