"""Who has done what: people, completions, accounts and the right to post on them.

The register knows the handbook only as a folder of files, and the courses as JSON in it.
"""
