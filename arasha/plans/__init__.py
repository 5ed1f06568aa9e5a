"""What a child needs and what is agreed to meet it: assessments made together, safety plans, eligibility."""
