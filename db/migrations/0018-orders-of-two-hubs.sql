-- An order between two hubs: both keep it, and each says where it stands for itself. `confirming`: this hub has decided to
-- buy and the other has still to say that it knows; `reserved`: goods of this hub are put aside for another.
alter table orders drop constraint orders_have_a_state;
alter table orders add constraint orders_have_a_state check (state in ('requested', 'confirming', 'reserved', 'placed',
  'accepted', 'packed', 'handed-over', 'at-border', 'released', 'delivered', 'closed', 'cancelled', 'refused', 'returned',
  'lost', 'disputed'));
-- Those that wait for another hub, on either side.
create index orders_between_hubs on orders (home_hub, changed_at)
  where (seller_hub <> home_hub and state in ('requested', 'confirming'))
     or (buyer_hub <> home_hub and state not in ('closed', 'cancelled', 'refused', 'returned', 'lost'));

-- A claim against another hub that was silent, and then turned out to owe nothing.
alter table order_claims add column dropped_at timestamptz;
alter table order_claims add constraint order_claims_end_once check (paid_at is null or dropped_at is null);
create index order_claims_against_hubs on order_claims (home_hub, made_at)
  where debtor = 'peer' and paid_at is null and dropped_at is null;
