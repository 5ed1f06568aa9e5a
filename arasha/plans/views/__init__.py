"""Pages about a child's risk, safety plan and entitlement, and about assessments made together."""
