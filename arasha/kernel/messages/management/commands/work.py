"""`arasha work`: the background worker."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from arasha.kernel.messages import worker


class Command(BaseCommand):
    help = "Run the background worker: timers and mail, each in a process of its own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--queue", choices=sorted(worker.QUEUES), help="run this queue alone, in this process")
        parser.add_argument("--once", action="store_true", help="with --queue: leave when no job is left")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["queue"] is None:
            worker.supervise()
            return
        if not options["once"]:
            worker.leave_with_parent()
        worker.run_queue(options["queue"], wait=not options["once"])
