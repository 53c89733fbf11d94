"""Say who we are, in every request and to every robots.txt."""

from config.settings import FetchSettings


def user_agent(settings: FetchSettings) -> str:
    """Return the User-Agent, with the contact in it, fit for a header whatever was written."""
    text = settings.user_agent.replace("{contact}", settings.contact)
    return "".join(char if char.isascii() and char.isprintable() else "?" for char in text)


def product_token(name: str) -> str:
    """Return the name by which robots.txt speaks to us: "presswatch" of "presswatch/1 (…)"."""
    return name.partition("/")[0].strip().lower()
