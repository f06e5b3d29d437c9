"""The pages of this room: offices, people, rights, and what everybody keeps for himself."""
