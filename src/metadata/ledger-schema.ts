/**
 * Version 2: the campaign ledger. Launches and assignments are only ever added; triggers refuse everything else, and the hashes
 * prove it to whoever does not trust triggers. Dates are YYYY-MM-DD, money text, hashes SHA-256 in hexadecimal digits.
 */
export const CAMPAIGN_LEDGER = `
create table campaign_launches (
  launch_number integer primary key check (launch_number >= 1),
  launch_id text not null unique,
  snapshot_id text not null,
  launched_on text not null,
  launched_at text not null,
  campaign_type text not null,
  window_days integer not null check (window_days >= 1),
  targets integer not null check (targets >= 0),
  controls integer not null check (controls >= 0),
  settings_json text not null,
  assignments_hash text not null,
  previous_hash text not null,
  launch_hash text not null unique
);

create table campaign_assignments (
  launch_number integer not null references campaign_launches (launch_number) deferrable initially deferred,
  customer_id text not null,
  campaign_group text not null check (campaign_group in ('target', 'control')),
  stratum text not null,
  expected_revenue text,
  estimated_value text,
  primary key (launch_number, customer_id)
) without rowid;
create index campaign_assignments_by_customer on campaign_assignments (customer_id);

create table campaign_ledger_head (
  position integer primary key check (position = 1),
  launches integer not null,
  head_hash text not null
);
insert into campaign_ledger_head (position, launches, head_hash) values (1, 0, '');

create trigger campaign_launches_are_not_changed before update on campaign_launches
begin select raise(abort, 'the campaign ledger is append-only: a launch cannot be changed'); end;
create trigger campaign_launches_are_not_removed before delete on campaign_launches
begin select raise(abort, 'the campaign ledger is append-only: a launch cannot be removed'); end;
create trigger campaign_launches_follow_each_other before insert on campaign_launches
when new.launch_number <> (select launches + 1 from campaign_ledger_head)
  or new.previous_hash <> (select head_hash from campaign_ledger_head)
begin select raise(abort, 'the campaign ledger is append-only: a launch must follow the last one'); end;
create trigger campaign_launches_move_the_head after insert on campaign_launches
begin update campaign_ledger_head set launches = new.launch_number, head_hash = new.launch_hash; end;

create trigger campaign_assignments_are_not_changed before update on campaign_assignments
begin select raise(abort, 'the campaign ledger is append-only: an assignment cannot be changed'); end;
create trigger campaign_assignments_are_not_removed before delete on campaign_assignments
begin select raise(abort, 'the campaign ledger is append-only: an assignment cannot be removed'); end;
create trigger campaign_assignments_are_not_added_later before insert on campaign_assignments
when new.launch_number <= (select launches from campaign_ledger_head)
begin select raise(abort, 'the campaign ledger is append-only: a launch takes no more assignments'); end;

create trigger campaign_ledger_head_only_moves_on before update on campaign_ledger_head
when new.launches <> old.launches + 1
begin select raise(abort, 'the campaign ledger is append-only: its head only moves on'); end;
create trigger campaign_ledger_head_is_one before insert on campaign_ledger_head
begin select raise(abort, 'the campaign ledger is append-only: it has one head'); end;
create trigger campaign_ledger_head_is_not_removed before delete on campaign_ledger_head
begin select raise(abort, 'the campaign ledger is append-only: its head cannot be removed'); end;
`;
