-- What carriers, customs and the operator look at: orders on their way, newest first. Few at a time of all that there ever were.
create index orders_on_their_way on orders (home_hub, order_id)
  where state in ('accepted', 'packed', 'handed-over', 'at-border', 'released', 'disputed');
