export const calendar = `
-- The calendars: what is to be done, what is known to be there, and what the last runs did.

CREATE TABLE outbox (
  target TEXT NOT NULL,
  match_id TEXT NOT NULL,
  record TEXT NOT NULL,
  PRIMARY KEY (target, match_id)
) STRICT;

CREATE TABLE known_events (
  target TEXT NOT NULL,
  match_id TEXT NOT NULL,
  record TEXT NOT NULL,
  PRIMARY KEY (target, match_id)
) STRICT;

CREATE TABLE runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  target TEXT NOT NULL,
  run INTEGER NOT NULL,
  record TEXT NOT NULL
) STRICT;
CREATE INDEX runs_by_target ON runs (target, run);
`;
