-- What of a project is in somebody's hands just now. $1 project. By: store/belongs. States are said as the indexes say them.
-- Index: deliveries_in_flight, runs_open, imports_running.
select (select count(*) from deliveries d where d.state in ('claimed', 'handed', 'refused', 'uncertain', 'held')
        and d.state not in ('uncertain', 'held') and d.project = $1)
    + (select count(*) from runs r where r.state in ('due', 'waiting_for_data', 'building') and r.state = 'building' and r.project = $1)
    + (select count(*) from imports i where i.state = 'running' and i.project = $1) as n
