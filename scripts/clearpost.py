"""The `clearpost` command: check the sources, ask for a ruling, build the site, run the register."""

import json
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
import uvicorn
from starlette.types import ASGIApp

import handbook.build
import handbook.impact
import register.app
import register.database
import register.demonstration
import register.logs
import scripts.copies
import scripts.evidence
import scripts.import_report
import scripts.importing
import scripts.lists
import scripts.new_trust
import scripts.people
import scripts.receipts_report
import scripts.serving
from handbook.courses import course_data
from handbook.library import Library
from handbook.problems import BuildFailed, SourceErrors
from handbook.sources import load, load_untried
from quiz.courses import Course
from quiz.decisions import DECISIONS
from quiz.facts import FactError
from quiz.nearest import choices
from register.courses import CourseUnusable
from register.days import utc_now
from register.services import SettingsWrong
from register.settings import Settings
from register.site import SiteMissing
from scripts.check_reports import report_coverage, report_parameters, report_scenarios, report_unfinished
from scripts.documents import DocumentUnreadable
from scripts.impact_report import in_words
from scripts.impact_sources import NotFound, Unusable, library_of
from scripts.serving import Serving
from scripts.terminal import PROJECT, Data, settings_of
from scripts.terminal import refuse as _refuse
from scripts.watching import Watch, WatchedPages

WATCHED_SITE = Path(".cache", "watched")

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
receipts = typer.Typer(no_args_is_help=True, help="Check receipts of the training, where there is no register.")
app.add_typer(receipts, name="receipts")
app.add_typer(scripts.evidence.audit, name="audit")
app.add_typer(scripts.evidence.subject, name="subject")
app.add_typer(scripts.evidence.retain, name="retention")
app.add_typer(scripts.people.people, name="people")
app.add_typer(scripts.lists.recertify, name="recertification")
Root = Annotated[Path, typer.Option("--root", help="The project's folder, with policy_src and quiz in it.")]
Site = Annotated[Path, typer.Option("--site", help="The folder of the built site.")]
Facts = Annotated[str, typer.Option("--facts", help="The facts as a JSON object; the rest is assumed cautiously.")]
Port = Annotated[int, typer.Option("--port", help="The port to listen on.")]


