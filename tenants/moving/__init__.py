"""Moving an organisation from one PostgreSQL server to another while its members work.

Who reads in this order understands it: `carrying_out` (the whole), `change_log`, `copying`, `catching_up`,
`switching` (the pause), `whereabouts` (how those who have not heard find it), `old_copies`.
"""
