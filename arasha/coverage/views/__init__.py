"""The pages of infrastructure."""
