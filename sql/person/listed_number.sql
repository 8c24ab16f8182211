-- Takes a number out of a project's list. $1 project, $2 number. By: store/person. Index: primary key.
delete from listed_numbers where project = $1 and number = $2