class LogLevel(StrEnum):
    """What is logged: from `info` on a line for each request."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


BaseUrl = Annotated[str | None, typer.Option("--base-url", help="The address people open, for sign-in links.")]


@app.command()
def check(
    root: Root = PROJECT,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Which rules that bind staff are exercised, and why the others are not.")
    ] = False,
    parameters: Annotated[
        bool, typer.Option("--parameters", help="Change every parameter of every position: does a question notice?")
    ] = False,
    guesses: Annotated[
        bool, typer.Option("--guesses", help="List every guess of an import that nobody has confirmed.")
    ] = False,
    scenarios: Annotated[
        bool, typer.Option("--scenarios", help="Each scenario's questions, reading grade, and what gives answers away.")
    ] = False,
) -> None:
    """Validate all sources; list every error as file:line and exit 1 if there is one.

    The reports exit 1 as well: where a rule is neither exercised nor has a reason, or a parameter has no effect.
    """
    library = _load(root)
    courses = [Course(course_data(library, trust)) for trust in library.trusts]
    provisions = sum(len(trust.provisions) for trust in library.trusts.values())
    questions = sum(len(course.variants) for course in courses)
    print(
        f"{len(library.trusts)} trusts, {provisions} provisions, {len(DECISIONS)} decisions, "
        f"{len(library.scenarios)} scenarios, {questions} questions: no errors."
    )
    report_unfinished(root, library, guesses, print)
    reports = (
        not coverage or report_coverage(library, courses, print),
        not parameters or report_parameters(library, courses, print),
        not scenarios or report_scenarios(courses, print),
    )
    if not all(reports):
        raise typer.Exit(1)


@app.command()
def decide(
    decision: Annotated[str | None, typer.Argument(help="The decision's id, such as use-photo.")] = None,
    trust: Annotated[str | None, typer.Option("--trust", help="The trust's id, such as cockburn.")] = None,
    facts: Facts = "{}",
    list_all: Annotated[bool, typer.Option("--list", help="Print every decision with its facts.")] = False,
    root: Root = PROJECT,
) -> None:
    """Print a ruling as JSON, or with --list every decision with its facts, their types, values and defaults."""
    if list_all:
        _print_json({one.id: one.describe() for one in DECISIONS.values()})
        return
    if not decision:
        _refuse(f"name a decision{choices('', DECISIONS)}")
    if decision not in DECISIONS:
        _refuse(f"there is no decision {decision!r}{choices(decision, DECISIONS)}")
    given = _facts(facts)
    library = _load(root, load_untried)
    if not trust:
        _refuse(f"name a trust with --trust{choices('', library.trusts)}")
    if trust not in library.trusts:
        _refuse(f"there is no trust {trust!r}{choices(trust, library.trusts)}")
    if decision not in library.trusts[trust].positions:
        _refuse(f"{trust} has not answered {decision} yet: it is not in its positions.yml", status=1)
    try:
        ruling = Course(course_data(library, trust)).rule(decision, given)
    except FactError as error:
        _refuse(str(error))
    _print_json(ruling.as_json())


@app.command()
def impact(
    old: Annotated[
        str, typer.Argument(metavar="OLD", help="The sources before: a folder, or a git revision of the project.")
    ],
    new: Annotated[
        str, typer.Argument(metavar="NEW", help="The sources after: a folder (. for what you edit now), or a revision.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead.")] = False,
    root: Root = PROJECT,
) -> None:
    """Say which provisions, positions, answers and courses change between two states, and who has to train again.

    A folder holds policy_src and quiz/scenarios; where a folder and a revision have one name, the folder is meant. The
    answers of both states are computed by the engine of today.
    """
    today = date.today()
    try:
        found = handbook.impact.impact(library_of(old, root, today), library_of(new, root, today))
    except NotFound as missing:
        _refuse(str(missing))
    except Unusable as unusable:
        for problem in unusable.errors.problems:
            print(f"{unusable.named}: {problem}")
        _refuse(f"the sources of {unusable.named} have errors, so that nothing can be compared", status=1)
    if as_json:
        _print_json(found.as_json())
        return
    for line in in_words(found):
        print(line)


@app.command()
def build(
    root: Root = PROJECT,
    site: Site = PROJECT / "site",
    without_register: Annotated[
        bool,
        typer.Option("--without-register", help="Leave out all that needs a register; a training ends with a receipt."),
    ] = False,
) -> None:
    """Write the pages, build the site and its search index; on any error the last good site stays."""
    try:
        report = handbook.build.build(root, site, date.today(), print, register=not without_register)
    except SourceErrors as errors:
        _list(errors)
    except BuildFailed as failure:
        _refuse(str(failure), status=1)
    made = f"{report.trusts} trusts, {report.clauses} clauses, {report.provisions} provisions"
    print(f"{made}: {report.files} files in {site}")


@app.command()
def new_trust(
    name: Annotated[str, typer.Argument(help="The trust's full name, such as 'Oak Multi-Academy Trust'.")],
    id: Annotated[str | None, typer.Option("--id", help="Its folder and address; from the name if not given.")] = None,
    positions: Annotated[
        bool, typer.Option("--positions", help="Write positions.yml too, with every question still to be answered.")
    ] = False,
    root: Root = PROJECT,
) -> None:
    """Begin a trust: write templates into a folder of its own, and never over anything."""
    trust = id or scripts.new_trust.id_of(name)
    try:
        files = scripts.new_trust.make(root, name, trust, positions=positions)
    except scripts.new_trust.NotMade as refused:
        _refuse(str(refused))
    for file in files:
        print(f"Written: {file.as_posix()}")
    print(f"Next: fill in what clearpost check lists, or draft policy.md with clearpost import FILE --trust {trust}.")
    print("See the pages as you write with clearpost serve --watch.")


@app.command("import")
def import_document(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The policy as .docx, .pdf or .txt.")],
    trust: Annotated[
        str | None, typer.Option("--trust", help="Write policy.md into this trust's folder of policy_src.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write into this folder instead; FILE-draft if neither is given.")
    ] = None,
    root: Root = PROJECT,
) -> None:
    """Draft policy.md from a document, and account for every line in import-report.csv; never over your own words."""
    try:
        done = scripts.importing.import_document(root, file, trust, out)
    except (scripts.importing.NotImported, DocumentUnreadable) as refused:
        _refuse(str(refused))
    for line in scripts.import_report.in_words(done.draft, done.guesses):
        print(line)
    print(f"Written: {done.policy} and {done.report}")
    print("Next: put each clause into your own words, check every guess, and run clearpost check.")


@receipts.command()
def grade(
    files: Annotated[list[Path], typer.Argument(metavar="FILES…", help="The receipts that staff sent.")],
    trust: Annotated[str | None, typer.Option("--trust", help="Count only receipts of this trust's training.")] = None,
    site: Annotated[
        Path | None, typer.Option("--site", help="Grade with the courses of this built site, not with the sources.")
    ] = None,
    staff: Annotated[
        Path | None, typer.Option("--staff", help="A CSV file whose first line names a column Name or E-mail.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--csv", help="Write the list to this file.")] = None,
    root: Root = PROJECT,
) -> None:
    """Grade receipts again, say who has finished and who is missing; exit 1 if somebody is or a receipt does not count.

    A receipt proves that its answers pass the course. It does not prove who gave them, or when.
    """
    try:
        courses = scripts.receipts_report.courses_of(site) if site else _courses(root)
        if trust:
            if trust not in courses:
                _refuse(f"there is no trust {trust!r}{choices(trust, courses)}")
            courses = {trust: courses[trust]}
        members = scripts.receipts_report.staff_list(staff) if staff else None
        found = scripts.receipts_report.graded(courses, files, members, datetime.now(UTC).date().isoformat())
        if out:
            _write(out, found.csv())
    except scripts.receipts_report.Unreadable as unreadable:
        _refuse(str(unreadable))
    except CourseUnusable as unusable:
        _refuse(str(unusable), status=1)
    for line in scripts.receipts_report.in_words(found):
        print(line)
    for problem in found.problems:
        print(f"{staff}: {problem}", file=sys.stderr)
    if not scripts.receipts_report.all_well(found):
        raise typer.Exit(1)


@app.command()
def migrate(data: Data = PROJECT / "var") -> None:
    """Make the register's database, or bring it to the newest shape."""
    _migrate(_settings(data, PROJECT / "site", None, 8000))


