"""How does somebody else's staff list become people? Read, understood, compared, and only then taken over."""
