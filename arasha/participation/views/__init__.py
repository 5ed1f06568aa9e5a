"""Pages of feedback: of children, of files, of supervisors and providers."""
