"""The administrative track: recommendations to the bodies that should have acted (law 3.9, 9)."""
