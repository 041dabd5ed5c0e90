"""The home page for a tired teacher: one choice, and every common question is two clicks or one search away."""

import pytest
from playwright.sync_api import Browser, Page, TimeoutError, expect

from tests.browser.conftest import Register, Trainee

TRUST = "creating-tomorrow"
# What is asked, what is pressed on the home page and after, and the provision that answers.
QUESTIONS = [
    ("Who has to agree to a picture of a Year 5 pupil?", ["Photos and consent"], "6.2/1"),
    ("Does a pupil in Year 9 have to agree too?", ["Get consent for a photo"], "6.2/2"),
    ("May I take the picture with my own phone?", ["Photos and consent"], "6.4"),
    ("May I let a pupil follow me?", ["Contact with pupils"], "5.1/5"),
    ("What about a former pupil of sixteen?", ["Contact with pupils"], "5.1/9"),
    ("A pupil has written to me. May I answer?", ["Contact with pupils"], "5.1/3"),
    ("May I start a WhatsApp group for school?", ["Group chats and messaging"], "5.4.1a"),
    ("How do I get an account for my department?", ["Open an account"], "4.4.1a"),
    ("How many of us have to hold the login?", ["Logins and devices"], "4.4.2/3b"),
    ("A journalist has rung. May I answer?", ["Press and enquiries"], "4.5.1b"),
    ("A parent complains under our post. What do I do?", ["Parents and community"], "5.2/7a"),
    ("Somebody threatens us in a post. Whom do I tell?", ["Abuse and incidents"], "5.1/13"),
    ("May I say on my own account where I work?", ["Your own accounts"], "5.2/3"),
    ("May I use the trust's logo?", ["The law"], "5.3/4a"),
    ("May I post figures from a meeting?", ["Confidential information"], "5.3/4b"),
    ("What happens if I break the rules?", ["Breaking the rules"], "4.1.4a"),
    ("Does the trust see what I do online?", ["Being monitored"], "4.3.1/1"),
    ("May posting be stopped for a while?", ["Urgent news and pauses"], "4.6.1"),
    ("May I look a candidate up?", ["Recruitment and references"], "4.7.1"),
    ("Do I have to be trained first?", ["Training"], "7.1.1b"),
    ("I am not sure about a post. What now?", ["The whole policy", "If in doubt"], "in-doubt/1"),
]
SEARCHES = [
    ("whatsapp group with parents", "5.4.1a"),
    ("can i friend a pupil", "5.1/5"),
    ("reporter on the phone", "4.5.1"),
]


@pytest.fixture
def home(page: Page, register: Register) -> Page:
    """Return the home page of a phone on which the trust has been chosen."""
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(register.url)
    page.get_by_label("You work for").select_option(TRUST)
    return page


def test_the_trust_is_chosen_once_and_remembered(home: Page, register: Register) -> None:
    expect(home.get_by_role("status").first).to_have_text("Creating Tomorrow Academies Trust comes first now.")
    home.goto(register.url)
    expect(home.get_by_label("You work for")).to_have_value(TRUST)
    for name, address in (
        ("The whole policy", f"/handbook/{TRUST}/"),
        ("My trust", f"/handbook/{TRUST}/"),
        ("Whom to ask", f"/handbook/{TRUST}/ask/"),
        ("What you do, by role", f"/handbook/{TRUST}/roles/"),
        ("A serious incident", f"/handbook/{TRUST}/guides/#serious-incident"),
        ("Take the training", f"/handbook/{TRUST}/training/#questions"),
        ("Photos and consent", f"/handbook/topics/images-consent/#{TRUST}"),
    ):
        expect(home.get_by_role("link", name=name, exact=True).first).to_have_attribute("href", address)


def test_a_choice_can_be_taken_back(home: Page) -> None:
    home.get_by_label("You work for").select_option("")
    expect(home.get_by_role("link", name="The whole policy")).to_have_attribute("href", "/handbook/trusts/")
    assert home.evaluate("localStorage.getItem('clearpost.trust')") is None


def test_every_common_question_is_answered_in_two_clicks(home: Page, register: Register) -> None:
    unanswered = []
    for question, clicks, ref in QUESTIONS:
        home.goto(register.url)
        expect(home.get_by_role("link", name="Take the training")).to_have_attribute(
            "href", f"/handbook/{TRUST}/training/#questions"
        )
        expect(home.locator("[data-step=train] span")).to_contain_text("minutes")
        assert len(clicks) <= 2
        for name in clicks:
            home.locator("main").get_by_role("link", name=name, exact=True).first.click()
        own = home.locator(f"[href='#{ref}'], [href='/handbook/{TRUST}/#{ref}']").locator("visible=true")
        try:
            own.first.wait_for()
        except TimeoutError:
            unanswered.append(question)
    assert unanswered == []


def test_the_answer_on_a_topic_is_in_sight_at_once(home: Page) -> None:
    home.get_by_role("link", name="Group chats and messaging").click()
    expect(home.locator(f".column[data-trust={TRUST}] .rule").first).to_be_in_viewport()


@pytest.mark.parametrize(("words", "ref"), SEARCHES)
def test_or_in_one_search(home: Page, words: str, ref: str) -> None:
    home.get_by_label("What do you want to know?").fill(words)
    home.keyboard.press("Enter")
    first = home.locator("#search-results > li").nth(0)
    expect(first).to_contain_text("your trust")
    shown = home.locator("#search-results > li:nth-child(-n + 3)")
    expect(shown.filter(has_text=ref).first).to_be_visible()


def test_the_steps_say_how_far_one_has_come(page: Page, register: Register) -> None:
    trainee = Trainee(page, register.training(TRUST), register.course(TRUST))
    page.goto(register.url)
    page.get_by_label("You work for").select_option(TRUST)
    steps = page.locator("#steps li")
    expect(steps.nth(0)).to_contain_text("0 of 6 read")
    expect(steps.nth(1)).to_contain_text("not started")
    trainee.arrive()
    trainee.boxes.first.check()
    trainee.answer()
    page.goto(register.url)
    expect(steps.nth(0)).to_contain_text("1 of 6 read")
    expect(steps.nth(1)).to_contain_text("begun, 1 answered")


def test_who_is_signed_in_need_not_choose(page: Page, register: Register, signed_in: None) -> None:
    page.goto(register.url)
    expect(page.get_by_label("You work for")).to_have_value("cockburn")


def test_on_another_trusts_page_one_is_told_so(home: Page, register: Register) -> None:
    home.goto(f"{register.url}/handbook/lydiate/roles/")
    home.get_by_role("link", name="Go to your own").click()
    expect(home).to_have_url(f"{register.url}/handbook/{TRUST}/roles/")
    expect(home.get_by_role("link", name="Go to your own")).to_have_count(0)


def test_without_scripts_the_choice_leads_to_the_list_of_trusts(browser: Browser, register: Register) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(register.url)
        page.get_by_role("button", name="Show").click()
        page.get_by_role("link", name="Lydiate Learning Trust").click()
        expect(page).to_have_url(f"{register.url}/handbook/lydiate/")
