"""Bodies, units, posts and dossiers, and who may see what of which child."""
