"""The facts of the steps of law 3.9, a module a part of the track."""
