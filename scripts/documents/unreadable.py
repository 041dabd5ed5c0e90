"""Why can a document not be used?"""


class DocumentUnreadable(Exception):
    """A document that cannot be read; the message names the file, what is wrong, and what to do."""
