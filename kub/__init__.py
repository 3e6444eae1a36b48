"""KUB Batang: what screens and command line share."""
