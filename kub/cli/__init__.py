"""Commands: what `python -m kub` can do."""
