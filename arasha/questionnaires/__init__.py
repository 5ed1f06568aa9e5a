"""Everything that people fill in and that a ministry may change: XLSForms, their versions, their answers."""
