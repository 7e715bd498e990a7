"""Tables as files hold them, CSV and XLSX: rows of plain cells, and where their headings stand. No tasks here."""
