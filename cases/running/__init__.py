"""Entering running cases from a table or a page: columns, reading, entering, the trial and the head's act.

One row is one case with its lead. Everything is entered through the services by which it would be entered by
hand in back-entry, in the order of the law, so an imported case is the same as one entered step by step.
A table leads to the effective judgment of the first instance by the straight way (`columns.PATH`); from
there, and where a case left that way, the steps are entered on its pages.
"""
