"""Sentences of fact and what they rest on: events, exhibits with their pages, parties."""
