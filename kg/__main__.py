"""``python -m kg`` is ``kg``."""

from kg.cli import main

if __name__ == "__main__":  # the processes that share a build's reading import this module too
    main(prog_name="kg")
