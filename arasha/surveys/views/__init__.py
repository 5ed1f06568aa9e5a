"""Pages of surveys: the staff's, and the pupils'."""
