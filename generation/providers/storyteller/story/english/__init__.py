"""The English storyteller: authored prose, and the grammar that fills it in."""
