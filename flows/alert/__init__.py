"""Notifies people of incidents. The load decides what an incident is (`warehouse/incidents/`); here
messages are written and sent.
"""
