"""How is each decision asked? Its words for people, in the order in which the lists show it."""

from handbook.may_i.shared import APPROVERS, CONTAINS, ROLES, account, equipment, platform, yes_no
from handbook.may_i.words import Asked, Asking

YEARS = {"-1": "Nursery", "0": "Reception", **{str(year): f"Year {year}" for year in range(1, 14)}}

ASKED: dict[str, Asked] = {
    "use-photo": Asked(
        "May I publish a photo of a pupil?",
        "publish a photo of a pupil",
        "A photo or a video on which a pupil can be seen.",
        {
            "year_group": Asking("Which year is the pupil in?", YEARS),
            "consents": Asking(
                "Who has agreed?",
                {"parent": "A parent or carer", "pupil": "The pupil"},
                "Leave it empty if nobody has.",
            ),
            "pupil_cannot_decide": yes_no(
                "Does somebody else decide for the pupil?",
                "Say yes if the pupil cannot consent, or a parent has the right to decide.",
            ),
            "on_do_not_publish_list": yes_no("Is the pupil on the list of children not to be shown?"),
            "objected": yes_no("Has anybody in the picture asked not to be shown?"),
            "named_with_photo": yes_no("Will the pupil's name stand with the picture?"),
            "account": account("Where would you publish it?"),
            "equipment": equipment("Whose camera or phone was it taken with?"),
            "dignified": yes_no(
                "Is the picture kind to the pupil?", "Suitably dressed, and nothing anybody would mock."
            ),
        },
    ),
    "publish-post": Asked(
        "May I publish this post?",
        "publish this post",
        "Words, pictures or a link, on any account.",
        {
            "account": account("Where would you publish it?"),
            "platform": platform("On which platform?"),
            "equipment": equipment("Whose computer or phone would you use?"),
            "authorised": yes_no("Do you have permission to post on this account?"),
            "hold_active": yes_no("Is posting paused at the moment?"),
            "contains": CONTAINS,
            "permissions": Asking(
                "What have you got or done already?",
                {
                    "copyright-holder": "Permission from whoever owns it",
                    "written-permission": "Permission in writing from those it is about",
                    "leader-agreed": "A leader's agreement",
                    "disclaimer": "A line saying that you do not speak for your employer",
                    "credited": "The author's name beside it",
                },
                "Leave it empty if none of it fits.",
            ),
        },
    ),
    "reuse-material": Asked(
        "May I share somebody else's material?",
        "share somebody else's material",
        "A worksheet, a picture, a film or a text you did not make yourself.",
        {
            "owner": Asking(
                "Whose is it?",
                {"own": "Yours", "third-party": "Somebody else's", "organisation": "The school's or the trust's"},
            ),
            "permission": yes_no("Has the owner given permission?", "In writing, if the policy wants it so."),
            "credited": yes_no("Is the author named?"),
        },
    ),
    "use-equipment": Asked(
        "May I use my own phone or computer?",
        "use my own phone",
        "For pictures and posts that belong to work.",
        {
            "task": Asking("What for?", {"post": "To post something", "photograph": "To take a picture"}),
            "equipment": equipment("Whose phone or computer is it?"),
        },
    ),
    "post-on-hold": Asked(
        "May I post while something serious is happening?",
        "post while something serious is happening",
        "A snow day, an accident, or bad news about the school.",
        {
            "hold_active": yes_no("Has posting been paused?"),
            "message": Asking(
                "What do you want to post?",
                {"routine": "Something ordinary", "urgent-closure": "Urgent news, such as a closure"},
            ),
            "account": account("Where would you post it?"),
        },
    ),
    "connect-with": Asked(
        "May I accept a friend request?",
        "accept a friend request",
        "Accept, follow or befriend somebody on social media.",
        {
            "person": Asking(
                "Who is it?",
                {
                    "pupil": "A pupil",
                    "former-pupil": "A former pupil",
                    "parent": "A parent",
                    "colleague": "A colleague",
                },
            ),
            "age": Asking("How old are they?", hint="In years. Leave it empty if you do not know."),
            "from_account": Asking(
                "Which account would you do it from?",
                {"personal": "Your own account", "official": "An official account"},
            ),
        },
    ),
    "message-pupil": Asked(
        "May I message a pupil, or answer one?",
        "message a pupil, or answer one",
        "What to do when a pupil writes to you counts too.",
        {
            "direction": Asking(
                "What is it about?",
                {
                    "from-pupil": "A pupil wrote to you",
                    "to-pupil": "You would write to a pupil first",
                    "reply": "You would answer a pupil",
                    "tag": "You would tag a pupil",
                },
            ),
            "visibility": Asking(
                "Who can read it?",
                {
                    "direct": "Only the two of you",
                    "public": "Everybody",
                    "private-class-account": "Only members of a private class account",
                },
            ),
            "account": account("Which account is it on, on your side?"),
            "unwanted": yes_no("Do you want the messages to stop?"),
        },
    ),
    "group-chat": Asked(
        "May I use a group chat, such as WhatsApp?",
        "use a WhatsApp group",
        "Chat groups and messaging apps, with families, pupils or colleagues.",
        {
            "app": Asking(
                "Which app?",
                {
                    "whatsapp": "WhatsApp",
                    "squad-in-touch": "Squad In Touch",
                    "arbor": "Arbor",
                    "other": "Another app",
                },
            ),
            "with": Asking(
                "Who else is in it?", {"parents": "Parents", "pupils": "Pupils", "colleagues": "Only colleagues"}
            ),
            "purpose": Asking(
                "What is it for?",
                {
                    "general": "Talk in general",
                    "sports-fixture": "Sports fixtures",
                    "trip": "A trip",
                    "school-business": "Other school business",
                    "personal": "Private talk",
                },
            ),
            "permission": yes_no("Has a leader said that you may?"),
        },
    ),
    "speak-to-press": Asked(
        "May I answer a journalist?",
        "answer a journalist",
        "A journalist or an outside agency asks you for comment.",
        {
            "authorised": yes_no("Has somebody with the power to do so approved that you answer?"),
            "in_writing": yes_no("Do you have that approval in writing?"),
        },
    ),
    "screen-applicant": Asked(
        "May I look a candidate up online?",
        "look a candidate up online",
        "Looking up people who apply for a job, or giving them a reference, on social media.",
        {
            "action": Asking(
                "What would you do?",
                {"search": "Look a candidate up", "reference": "Give a reference"},
            ),
            "profile_meant_for_employers": yes_no("Did the candidate make the profile for employers to see?"),
        },
    ),
    "personal-account": Asked(
        "May I say this on my own account?",
        "say this on my own account",
        "What you post in your own name and your own time.",
        {
            "mentions_employer": yes_no("Does the account or the post show where you work?"),
            "disclaimer": yes_no("Does a line say that you do not speak for your employer?"),
            "uses_logo": yes_no("Does the account use your employer's logo?"),
            "contains": CONTAINS,
            "excessive_in_work_time": yes_no("Does it take up working time?", "More than a short moment in a break."),
            "anonymous": yes_no("Is it anonymous?", "Say yes if nobody can tell that it is you."),
        },
    ),
    "open-account": Asked(
        "May I open an account or page?",
        "open an account or page",
        "A new account for a school, a department, a class or a club.",
        {
            "account": account("What kind of account?"),
            "platform": platform("On which platform?"),
            "role": Asking("Who would run it?", ROLES),
            "approvals": Asking("Who has agreed?", APPROVERS, "Leave it empty if nobody has."),
            "training_done": yes_no("Has whoever would run it had the training?"),
            "named_holders": Asking("How many people are named as its holders?"),
            "contact_email": Asking(
                "Which e-mail address is it linked to?",
                {"organisation": "One of the school's or the trust's", "personal": "A private one"},
            ),
            "plan": Asking(
                "What have you settled in a plan?",
                {
                    "purpose": "What the account is for",
                    "audience": "Whom it is meant for",
                    "platform-choice": "Which platform suits",
                    "better-medium": "Whether another medium would suit better",
                    "update-capacity": "Who has the time for updates",
                    "contingency": "What happens when nobody can update it",
                    "expertise": "Who has the skills it takes",
                    "promotion": "How people will hear of it",
                    "who-runs": "Who will run it",
                    "open-or-closed": "Whether it is open or closed",
                },
                "Leave it empty if there is no plan yet.",
            ),
            "branding": Asking(
                "What will its logo be?",
                {
                    "crest-alone": "The crest alone",
                    "crest-in-design": "The crest inside a design of your own",
                    "own-logo": "A logo of your own",
                    "trust-cog": "The trust's cog",
                    "none": "No logo",
                },
            ),
            "settings_agreed": yes_no("Are its settings agreed?"),
            "profile_agreed": yes_no("Is the wording of its profile agreed?"),
            "address_notified": yes_no("Has a leader been given its address?"),
            "acceptable_use_linked": yes_no("Does it link to the acceptable use policy?"),
        },
    ),
    "posting-right": Asked(
        "May I post on an account today?",
        "post on an account today",
        "What has to be in order before you post for a school or the trust.",
        {
            "account": account("Which account?"),
            "role": Asking("What is your role?", ROLES),
            "training_current": yes_no("Is your training passed and still valid?"),
            "approvals": Asking("Who has agreed that you post?", APPROVERS, "Leave it empty if nobody has."),
            "named_holders": Asking("How many people are named as holders of the account?"),
            "hold_active": yes_no("Is posting paused at the moment?"),
            "has_left": yes_no("Have you left the school or the trust?"),
            "policy_read": yes_no("Have you read the policy?"),
        },
    ),
    "answer-comment": Asked(
        "What do I do about a comment or message?",
        "deal with a comment or message",
        "Somebody commented on an official account, or wrote to it.",
        {
            "kind": Asking(
                "What is it?",
                {"query": "A question", "complaint": "A complaint", "abuse": "Abuse", "praise": "Praise"},
            ),
            "via": Asking("How did it come in?", {"comment": "As a comment", "direct-message": "As a direct message"}),
            "day": Asking(
                "On which day did it come in?",
                {
                    "monday": "Monday",
                    "tuesday": "Tuesday",
                    "wednesday": "Wednesday",
                    "thursday": "Thursday",
                    "friday": "Friday",
                    "saturday": "Saturday",
                    "sunday": "Sunday",
                },
            ),
            "hours_since": Asking("How many hours has it been waiting?"),
        },
    ),
    "keep-account": Asked(
        "Do I look after my account well enough?",
        "look after an account well enough",
        "Posts, checks and holders of an account you run.",
        {
            "account": account("What kind of account is it?"),
            "platform": platform("On which platform?"),
            "posts_last_week": Asking("How many posts went out last week?"),
            "days_unmonitored": Asking("How many days ago did somebody last check it?"),
            "holders": Asking("How many people hold the account?"),
        },
    ),
    "leave-account": Asked(
        "What do I do with an account when I leave?",
        "hand an account over when I leave",
        "You run an account and are going to another job.",
        {
            "days_to_leaving": Asking(
                "How many days until your last day?", hint="0 on the day itself. A minus number after it."
            ),
            "login_handed_over": yes_no("Have you handed the login over?"),
            "successor_named": yes_no("Is somebody named to run it after you?"),
            "account_stays": yes_no("Is the account to stay live?"),
        },
    ),
    "contact-family": Asked(
        "May I write to or call a family this way?",
        "write to or call a family",
        "School business with a family, by e-mail or phone.",
        {
            "direction": Asking(
                "Who begins?",
                {"to-family": "You write or call first", "from-family": "The family wrote or called first"},
            ),
            "means": Asking(
                "What would you use?",
                {
                    "organisation-email": "A school or trust e-mail address",
                    "organisation-phone": "A school or trust phone",
                    "personal-email": "Your private e-mail address",
                    "personal-phone": "Your private phone",
                },
            ),
            "approved": yes_no("Has it been approved beforehand?", "By somebody who may, for cases like this."),
        },
    ),
    "old-account": Asked(
        "What do I do about an account from earlier?",
        "deal with an account from earlier",
        "An account with a link to the school that was there before the policy.",
        {
            "account": account("What kind of account is it?"),
            "it_lead_told": yes_no("Does whoever leads IT for the trust know of it?"),
            "closure_asked": yes_no("Does the Headteacher want it closed?", "Because of what its platform stands for."),
        },
    ),
    "when-unsure": Asked(
        "I am not sure what is right: what do I do?",
        "know what to do when I am not sure",
        "Whom to ask before you go on.",
        {
            "doubt": Asking(
                "What are you unsure of?",
                {
                    "post": "A post",
                    "reply": "A reply",
                    "person": "Whether to mention a person",
                    "platform": "How to use a platform",
                    "meaning": "What the policy means",
                    "open-case": "Something the policy leaves open",
                },
            ),
            "asked": yes_no("Have you asked, and had an answer?"),
        },
    ),
    "suspected-breach": Asked(
        "Somebody thinks I broke the policy: what do I do?",
        "answer somebody who thinks I broke the policy",
        "What you owe an investigation.",
        {
            "request": Asking(
                "What are you asked for?",
                {
                    "answers": "Answers to questions",
                    "login": "The login of an account",
                    "take-down": "To take down a post that was judged to break the policy",
                },
            ),
            "done": yes_no("Have you done so?"),
        },
    ),
    "report-concern": Asked(
        "Something is wrong: whom do I tell?",
        "report something that is wrong",
        "Whom to tell, and how soon.",
        {
            "concern": Asking(
                "What is wrong?",
                {
                    "pupil-contacted-me": "A pupil contacted you",
                    "unwanted-pupil-messages": "A pupil keeps sending you messages you do not want",
                    "inappropriate-contact-with-child": "Somebody is in contact with a child in a wrong way",
                    "abuse-by-colleague": "A colleague abuses somebody online",
                    "abusive-post": "There is an abusive post or comment",
                    "fake-account": "There is a fake account",
                    "breach-by-colleague": "A colleague breaks the policy",
                    "own-mistake": "You made a mistake yourself",
                    "compromising-photo": "There is a picture that should not be there",
                },
            ),
        },
    ),
}

GROUPS: dict[str, tuple[str, ...]] = {
    "Posts and pictures": ("use-photo", "publish-post", "reuse-material", "use-equipment", "post-on-hold"),
    "Other people": (
        "connect-with",
        "message-pupil",
        "group-chat",
        "contact-family",
        "speak-to-press",
        "screen-applicant",
    ),
    "Your own account": ("personal-account",),
    "Accounts you run": (
        "open-account",
        "posting-right",
        "answer-comment",
        "keep-account",
        "leave-account",
        "old-account",
    ),
    "When something is wrong": ("report-concern", "when-unsure", "suspected-breach"),
}
