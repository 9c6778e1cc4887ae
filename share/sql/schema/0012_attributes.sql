-- about: what is known of customers beside their purchases: attributes, one value a customer; and the feeds that say so
-- An attribute: a column that was kept. Its type holds for all its values.
CREATE TABLE attribute (
  attribute INTEGER PRIMARY KEY,       -- 1, 2, 3 ... in order of appearance
  name      TEXT NOT NULL UNIQUE,
  type      TEXT NOT NULL,             -- text, number, day
  form      TEXT NOT NULL DEFAULT '',  -- how numbers or days are written: 1234.56, DD/MM/YYYY
  personal  INTEGER NOT NULL,          -- 1: names, addresses or phone numbers of people: masked on a screen
  customers INTEGER NOT NULL,          -- who have a value
  different INTEGER NOT NULL           -- values that somebody has
) STRICT;

-- Its distinct values, also those that nobody has any more.
CREATE TABLE attribute_value (
  attribute INTEGER NOT NULL,
  value     INTEGER NOT NULL,          -- 1, 2, 3 ... in order of appearance
  text      TEXT NOT NULL,             -- as delivered
  number    REAL,                      -- of a number; of a day its days since 1970-01-01; NULL: text
  customers INTEGER NOT NULL,          -- who have it
  PRIMARY KEY (attribute, value)
) STRICT, WITHOUT ROWID;

-- The value of each customer that has one: of the latest day, on one day of the row that came last.
CREATE TABLE customer_attribute (
  attribute INTEGER NOT NULL,
  customer  INTEGER NOT NULL,          -- raw_customer.customer
  value     INTEGER NOT NULL,          -- attribute_value.value
  day       INTEGER,                   -- of the row that said so; NULL: a feed without days, newer than any
  PRIMARY KEY (attribute, customer)
) STRICT, WITHOUT ROWID;

-- A feed: a file of a mapping that is no purchases. What is kept of it are attributes; its rows are not.
CREATE TABLE raw_feed (
  feed_id     INTEGER PRIMARY KEY,
  name        TEXT NOT NULL,           -- as given
  bytes       INTEGER NOT NULL,
  digest      TEXT NOT NULL,
  source      TEXT NOT NULL,           -- of the mapping
  entity      TEXT NOT NULL,
  read_rows   INTEGER NOT NULL,
  kept        INTEGER NOT NULL,
  left_out    INTEGER NOT NULL,        -- by rules of the mapping
  no_customer INTEGER NOT NULL,
  bad_day     INTEGER NOT NULL,        -- none that can be read, or one to come
  unsound     INTEGER NOT NULL,        -- fields, quotes, bytes
  blank       INTEGER NOT NULL,
  imported_at TEXT NOT NULL,
  CHECK (read_rows = kept + left_out + no_customer + bad_day + unsound + blank)
) STRICT;

-- What the rows of a feed were held against.
CREATE TABLE raw_feed_check (
  feed_id  INTEGER NOT NULL REFERENCES raw_feed(feed_id),
  gate     TEXT NOT NULL,              -- G8: values there are; G9: order of moments
  what     TEXT NOT NULL,              -- support_tickets.csat
  hits     INTEGER NOT NULL,
  total    INTEGER NOT NULL,           -- rows with a value
  examples TEXT NOT NULL,              -- JSON array of texts
  PRIMARY KEY (feed_id, gate, what)
) STRICT, WITHOUT ROWID;
