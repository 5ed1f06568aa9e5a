"""The administrative territory of Kazakhstan (KATO), from the nation to the village, over time."""
