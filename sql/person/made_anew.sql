-- Reports that wait are made anew from the calls as they are now. $1 variant. By: store/person. Index: deliveries_to_send.
update deliveries
set variant = null
where variant = $1 and state = 'queued' and kind = 'report'
