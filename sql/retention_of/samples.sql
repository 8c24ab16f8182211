-- Samples of a project made before $2 that still name who they went to. $1 project, $3 how many. By: store/retention_of.
-- Index: runs_samples.
select id from runs
where is_sample and project = $1 and created_at < $2 and notes like '%"to:%' and state in ('built', 'skipped', 'failed')
limit $3
