-- What a side shows with its words in a dispute, as long as the order's record is kept. Apart from the pictures of goods: those
-- are everybody's to see, and go when nothing shows them.
create table dispute_pictures (
  home_hub uuid not null,
  order_id uuid not null,
  statement_id uuid not null,
  width integer not null,
  height integer not null,
  bytes bytea not null, -- WebP, made anew from the pixels; longest side 2,000
  constraint dispute_pictures_pkey primary key (home_hub, order_id, statement_id),
  constraint dispute_pictures_are_said foreign key (home_hub, order_id, statement_id) references dispute_statements
);
alter table dispute_statements drop column picture;
