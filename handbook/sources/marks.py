"""What do attributes say? The duty, ref, topic and audience in `{.must ref="4.4" topic=conduct who="staff"}`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from markdown_it.token import Token

from handbook.library import Vocabulary
from handbook.problems import Report
from handbook.sources.unfinished import GUESSED
from handbook.sources.vocabulary import check_word
from quiz.nearest import suggestion

# A ref is part of an address, and an anchor in a page.
_REF = re.compile(r"[a-z0-9][a-z0-9./-]*")


@dataclass(frozen=True)
class Marks:
    """What attributes say; None where they do not, or not understandably."""

    duty: str | None = None
    ref: str | None = None
    topic: str | None = None
    who: tuple[str, ...] | None = None


@dataclass(frozen=True)
class MarkReader:
    """Reads attributes and reports those that are not in order."""

    vocabulary: Vocabulary
    report: Report

    def read(self, token: Token, line: int, allowed: tuple[str, ...]) -> Marks:
        """Return what the attributes of a token say; `allowed` are those that have a place there, besides the duty."""
        given: Mapping[str, object] = {**token.attrs, **token.meta.get("insecure_attrs", {})}
        for name in given:
            if name not in (*allowed, "class", GUESSED):
                hint = " (a clause's ref stands in its heading)" if name == "ref" else suggestion(name, allowed)
                self.report.add(line, f'there is no attribute "{name}" here{hint}')
        ref = str(given["ref"]).strip() if "ref" in given and "ref" in allowed else None
        if ref is not None:
            self.check_ref(ref, line)
        return Marks(duty=self._duty(given, line), ref=ref, topic=self._topic(given, line), who=self._who(given, line))

    def _duty(self, given: Mapping[str, object], line: int) -> str | None:
        named = str(given.get("class", "")).split()
        for one in named:
            check_word("duty", one, self.vocabulary.duties, line, self.report)
        if len(named) > 1:
            self.report.add(line, f"there is one duty too many: {' and '.join(named)}")
        return named[0] if named else None

    def _topic(self, given: Mapping[str, object], line: int) -> str | None:
        if "topic" not in given:
            return None
        topic = str(given["topic"]).strip()
        check_word("topic", topic, self.vocabulary.topics, line, self.report)
        return topic

    def _who(self, given: Mapping[str, object], line: int) -> tuple[str, ...] | None:
        if "who" not in given:
            return None
        who = tuple(dict.fromkeys(str(given["who"]).split()))
        if not who:
            self.report.add(line, 'who is empty: who="staff", or several with spaces between')
        for one in who:
            check_word("audience", one, self.vocabulary.audiences, line, self.report)
        return who

    def check_ref(self, ref: str, line: int) -> None:
        """Report a ref that cannot be an address."""
        if not _REF.fullmatch(ref):
            self.report.add(
                line,
                f'"{ref}" cannot be a ref: it has small letters, digits, dots, hyphens and slashes, '
                "but no spaces or quotation marks",
            )
