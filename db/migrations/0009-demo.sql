-- The demo world: invented people, businesses and goods, made by `ewtp demo seed`. A hub with a row in demo_worlds says on
-- every page that it is a demo. Never both this and real people: seeding refuses a hub that somebody has joined.
create table demo_worlds (
  home_hub uuid not null,
  seed int not null, -- the same seed makes the same data
  begun_at timestamptz not null,
  finished_at timestamptz, -- null after a seeding that was stopped; the next one goes on
  constraint demo_worlds_key primary key (home_hub)
);

-- Whom a visitor may sign in as with one click.
create table demo_people (
  home_hub uuid not null,
  person_id uuid not null,
  part text collate "C" not null,
  position int not null, -- their order on the page
  business_name text, -- what a seller sells as
  constraint demo_people_key primary key (home_hub, person_id),
  constraint demo_people_are_of_a_world foreign key (home_hub) references demo_worlds on delete cascade,
  constraint demo_people_play_a_part check (part in ('seller', 'visitor', 'officer', 'operator'))
);
