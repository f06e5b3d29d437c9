"""Drawings made by the server: SVG without a colour, a style or a script; the style sheet goes by classes.

A drawing repeats what its data table says. Its marks lead to the lists for whoever points at them; by
keyboard and for a screen reader the table does.
"""
