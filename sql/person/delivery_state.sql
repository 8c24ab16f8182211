-- Where a delivery stands. $1 its number. By: store/person. Index: primary key.
select state from deliveries where id = $1
