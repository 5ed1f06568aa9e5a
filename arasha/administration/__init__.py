"""Who signs in and how: accounts, second factors, one-time links, posts, sessions."""
