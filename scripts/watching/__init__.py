"""What `clearpost serve --watch` adds: what changes in the sources is built again, and the open page loads itself."""

from scripts.watching.pages import WatchedPages
from scripts.watching.watch import Watch

__all__ = ["Watch", "WatchedPages"]
