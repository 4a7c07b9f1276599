"""The steps of the flows as plain functions: no Prefect. Each module is one step or one step's
state.
"""
