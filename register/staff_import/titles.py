"""As what do the policies know somebody with this job title? By common titles; the rest, the manager says once."""

from collections.abc import Mapping
from re import search

from quiz.facts import ROLES

# The first that fits: "deputy headteacher" leads a school, "head of maths" a department.
_TITLES: tuple[tuple[str, str], ...] = (
    (r"\b(governors?|governing (body|board))\b", "governor"),
    (r"\btrustees?\b|\bmember of the board\b", "trustee"),
    (r"\bvolunteers?\b", "volunteer"),
    (r"\b(parents?|pta|ptfa)\b", "parent"),
    (r"\b(contractors?|agency)\b", "contractor"),
    (r"\b(ceo|cfo|coo|chief \w+ officer|trust|central|executive director)\b", "trust-officer"),
    (r"\b(deputy|assistant|vice|associate)\b.*\b(head ?teacher|head|principal)\b", "school-leader"),
    (r"\b(slt|senior leader\w*|senior leadership( team)?|school leader)\b", "school-leader"),
    (r"\b(executive )?(head ?teacher|headmaster|headmistress|head of school|principal)\b", "headteacher"),
    (r"\b(teaching|classroom|learning support) assistants?\b|\b(hl)?ta\b|\blsa\b", "support-staff"),
    (r"\b(head|lead|leader|director|coordinator) (of|for)\b|\b(subject|curriculum|department|faculty|phase|year|key "
     r"stage|middle) (lead|leader)\b|\bsenco\b", "department-lead"),
    (r"\b(teachers?|tutor|lecturer|ect|nqt|qts)\b", "teacher"),
    (r"\b(admin\w*|office|receptionist|secretary|clerk|caretaker|site|technician|clean(er|ing)|midday|lunchtime|cook|"
     r"cater\w*|kitchen|librarian|nurse|mentor|supervisor|business manager|finance|bursar|support|welfare|minibus|"
     r"invigilator|examinations?|exams|attendance|pastoral|assistant|it|ict|network|data|hr|premises|play\w*|early "
     r"years practitioner|nursery nurse|counsellor|therapist|coach|instructor)\b", "support-staff"),
)  # fmt: skip


def folded(title: str) -> str:
    """Return a title as it is compared."""
    return " ".join(title.casefold().replace("-", " ").split())


def role_of(title: str, said: Mapping[str, str]) -> str | None:
    """Return the role, None for a title nobody has said anything of; `said` holds roles by folded title."""
    name = folded(title)
    if said.get(name) in ROLES:
        return said[name]
    if name.replace(" ", "-") in ROLES:
        return name.replace(" ", "-")
    return next((role for pattern, role in _TITLES if search(pattern, name)), None)
