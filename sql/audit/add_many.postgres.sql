-- Notes many changes of one kind. $1 at, $2 actor, $3 action, $4 JSON list of [subject, detail]. By: funds/source.
insert into audit (at, actor, action, subject, detail)
select $1, $2, $3, l ->> 0, l ->> 1 from jsonb_array_elements($4::jsonb) l
