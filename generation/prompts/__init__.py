"""What is said to language and picture models: the words by language, the assembly beside them."""
