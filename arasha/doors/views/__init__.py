"""The public's pages: telling, the mailbox, and what one may know; and the worker's side of the talk."""
