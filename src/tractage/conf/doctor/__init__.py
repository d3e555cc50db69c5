"""What may be wrong with an instance, said in words: one module a subject, one function a question."""
