"""Streamlit's own theme in the colours of a copy (kub/brand).

`.streamlit/config.toml` has ours; a file there cannot know a data folder.
"""

from streamlit import config

from kub import look


def wear_brand() -> None:
    """Before the first session: a session gets its theme when it begins."""
    if not look.BRAND.light:
        return
    for mode in ("light", "dark"):
        for part in ("primaryColor", "linkColor"):
            config.set_option(f"theme.{mode}.{part}", look.palette(mode).accent)
