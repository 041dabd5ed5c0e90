"""`clearpost verify`, `signing-key`, `remind` and `recertification`: what managers' lists prove and ask for."""

from pathlib import Path
from typing import Annotated

import typer
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.nearest import choices
from register import proofs, proved_files, recertification, signatures
from register.courses import CourseUnusable, Shelf
from register.days import utc_now
from register.desk import wording
from register.mail import ServerUnreachable
from register.recertification import DayOfYear, Rule, day_of_year
from register.reminding import Office, remind_all
from register.secret_files import SecretExposed
from register.staff_import.tables import Unreadable
from register.trusts import Trust
from scripts.terminal import PROJECT, Data, records, refuse, settings_of

recertify = typer.Typer(no_args_is_help=True, help="When each trust's trainings are due again.")

TrustId = Annotated[str, typer.Option("--trust", help="The trust's id, such as cockburn.")]
OWN_DATE = "anniversary"


def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A list downloaded from the register: CSV or .xlsx.")],
    key: Annotated[
        Path | None, typer.Option("--key", help="The register's public key, from its page /signing-key/.")
    ] = None,
    data: Data = PROJECT / "var",
) -> None:
    """Name every row of a downloaded list that was edited, added, removed or moved; exit 1 if there is one.

    Needs no network, and no register where --key is given.
    """
    public = _public_key(key, data)
    try:
        content = file.read_bytes()
        head, lines = proved_files.read(content)
        beside = proved_files.beside(content)
    except OSError as error:
        refuse(f"{file} cannot be read: {error.strerror}")
    except Unreadable as unreadable:
        refuse(f"{file}: {unreadable}")
    found = proofs.check(public, head, lines)
    if found.manifest:
        said = found.manifest
        print(f"{said.rows} rows, made at {said.made_at}: {said.filter}")
        print(f"End of the register's log then: {said.head}")
        print(f"Digest of the rows: {said.digest}")
    wrong = (*found.wrong, *beside)
    for one in wrong:
        print(one)
    if wrong:
        refuse(f"{file} is not as the register made it", status=1)
    print("Nothing was edited, added, removed or moved.")


def signing_key(data: Data = PROJECT / "var") -> None:
    """Print the register's public key, with which anybody can verify its lists."""
    print(signatures.as_pem(_own_key(data)), end="")


def remind(
    data: Data = PROJECT / "var",
    site: Annotated[Path, typer.Option("--site", help="The folder of the built site.")] = PROJECT / "site",
    base_url: Annotated[
        str, typer.Option("--base-url", help="The address people open, for the links.")
    ] = "http://127.0.0.1:8000",
) -> None:
    """Send due notices to staff and, once a week, a digest to managers; run it every morning.

    Nobody gets the same notice twice, however often it runs.
    """
    settings = settings_of(data, site, base_url)
    if settings.mail is None:
        refuse("there is no mail server in the settings, so nobody can be reminded", status=1)
    with records(settings) as database:
        try:
            done = remind_all(Office(settings, database, Shelf(site), wording(), utc_now()))
        except (CourseUnusable, ServerUnreachable) as trouble:
            refuse(str(trouble), status=1)
    print(f"Due notices sent: {done.notices}; digests sent: {done.digests}; not taken: {done.refused}.")


@recertify.command(name="show")
def show_rules(data: Data = PROJECT / "var") -> None:
    """Print when each trust's trainings are due again."""
    with records(settings_of(data)) as database, database.reading() as db:
        for trust_id in db.scalars(select(Trust.id).order_by(Trust.id)):
            print(f"{trust_id}: {recertification.rule(db, trust_id).in_words}")


@recertify.command(name="set")
def set_rule(
    trust: TrustId,
    due: Annotated[str, typer.Option("--due", help="anniversary, or a day of the year as 09-01.")] = OWN_DATE,
    grace_days: Annotated[int, typer.Option("--grace-days", help="So many days more, posting rights last.")] = 0,
    data: Data = PROJECT / "var",
) -> None:
    """Record when a trust's trainings are due again; what is on record keeps its date."""
    with records(settings_of(data)) as database, database.writing() as db:
        _known(db, trust)
        try:
            recertification.set_rule(db, utc_now(), None, trust, Rule(_day(due), grace_days))
        except ValueError as error:
            refuse(str(error))
        print(f"{trust}: {recertification.rule(db, trust).in_words}")


def _day(due: str) -> DayOfYear | None:
    if due == OWN_DATE:
        return None
    month, _, day = due.partition("-")
    if not (month.isdecimal() and day.isdecimal() and len(due) <= 5):
        raise ValueError(f"{due!r} is no day of the year; give one as 09-01, or {OWN_DATE}")
    return day_of_year(int(month), int(day))


def _known(db: Session, trust_id: str) -> None:
    known = db.scalars(select(Trust.id)).all()
    if trust_id not in known:
        refuse(f"there is no trust {trust_id!r}{choices(trust_id, known)}")


def _public_key(file: Path | None, data: Path) -> Ed25519PublicKey:
    if file is None:
        return _own_key(data)
    try:
        return signatures.read_pem(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, signatures.NoKey) as error:
        refuse(f"{file}: {getattr(error, 'strerror', None) or error}")


def _own_key(data: Path) -> Ed25519PublicKey:
    if not (data / signatures.KEY_FILE).is_file():
        refuse(f"there is no register in {data}; give its public key with --key")
    try:
        return signatures.signing_key(data).public_key()
    except SecretExposed as exposed:
        refuse(str(exposed), status=1)
