-- Notes that somebody said when a payment arrives. $1 project, $2 balance ('': the project itself), $3 day, $4 contact,
-- $5 delivery, $6 now. By: store/promises.
insert into promises (project, balance, arrives_on, contact, delivery, told_at) values ($1, $2, $3, $4, $5, $6)
