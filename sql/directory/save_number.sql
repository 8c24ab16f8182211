-- Lists a number or changes the entry to this; $1 is the project's id. Caller: apply. Index: primary key.
insert into listed_numbers (
    project, number, label, department, source, medium, campaign, ignored, applied_by, updated_at
)
select p.key, $2, $3, $4, $5, $6, $7, $8, $9, $10 from projects p where p.id = $1
on conflict (project, number) do update set
    label = excluded.label, department = excluded.department, source = excluded.source, medium = excluded.medium,
    campaign = excluded.campaign, ignored = excluded.ignored, applied_by = excluded.applied_by,
    updated_at = excluded.updated_at
