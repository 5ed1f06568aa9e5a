"""One sweeper of several: `python -m benches.sweeper MOMENT` begins when a line comes and prints its steps."""

import sys
from datetime import datetime

import django

if __name__ == "__main__":
    django.setup()
    from django.db import connection

    from arasha.obligations.tasks import sweep

    connection.ensure_connection()
    print("ready", flush=True)
    sys.stdin.readline()
    print(sweep(datetime.fromisoformat(sys.argv[1])), flush=True)
