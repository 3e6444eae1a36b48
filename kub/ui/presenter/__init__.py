"""The stage, its speaker view and its remote control."""
