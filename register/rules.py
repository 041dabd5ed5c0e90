"""Which rule of scope stands before which address? Who asks for an address without a rule is refused."""

from collections.abc import Mapping
from dataclasses import dataclass

from register.scope import Action


@dataclass(frozen=True)
class Rule:
    """What is done at an address, and which part of it says over what; none: over the visitor's own reach."""

    action: Action
    over: str | None = None


OPEN = Rule(Action.OPEN)
OWN = Rule(Action.OWN)
READ = Rule(Action.READ)

RULES: Mapping[str, Rule] = {
    "GET /healthz": OPEN,
    "GET /readyz": OPEN,
    "GET /api/openapi.json": OPEN,
    "GET /api/me": OPEN,
    "POST /api/play": OPEN,
    "POST /api/another": OPEN,
    "POST /api/consult": OPEN,
    "GET /verify/{code}": OPEN,
    "GET /verify/{code}/": OPEN,
    "GET /sign-in": OPEN,
    "GET /sign-in/": OPEN,
    "POST /sign-in/": OPEN,
    "GET /sign-in/{token}": OPEN,
    "POST /sign-in/{token}": OPEN,
    "POST /sign-in/{token}/new-link": OPEN,
    "GET /sign-in/with/{provider}": OPEN,
    "GET /sign-in/with/{provider}/back": OPEN,
    # Whoever lacks the last slash is only led to the address that has a rule.
    "GET /signing-key/": OPEN,
    "GET /signing-key.pem": OPEN,
    # Whoever has the address reads the calendar: calendar programs cannot sign in.
    "GET /calendar/{token}/clear-to-post.ics": OPEN,
    "GET /my": OPEN,
    "GET /manage": OPEN,
    "POST /sign-out": OWN,
    "POST /api/tickets": OWN,
    "POST /api/tickets/check": OWN,
    "POST /api/attempts": OWN,
    "GET /my/": OWN,
    "POST /my/requests": OWN,
    "GET /my/calendar/": OWN,
    "POST /my/calendar/": OWN,
    "POST /my/calendar/end": OWN,
    "GET /my/data/": OWN,
    "POST /my/data/page": OWN,
    "POST /my/data/json": OWN,
    "GET /my/sessions/": OWN,
    "POST /my/sessions/{session_id}/end": OWN,
    "POST /my/sessions/end-others": OWN,
    "GET /my/certificate/{receipt}/": OWN,
    "GET /my/requests/{request_id}/": OWN,
    "POST /my/requests/{request_id}/": OWN,
    "POST /my/accounts/{held_id}/care": OWN,
    "GET /api/rights": READ,
    "GET /api/rights/check": READ,
    "GET /api/accounts": READ,
    "GET /manage/": Rule(Action.SEE_REQUESTS),
    "GET /manage/completions/": Rule(Action.SEE_PEOPLE),
    "GET /manage/completions/print/": Rule(Action.SEE_PEOPLE),
    "GET /manage/completions.csv": Rule(Action.SEE_PEOPLE),
    "GET /manage/completions.xlsx": Rule(Action.SEE_PEOPLE),
    "GET /manage/recertification/": Rule(Action.SEE_PEOPLE),
    "POST /manage/recertification/": Rule(Action.APPOINT, "trust"),
    "POST /manage/people/{person_id}/completions/{completion_id}/cancel": Rule(Action.STAFF, "person_id"),
    "POST /manage/rights/{right_id}/approvals": Rule(Action.APPROVE, "right_id"),
    "POST /manage/rights/{right_id}/approve": Rule(Action.DECIDE, "right_id"),
    "POST /manage/rights/{right_id}/refuse": Rule(Action.DECIDE, "right_id"),
    "POST /manage/rights/{right_id}/revoke": Rule(Action.DECIDE, "right_id"),
    "GET /manage/accounts/": Rule(Action.SEE_REQUESTS),
    "POST /manage/accounts/": Rule(Action.DECIDE),
    "GET /manage/accounts/{account_id}/": Rule(Action.SEE_REQUESTS, "account_id"),
    "POST /manage/accounts/{account_id}/change": Rule(Action.DECIDE, "account_id"),
    "POST /manage/accounts/{account_id}/holders": Rule(Action.DECIDE, "account_id"),
    "POST /manage/accounts/{account_id}/holders/{person_id}/remove": Rule(Action.DECIDE, "account_id"),
    "POST /manage/holds": Rule(Action.DECIDE),
    "POST /manage/holds/{hold_id}/lift": Rule(Action.DECIDE, "hold_id"),
    "GET /manage/connections/": Rule(Action.CONNECT, "trust"),
    "POST /manage/connections/programs": Rule(Action.CONNECT, "trust"),
    "POST /manage/connections/programs/{program_id}/end": Rule(Action.CONNECT, "program_id"),
    "POST /manage/connections/webhooks": Rule(Action.CONNECT, "trust"),
    "POST /manage/connections/webhooks/{webhook_id}/again": Rule(Action.CONNECT, "webhook_id"),
    "POST /manage/connections/webhooks/{webhook_id}/end": Rule(Action.CONNECT, "webhook_id"),
    "GET /manage/people/{person_id}/handover/": Rule(Action.SEE_PEOPLE, "person_id"),
    "POST /manage/people/{person_id}/handover/{handed_id}": Rule(Action.STAFF, "person_id"),
    "POST /manage/people/{person_id}/link": Rule(Action.STAFF, "person_id"),
    "POST /manage/people/{person_id}/link/send": Rule(Action.STAFF, "person_id"),
    "GET /manage/people/{person_id}/sessions/": Rule(Action.STAFF, "person_id"),
    "POST /manage/people/{person_id}/sessions/end": Rule(Action.STAFF, "person_id"),
    "POST /manage/people/{person_id}/identities/{identity_id}/remove": Rule(Action.STAFF, "person_id"),
    "GET /manage/links/": Rule(Action.STAFF),
    "POST /manage/links/": Rule(Action.STAFF),
    "GET /manage/messages/": Rule(Action.STAFF),
    "POST /manage/messages/again": Rule(Action.STAFF),
    "GET /manage/people/": Rule(Action.SEE_PEOPLE),
    "GET /manage/people/new/": Rule(Action.STAFF),
    "POST /manage/people/new/": Rule(Action.STAFF),
    "GET /manage/people/{person_id}/": Rule(Action.SEE_PEOPLE, "person_id"),
    "POST /manage/people/{person_id}/change": Rule(Action.STAFF, "person_id"),
    "POST /manage/people/{person_id}/leave": Rule(Action.STAFF, "person_id"),
    "POST /manage/people/{person_id}/rejoin": Rule(Action.STAFF, "person_id"),
    "POST /manage/people/{person_id}/roles": Rule(Action.APPOINT, "person_id"),
    "POST /manage/people/{person_id}/roles/{appointment_id}/end": Rule(Action.APPOINT, "person_id"),
    "GET /manage/schools/": Rule(Action.SEE_PEOPLE),
    "POST /manage/schools/": Rule(Action.APPOINT),
    "POST /manage/schools/{school_id}/name": Rule(Action.APPOINT, "school_id"),
    "GET /manage/staff-lists/": Rule(Action.TAKE_OVER, "trust"),
    "POST /manage/staff-lists/": Rule(Action.TAKE_OVER, "trust"),
    "GET /manage/staff-lists/{staff_list_id}/": Rule(Action.TAKE_OVER, "staff_list_id"),
    "POST /manage/staff-lists/{staff_list_id}/mapping": Rule(Action.TAKE_OVER, "staff_list_id"),
    "POST /manage/staff-lists/{staff_list_id}/apply": Rule(Action.TAKE_OVER, "staff_list_id"),
    "POST /manage/staff-lists/{staff_list_id}/discard": Rule(Action.TAKE_OVER, "staff_list_id"),
}
