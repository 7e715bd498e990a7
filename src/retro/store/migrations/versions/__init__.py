"""One module a schema, `schema_0001`, `schema_0002`…: never changed once released."""
