"""Which browser is this, in the words people use for it?"""

UNKNOWN = "An unknown browser"
BROWSERS = (
    # Each calls itself the ones below it as well.
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
MACHINES = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("CrOS", "a Chromebook"),
    ("Windows", "Windows"),
    ("Macintosh", "a Mac"),
    ("Linux", "Linux"),
)


def in_words(user_agent: str) -> str:
    """Return what a browser is called and what it runs on; of what it says of itself, nothing else is kept."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), UNKNOWN)
    machine = next((name for sign, name in MACHINES if sign in user_agent), None)
    return f"{browser} on {machine}" if machine else browser
