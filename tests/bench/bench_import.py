"""How long `sample`, `import` and `ask growth` take, and how much
memory, for KUB many KUB (10,000 unless said).
"""

import tempfile
from pathlib import Path

from tests.bench import KUB, kub


def peak_megabytes() -> float:
    """The most memory any command has used so far."""
    import resource  # not on Windows

    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        records = folder / "records"
        steps: list[tuple[str, list[str | Path]]] = [
            ("sample", ["sample", "--kub", str(KUB), "--out", records]),
            ("import", ["import"]),
            ("ask growth", ["ask", "growth", "--format", "json"]),
        ]
        for title, arguments in steps:
            files = sorted(records.iterdir()) if title == "import" else []
            seconds = kub(*arguments, *files, data_folder=folder)
            print(
                f"{title:12} {KUB:>9,} KUB  {seconds:7.1f} s  peak so far {peak_megabytes():6.0f} MB",
                flush=True,
            )


if __name__ == "__main__":
    main()
