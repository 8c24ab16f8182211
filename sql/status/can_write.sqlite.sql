-- Writes a number of the file's head, which is nothing but 0 here: no row changes, and the file is written. Caller: readiness,
-- after a write failed.
pragma user_version = 0