@app.command()
def demo(
    data: Data = PROJECT / "var", site: Site = PROJECT / "site", base_url: BaseUrl = None, port: Port = 8000
) -> None:
    """Make sure that every trust has demonstration people, and print a sign-in link for each kind."""
    settings = _settings(data, site, base_url, port)
    _migrate(settings)
    try:
        _demonstrate(settings)
    except CourseUnusable as unusable:
        _refuse(str(unusable), status=1)


@app.command()
def serve(
    data: Data = PROJECT / "var",
    site: Site = PROJECT / "site",
    port: Port = 8000,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    base_url: BaseUrl = None,
    demo_people: Annotated[bool, typer.Option("--demo/--no-demo", help="Make sure of demonstration people.")] = False,
    watching: Annotated[
        bool, typer.Option("--watch", help="For writing: build again what changes, and reload the open page.")
    ] = False,
    root: Root = PROJECT,
    log_level: Annotated[
        LogLevel, typer.Option("--log-level", help="What to log, as JSON lines to the standard error.")
    ] = LogLevel.WARNING,
    workers: Annotated[
        int, typer.Option(min=1, max=64, help="How many processes answer; one for each core of the machine is right.")
    ] = 1,
) -> None:
    """Serve the handbook, the training and the register.

    With --watch the site is one of its own, and a mistake in the sources is shown on the page.
    """
    if watching and workers > 1:
        _refuse("--watch is for writing, in one process: leave out --workers.")
    settings = _settings(data, root / WATCHED_SITE if watching else site, base_url, port)
    _migrate(settings)
    watch = Watch(root, settings.site, _say, lambda: register.app.enrol(settings)) if watching else None
    if watch:
        _say("Building the site once; later only what changes …")
        watch.look()
    application: ASGIApp
    try:
        application = register.app.create_app(settings, utc_now)
    except (SiteMissing, CourseUnusable, SettingsWrong) as unusable:
        _refuse(str(unusable), status=1)
    if demo_people:
        _demonstrate(settings)
    if watch:
        application = WatchedPages(application, lambda: watch.state)
        watch.start()
    print(f"Serving on {settings.base_url} (stop with Ctrl-C)", flush=True)
    if workers > 1:
        scripts.serving.serve(Serving(str(data), str(site), settings.base_url, host, port, workers, log_level.value))
    register.logs.configure(sys.stderr, log_level)
    # Whose word counts on where a request comes from is the application's to say, from its settings.
    uvicorn.run(
        application,
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
    )


for _copying in (scripts.copies.backup, scripts.copies.restore, scripts.copies.move):
    app.command()(_copying)
for _on_lists in (scripts.lists.verify, scripts.lists.signing_key, scripts.lists.remind):
    app.command()(_on_lists)


def _say(line: str) -> None:
    print(line, flush=True)


def _migrate(settings: Settings) -> None:
    try:
        register.database.migrate(settings)
    except register.database.DatabaseUnusable as unusable:
        _refuse(str(unusable), status=1)


def _demonstrate(settings: Settings) -> None:
    """Print a sign-in link for one member of staff and one manager of every trust."""
    shown: set[tuple[str, str]] = set()
    for person in register.demonstration.prepare(settings, utc_now()):
        if (person.trust, person.access) not in shown:
            shown.add((person.trust, person.access))
            print(f"{person.trust_name}, {person.access}: {settings.base_url}{person.path}")


def _settings(data: Path, site: Path, base_url: str | None, port: int) -> Settings:
    return settings_of(data, site, base_url or f"http://127.0.0.1:{port}")


def _facts(text: str) -> dict[str, object]:
    try:
        given = json.loads(text)
    except json.JSONDecodeError as error:
        _refuse(f"--facts is not JSON: {error.msg} at character {error.pos + 1}")
    if not isinstance(given, dict):
        _refuse("--facts has to be a JSON object, such as '{\"year_group\": 9}'")
    return given


def _load(root: Path, how: Callable[[Path, date], Library] = load) -> Library:
    try:
        return how(root, date.today())
    except SourceErrors as errors:
        _list(errors)


def _courses(root: Path) -> dict[str, Course]:
    library = _load(root, load_untried)
    return {trust: Course(course_data(library, trust)) for trust in library.trusts}


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        _refuse(f"{file} cannot be written: {error.strerror}")


def _list(errors: SourceErrors) -> NoReturn:
    for problem in errors.problems:
        print(problem)
    print(f"{len(errors.problems)} error{'s' * (len(errors.problems) != 1)}; nothing was written.", file=sys.stderr)
    raise typer.Exit(1)


def _print_json(value: Any) -> None:
    print(json.dumps(value, indent=2, ensure_ascii=False))


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
