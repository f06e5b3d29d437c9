"""Statistics: figures that follow from the record, each with its definition and the list behind it."""
