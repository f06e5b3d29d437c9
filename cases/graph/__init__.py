"""Drawing a state machine from its declarations: where everything stands, then the lines of the SVG."""
