"""How a person is found among seven million: the corpus, the index designs compared, and what each of them reaches."""
