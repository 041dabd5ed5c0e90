"""Are the sources right? All of them, loaded and checked, as one Library."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from handbook.library import Guide, Library, Trust, Vocabulary
from handbook.problems import Problem, SourceErrors
from handbook.sharing import each
from handbook.sources.asked import parse_asked
from handbook.sources.citations import Places
from handbook.sources.clauses import parse_policy
from handbook.sources.guides import parse_guides
from handbook.sources.positions import NONE_YET, parse_positions
from handbook.sources.scenarios import FOLDER, Scenario, parse_scenario, reading_problems, variant_problems
from handbook.sources.trusts import folder_problem, parse_trust
from handbook.sources.unfinished import guesses, to_fill_in
from handbook.sources.vocabulary import KINDS, SLUG, parse_vocabulary
from quiz.nearest import suggestion

POLICIES = Path("policy_src")
VOCABULARY = POLICIES / "vocabulary.yml"
GUIDES = POLICIES / "guides.yml"
OF_A_TRUST = ("policy.md", "trust.yml", "positions.yml")


def load(root: Path, today: date) -> Library:
    """Return everything that `policy_src/` and `quiz/scenarios/` under `root` say.

    Raises SourceErrors with all that is wrong; the questions are tried out on every trust once all else is right.
    `today` becomes the library's date of building.
    """
    library, lines = _read(root, today)
    unfit = (*variant_problems(library, lines), *reading_problems(library.scenarios, lines))
    if unfit:
        raise SourceErrors(unfit)
    return library


def load_untried(root: Path, today: date) -> Library:
    """Return the same, but let a question pass that cannot be asked.

    Whoever has just changed a policy may ask what it says now, and what the change means, before the questions follow.
    """
    return _read(root, today)[0]


def _read(root: Path, today: date) -> tuple[Library, Mapping[str, int]]:
    """Return the library, and for each scenario the line in which its options begin."""
    files = _Files(root)
    vocabulary = _vocabulary(files)
    names = _trust_folders(files)
    trusts = _trusts(files, names, vocabulary)
    scenarios = _scenarios(files, vocabulary)
    guides = _guides(files, vocabulary)
    if files.problems:
        raise SourceErrors(files.problems)
    library = Library(
        vocabulary=vocabulary,
        trusts={name: trust for name, trust in trusts.items() if trust},
        scenarios={slug: scenario.data for slug, scenario in scenarios.items()},
        built_on=today,
        guides=guides,
    )
    return library, {slug: scenario.line for slug, scenario in scenarios.items()}


@dataclass
class _Files:
    """The files under the root, and all that is wrong with them so far."""

    root: Path
    problems: list[Problem] = field(default_factory=list)

    def text(self, file: Path) -> str | None:
        """Return what a file says; None if it cannot be read, which is noted."""
        try:
            return (self.root / file).read_bytes().decode("utf-8-sig")
        except FileNotFoundError:
            self.note(file, 1, f"this file is missing{self._misnamed(file)}")
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            self.note(file, line, "this is not UTF-8; save the file with the encoding UTF-8")
        except OSError as error:
            self.note(file, 1, f"this file cannot be read: {error.strerror}")
        return None

    def text_if_there(self, file: Path) -> str | None:
        """Return the same of a file that need not be there, unless one of nearly that name is."""
        names = [one.name for one in self.names(file.parent)]
        return self.text(file) if file.name in names or self._misnamed(file) else None

    def names(self, folder: Path) -> list[Path]:
        """Return what is in a folder, by name, without hidden files; nothing if there is no such folder."""
        try:
            return sorted(one for one in (self.root / folder).iterdir() if not one.name.startswith((".", "_")))
        except OSError:
            return []

    def say_what_is_to_fill_in(self, texts: Mapping[Path, str]) -> None:
        """Note what is not filled in yet, in the place of whatever else is wrong in those lines."""
        missing = [problem for file, text in texts.items() for problem in to_fill_in(text, file)]
        lines = {(problem.file, problem.line) for problem in missing}
        self.problems = [one for one in self.problems if (one.file, one.line) not in lines] + missing

    def note(self, file: Path, line: int, message: str) -> None:
        """Note one thing that is wrong."""
        self.problems.append(Problem(file, line, message))

    def _misnamed(self, file: Path) -> str:
        beside = [one.name for one in self.names(file.parent) if one.name not in OF_A_TRUST]
        hint = suggestion(file.name, beside)
        return hint.replace("did you mean", "is it") if "did you mean" in hint else ""


def _vocabulary(files: _Files) -> Vocabulary:
    """Return the shared words; without any where the file cannot be read, so that the rest is checked all the same."""
    text = files.text(VOCABULARY)
    if text is None:
        return Vocabulary(**{kind: {} for kind in KINDS})
    vocabulary, problems = parse_vocabulary(text, VOCABULARY)
    files.problems.extend(problems)
    return vocabulary


def _trust_folders(files: _Files) -> tuple[str, ...]:
    names = []
    for folder in files.names(POLICIES):
        if not folder.is_dir():
            continue
        wrong = folder_problem(folder.name)
        if wrong:
            files.note(POLICIES / folder.name, 1, wrong)
        else:
            names.append(folder.name)
    if not names and not files.problems:
        files.note(POLICIES, 1, "there is no trust: each has a folder with trust.yml and policy.md")
    return tuple(names)


def _trusts(files: _Files, names: Sequence[str], vocabulary: Vocabulary) -> dict[str, Trust | None]:
    def read(name: str) -> tuple[Trust | None, list[Problem]]:
        own = _Files(files.root)
        return _trust(own, name, names, vocabulary), own.problems

    found = dict(zip(names, each(read, names, trusts=len(names)), strict=True))
    for _, problems in found.values():
        files.problems.extend(problems)
    return {name: trust for name, (trust, _) in found.items()}


def _trust(files: _Files, name: str, names: Collection[str], vocabulary: Vocabulary) -> Trust | None:
    """Return one trust, None if a file of it cannot be read; its other files are checked all the same."""
    folder = POLICIES / name
    policy, about = (files.text(folder / file) for file in ("policy.md", "trust.yml"))
    stated = files.text_if_there(folder / "positions.yml")
    clauses = None
    if policy is not None:
        clauses, problems = parse_policy(policy, folder / "policy.md", name, vocabulary)
        files.problems.extend(problems)
    places = Places(clauses or None)
    profile, positions = None, NONE_YET
    if about is not None:
        profile, problems = parse_trust(about, folder / "trust.yml", names, vocabulary, places)
        files.problems.extend(problems)
    if stated is not None:
        positions, problems = parse_positions(stated, folder / "positions.yml", vocabulary, places)
        files.problems.extend(problems)
    asked = _asked(files, folder / "asked.yml", vocabulary, places)
    files.say_what_is_to_fill_in(
        {folder / file: text or "" for file, text in zip(OF_A_TRUST, (policy, about, stated), strict=True)}
    )
    if clauses is None or profile is None:
        return None
    return Trust(
        id=name,
        name=profile.name,
        short_name=profile.short_name,
        kind=profile.kind,
        parent=profile.parent,
        accent=profile.accent,
        document=profile.document,
        roles=profile.roles,
        training=profile.training,
        clauses=clauses,
        positions=positions.by_decision,
        advice=(positions.advice[0], f"{name}/{positions.advice[1]}") if positions.advice else None,
        folder=folder,
        motto=profile.motto,
        not_asked=profile.not_asked,
        guesses=sum(1 for _ in guesses(policy or "", folder / "policy.md")),
        asked=asked,
    )


def _asked(files: _Files, file: Path, vocabulary: Vocabulary, places: Places) -> Mapping[str, tuple[str, ...]]:
    """Return which questions a trust's provisions answer; none where it has no file of them."""
    text = files.text_if_there(file)
    if text is None:
        return {}
    asked, problems = parse_asked(text, file, vocabulary, places)
    files.problems.extend(problems)
    return asked


def _guides(files: _Files, vocabulary: Vocabulary) -> tuple[Guide, ...]:
    """Return the guides; none where there is no file of them, because a handbook is whole without."""
    if GUIDES.name not in [one.name for one in files.names(POLICIES)]:
        return ()
    text = files.text(GUIDES)
    if text is None:
        return ()
    guides, problems = parse_guides(text, GUIDES, vocabulary)
    files.problems.extend(problems)
    return guides


def _scenarios(files: _Files, vocabulary: Vocabulary) -> dict[str, Scenario]:
    found = {}
    for path in files.names(FOLDER):
        file = FOLDER / path.name
        text = files.text(file) if path.suffix == ".md" and path.name != "README.md" else None
        if text is None:
            continue
        if not SLUG.fullmatch(path.stem):
            files.note(file, 1, "a scenario's file has a name of small letters, digits and hyphens")
        scenario, problems = parse_scenario(text, file, vocabulary)
        files.problems.extend(problems)
        found[path.stem] = scenario
    return found
