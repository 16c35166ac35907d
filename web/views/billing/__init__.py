"""The plan, its payments and its invoices: owners change them, admins read them."""
