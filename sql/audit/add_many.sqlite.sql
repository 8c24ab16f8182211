-- Notes many changes of one kind. $1 at, $2 actor, $3 action, $4 JSON list of [subject, detail]. By: funds/source.
insert into audit (at, actor, action, subject, detail)
select $1, $2, $3, l.value ->> 0, l.value ->> 1 from json_each($4) l
