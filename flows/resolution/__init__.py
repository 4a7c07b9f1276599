"""Decides which names are one entity: reads the warehouse, asks `flows/link/entities`, and records
the answer with its reason.
"""
