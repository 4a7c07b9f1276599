"""Telling people. Incidents are settled with the load (`warehouse/incidents/`); here their messages
are delivered.
"""
