"""An organisation from its founding to its end."""
