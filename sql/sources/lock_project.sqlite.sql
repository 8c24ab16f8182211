-- Keeps other intakes of a project out until the transaction ends; a SQLite write transaction does so already.
-- $1 project. By: store/sources. Index: primary key.
select key from projects where key = $1
