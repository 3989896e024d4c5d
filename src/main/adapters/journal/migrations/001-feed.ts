export const feed = `
-- The feed. Records are JSON as core knows them; beside them stand only the columns that are searched or sorted by.
-- AUTOINCREMENT keeps the highest id ever given, also when its row is gone: streams resume by id.

CREATE TABLE messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  received_at TEXT NOT NULL,
  channel TEXT NOT NULL,
  type TEXT NOT NULL,
  verdict TEXT NOT NULL,
  summary TEXT NOT NULL,
  rejections TEXT,
  -- Where its payload lies; null when it was not kept.
  pack INTEGER,
  pack_offset INTEGER,
  pack_length INTEGER
) STRICT;

-- Payloads of neighbouring messages, end to end and compressed together.
CREATE TABLE packs (
  first_message INTEGER PRIMARY KEY,
  last_message INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT;

CREATE TABLE message_matches (
  message_id INTEGER NOT NULL,
  match_id TEXT NOT NULL,
  PRIMARY KEY (message_id, match_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_matches_by_match ON message_matches (match_id, message_id);

-- Keeps its own copy of the payload: it is bounded by itself and may outlive the message.
CREATE TABLE quarantine (
  id INTEGER PRIMARY KEY,
  received_at TEXT NOT NULL,
  channel TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  kept_bytes INTEGER NOT NULL,
  rejections TEXT NOT NULL,
  payload BLOB
) STRICT;
CREATE INDEX quarantine_size ON quarantine (id, kept_bytes);

CREATE TABLE matches (id TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE changes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  match_id TEXT NOT NULL,
  at TEXT NOT NULL,
  record TEXT NOT NULL
) STRICT;
CREATE INDEX changes_by_match ON changes (match_id, id);

CREATE TABLE cycles (id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, record TEXT NOT NULL) STRICT;
CREATE INDEX cycles_by_time ON cycles (at);

CREATE TABLE alerts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  state TEXT NOT NULL,
  last_at TEXT NOT NULL,
  record TEXT NOT NULL
) STRICT;
CREATE INDEX alerts_by_time ON alerts (last_at);

CREATE TABLE gaps (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  state TEXT NOT NULL,
  from_at TEXT NOT NULL,
  to_at TEXT,
  record TEXT NOT NULL
) STRICT;
CREATE INDEX gaps_by_time ON gaps (from_at);

-- Counts by minute (step 60) and by hour (step 3600); 'at' is the start in seconds since the epoch.
CREATE TABLE stats_channels (
  step INTEGER NOT NULL,
  at INTEGER NOT NULL,
  channel TEXT NOT NULL,
  valid INTEGER NOT NULL,
  invalid INTEGER NOT NULL,
  duplicates INTEGER NOT NULL,
  PRIMARY KEY (step, at, channel)
) STRICT, WITHOUT ROWID;

CREATE TABLE stats_latency (
  step INTEGER NOT NULL,
  at INTEGER NOT NULL,
  bucket INTEGER NOT NULL,
  messages INTEGER NOT NULL,
  PRIMARY KEY (step, at, bucket)
) STRICT, WITHOUT ROWID;

CREATE TABLE stats_work (
  step INTEGER NOT NULL,
  at INTEGER NOT NULL,
  calendar_done INTEGER NOT NULL,
  calendar_failed INTEGER NOT NULL,
  cycles INTEGER NOT NULL,
  cycle_failures INTEGER NOT NULL,
  cycles_timed INTEGER NOT NULL,
  cycle_ms REAL NOT NULL,
  PRIMARY KEY (step, at)
) STRICT, WITHOUT ROWID;

CREATE TABLE spill (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  channel TEXT NOT NULL,
  received_at REAL NOT NULL,
  payload BLOB NOT NULL
) STRICT;

-- Small facts by name: of the feed (scope 'feed') and of each calendar (scope: its name).
CREATE TABLE meta (
  scope TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (scope, name)
) STRICT, WITHOUT ROWID;
`;
