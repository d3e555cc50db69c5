"""Operations on the desk: plan one, take part, follow it live, learn from it; the express plan."""
