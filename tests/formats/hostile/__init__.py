"""What people could send to make a book do something, and `inspection`, which reads what came of it."""
