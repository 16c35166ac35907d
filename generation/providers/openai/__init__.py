"""OpenAI, and every server that speaks its protocol: text by responses or chat completions, and pictures.

Nothing is imported here: the vendor's package takes most of a second to load, and only workers need it.
"""
