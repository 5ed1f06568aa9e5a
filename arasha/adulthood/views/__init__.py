"""Pages of growing up."""
