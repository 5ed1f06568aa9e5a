"""What crosses every folder: who may know what, asked of the whole house through its doors and below them."""
