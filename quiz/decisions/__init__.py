"""The registry of decisions: one module here for each question, named after its id."""

from quiz.decisions import connect_with, group_chat, posting_right, use_photo
from quiz.decisions.decision import Decision

DECISIONS: dict[str, Decision] = {
    one.id: one for one in (connect_with.DECISION, group_chat.DECISION, posting_right.DECISION, use_photo.DECISION)
}
