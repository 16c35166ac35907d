"""Keys by which programs act for members of an organisation."""
