"""What must be quick, measured: `make bench`, or one group of figures by `make bench ONLY=ground`."""
