"""The doors through which anybody tells without an account: children, neighbours, friends. See decision 26."""
