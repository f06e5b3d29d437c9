"""Figures for whoever watches over the servers, in the text format of Prometheus (`docs/operations.md`).

No figure is about a person: labels are names of routes, tasks, methods and kinds that the code declares.
"""
