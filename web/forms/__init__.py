"""What members fill in. Forms check shape; what a book may be is decided by `generation`."""
