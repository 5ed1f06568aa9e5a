"""gunicorn's settings, for `arasha run` and for production (`gunicorn -c python:arasha.config.serving …`)."""

import os

wsgi_app = "arasha.config.wsgi:application"
worker_class = "gthread"
preload_app = True  # one import for all processes; nothing opens a connection before the first request
workers = int(os.environ.get("ARASHA_WEB_PROCESSES") or 2)
threads = int(os.environ.get("ARASHA_WEB_THREADS") or 8)
timeout = 60
graceful_timeout = 10
keepalive = 5
max_requests = 10_000
max_requests_jitter = 1_000
accesslog = None  # paths may carry one-time codes; who looked at whom is in the access log of the database
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108  gunicorn makes it 0600
