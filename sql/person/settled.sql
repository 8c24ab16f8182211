-- Nobody is told how a delivery ended whose reader was erased. $1 delivery, $2 now. By: store/person. Index: primary key.
update deliveries
set told_at = coalesce(told_at, $2), looked_at = coalesce(looked_at, $2), message_hash = null
where id = $1
