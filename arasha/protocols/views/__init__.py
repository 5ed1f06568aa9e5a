"""The pages of procedures and of the acts that they rest on."""
