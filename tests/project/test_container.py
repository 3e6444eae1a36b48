"""The container holds the program and nothing else, and whoever runs it needs no root."""

import re
import shlex

import pytest

from kub.store.versions import ROOT

TEXT = (ROOT / "Containerfile").read_text("utf-8").replace("\\\n", " ")
STEPS = [
    (step.partition(" ")[0], step.partition(" ")[2].strip())
    for line in TEXT.splitlines()
    if (step := line.strip()) and not step.startswith("#")
]
COMPOSE = (ROOT / "deploy" / "compose.yaml").read_text("utf-8")
ALLOWED = [
    line[1:]
    for line in (ROOT / ".containerignore").read_text("utf-8").splitlines()
    if line.startswith("!")
]


def of(kind: str) -> list[str]:
    return [rest for step, rest in STEPS if step == kind]


def copied() -> list[str]:
    """What is taken from the checkout."""
    sources = [shlex.split(rest)[:-1] for rest in of("COPY") if not rest.startswith("--from")]
    return [source for group in sources for source in group]


def test_everything_that_is_copied_is_there_and_reaches_the_builder() -> None:
    for source in copied():
        assert (ROOT / source).exists(), source
        assert any(
            f"{source}/".startswith(f"{name}/") or name.startswith(f"{source}/") for name in ALLOWED
        )
    for name in ALLOWED:
        assert (ROOT / name).exists() and any(
            f"{name}/".startswith(f"{source}/") for source in copied()
        ), name


def test_no_record_and_no_secret_reaches_the_builder() -> None:
    ignored = (ROOT / ".containerignore").read_text("utf-8").splitlines()
    assert ignored[1] == "*"
    assert not {".streamlit", "data", ".", ".git", "tests"} & set(ALLOWED)


def test_the_program_is_whole() -> None:
    """What dashboard.py imports, and what kub/shipped.py looks for beside the code."""
    assert {"dashboard.py", "pyproject.toml", "kub", "queries", "pages"} <= set(copied())
    assert {"data/reference", "data/sample", ".streamlit/config.toml"} <= set(copied())


def test_packages_are_installed_by_their_hashes_alone() -> None:
    [install] = [rest for rest in of("RUN") if "pip install" in rest]
    assert "--require-hashes -r /tmp/requirements.lock" in install
    assert "||" not in install and "requirements.lock /tmp/requirements.lock" in of("COPY")


def test_the_base_is_an_argument_and_has_a_python_that_is_new_enough() -> None:
    base = of("ARG")[0]
    version = re.fullmatch(r"BASE=docker\.io/library/python:3\.(\d+)-slim-[a-z]+", base)
    assert version and int(version[1]) >= 11
    assert [rest.split()[0] for rest in of("FROM")] == ["${BASE}", "${BASE}"]


def test_it_is_not_root_and_says_where_it_writes_and_listens() -> None:
    last = [step for step, _ in STEPS].index("USER")
    assert of("USER") == ["${KUB_UID}:${KUB_UID}"] and "KUB_UID=10001" in of("ARG")
    assert all(step not in ("RUN", "COPY") for step, _ in STEPS[last:])
    assert of("VOLUME") == ["/data"] and of("EXPOSE") == ["8501"]
    [settings] = of("ENV")
    assert "KUB_DATA=/data" in settings and "STREAMLIT_SERVER_ADDRESS=0.0.0.0" in settings
    # Without it Streamlit, listening on all addresses, would ask another host for its own.
    assert "STREAMLIT_BROWSER_SERVER_ADDRESS=localhost" in settings
    [check] = of("HEALTHCHECK")
    assert "http://127.0.0.1:8501/health" in check and "STREAMLIT_SERVER_PORT=8501" in settings


@pytest.mark.parametrize(
    "line",
    [
        "read_only: true",
        "cap_drop: [ALL]",
        'security_opt: ["no-new-privileges:true"]',
        'volumes: ["kub-data:/data"]',
        'ports: ["127.0.0.1:8501:8501"]',
        "network_mode: none",
        "dockerfile: Containerfile",
    ],
)
def test_the_services_may_write_the_data_and_listen_on_loopback(line: str) -> None:
    assert line in COMPOSE
    assert COMPOSE.count("<<: *small") == COMPOSE.count("  dashboard:") + COMPOSE.count("  inbox:")
