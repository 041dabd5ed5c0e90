"""The registry of decisions: one module here for each question, named after its id."""

from quiz.decisions import (
    answer_comment,
    connect_with,
    contact_family,
    group_chat,
    keep_account,
    leave_account,
    message_pupil,
    old_account,
    open_account,
    personal_account,
    post_on_hold,
    posting_right,
    publish_post,
    report_concern,
    reuse_material,
    screen_applicant,
    speak_to_press,
    suspected_breach,
    use_equipment,
    use_photo,
    when_unsure,
)
from quiz.decisions.decision import Decision

DECISIONS: dict[str, Decision] = {
    one.id: one
    for one in (
        open_account.DECISION,
        posting_right.DECISION,
        publish_post.DECISION,
        use_photo.DECISION,
        connect_with.DECISION,
        message_pupil.DECISION,
        group_chat.DECISION,
        answer_comment.DECISION,
        speak_to_press.DECISION,
        post_on_hold.DECISION,
        personal_account.DECISION,
        use_equipment.DECISION,
        leave_account.DECISION,
        screen_applicant.DECISION,
        report_concern.DECISION,
        keep_account.DECISION,
        reuse_material.DECISION,
        contact_family.DECISION,
        when_unsure.DECISION,
        suspected_breach.DECISION,
        old_account.DECISION,
    )
}
