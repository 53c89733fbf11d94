"""Know which presswatch this is."""

from importlib.metadata import PackageNotFoundError, version


def our_version() -> str:
    """Return the installed version; run from a checkout that is not installed, say so."""
    try:
        return version("presswatch")
    except PackageNotFoundError:
        return "not installed"
