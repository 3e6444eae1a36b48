"""python -m kub: see kub/cli/main.py."""

from kub.cli.main import main

if __name__ == "__main__":
    main()
