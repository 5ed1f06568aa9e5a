"""Files that tellers send: originals for investigators, clean copies for who helps, and who had them in hand."""
