"""Children's stories: a planner decides the facts, a realiser per language tells them."""
