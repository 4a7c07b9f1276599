"""How the lists and the model of the entity room are made. Nothing here runs when articles are
annotated.
"""
