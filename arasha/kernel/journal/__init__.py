"""One act for each thing that anybody does, chained, sealed and verifiable."""
