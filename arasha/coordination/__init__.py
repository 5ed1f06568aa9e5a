"""Where the work is seen whole: my work, the board, the file page and its time line."""
