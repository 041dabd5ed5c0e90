"""A policy as a PDF that a screen reader can read, made without any browser."""
