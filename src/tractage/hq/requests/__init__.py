"""What campaign teams ask for, and what volunteers hand over."""
