"""One document for many cases or addressees: tried first, then drafted item by item in the background."""
