"""Pages of requests for what files hold."""
