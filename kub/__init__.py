"""KUB Batang: what screens and command line share."""

# The only place that says it: pyproject.toml, versions of the records and CHANGELOG.md follow.
__version__ = "0.1.0"
