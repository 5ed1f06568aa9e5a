"""Pages about a child's risk, safety plan and entitlement."""
