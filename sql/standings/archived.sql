-- Projects that are archived. By: fire_schedules. Index: standings_archived.
select project from standings where status = 'archived'
