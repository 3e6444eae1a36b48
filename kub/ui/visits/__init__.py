"""Screens of study visits."""
