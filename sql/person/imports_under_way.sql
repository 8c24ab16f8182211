-- Imports that are under way. By: store/person. Index: imports_running.
select count(*) as n from imports where state = 'running'
