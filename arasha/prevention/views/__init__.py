"""Pages of certificates: for who issues them, and the one for everybody."""
