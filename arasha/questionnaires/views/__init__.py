"""The pages of who writes and publishes forms."""
