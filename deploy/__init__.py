"""Replicas of the dashboard behind nginx, started and stopped on this machine."""
