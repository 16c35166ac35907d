"""The French storyteller: authored prose, and the grammar that fills it in."""
