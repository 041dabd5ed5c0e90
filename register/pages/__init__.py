"""The register's pages, in the handbook's look; they work without JavaScript."""
