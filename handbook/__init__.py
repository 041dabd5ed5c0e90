"""The generator: structured policy sources in, a searchable handbook and course data out."""
