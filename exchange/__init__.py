"""What goes in and out of the office: the register of papers."""
