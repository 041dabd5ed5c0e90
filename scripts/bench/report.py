"""A measurement printed for people, or with `--json` as one JSON object."""

import json
import sys
from collections.abc import Mapping


def show(title: str, figures: Mapping[str, float | int | str]) -> None:
    """Print figures as a table under a title, or as JSON if the command was given `--json`."""
    if "--json" in sys.argv[1:]:
        print(json.dumps({"bench": title, **figures}))
        return
    width = max(map(len, figures))
    print(title)
    for name, value in figures.items():
        text = f"{value:,.2f}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else value
        print(f"  {name.ljust(width)}  {text:>14}")
