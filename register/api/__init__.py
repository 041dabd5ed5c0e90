"""The register's answers to programs: JSON in, JSON out, one shape for every error."""
