"""`python -m kub` without a process of its own."""

from typer.testing import CliRunner, Result

from kub.cli.main import app


def run(*arguments: object) -> Result:
    """Whatever a command did not foresee is raised here."""
    return CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)
