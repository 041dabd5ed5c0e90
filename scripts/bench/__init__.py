"""How fast and how large: measurements, never tests."""
