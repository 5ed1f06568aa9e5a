"""Who must do what by when, and who is told when it is not done."""
