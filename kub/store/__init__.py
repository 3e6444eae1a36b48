"""Version files: building, opening, asking, rolling back; and what a reader may not see."""
