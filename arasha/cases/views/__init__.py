"""The doors of a child's file: one page for each subject, with what stands and what may be added."""
