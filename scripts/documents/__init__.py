"""What stands in a document? `read` gives its lines, whatever the kind of file."""

from scripts.documents.reading import read
from scripts.documents.unreadable import DocumentUnreadable

__all__ = ["DocumentUnreadable", "read"]
