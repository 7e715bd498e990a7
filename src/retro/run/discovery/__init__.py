"""From boards that were just found to a configuration: what each is for, how it is read, and what nobody can know."""
