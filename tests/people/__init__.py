"""People of files, through the whole house: who writes, reads and finds whom."""
