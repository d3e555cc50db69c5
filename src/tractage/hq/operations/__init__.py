"""Operations: a goal, a lawful window, who takes part, what is to be done, and what came of it."""
