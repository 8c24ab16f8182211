-- Keeps other intakes of a project out until the transaction ends; rows that only refer to the project aren't kept out.
-- $1 project. By: store/sources. Index: primary key.
select key from projects where key = $1 for no key update
