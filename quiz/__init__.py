"""What staff do: decisions, scenarios, courses and attempts, on the standard library alone.

The same files run in CPython on the server and in Pyodide in the browser. Nothing here reads a file, a clock or a
source of randomness: data and seeds are handed in.
"""
