"""Run `python -m crawler` as `presswatch`."""

from crawler.cli import main

main()
