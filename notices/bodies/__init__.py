"""What bodies are made of: frame, official letters, reports, ruled forms; pure, without tables."""
