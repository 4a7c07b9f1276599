"""The verbs of `newsduck`, a module each: options, help and what is printed. What they do stands
elsewhere.
"""
