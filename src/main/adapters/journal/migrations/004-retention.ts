/** Matches that are archived, and what of personal data has been erased. */
export const retention = `
-- Matches that were played long ago: no longer current, still to be read.
CREATE TABLE archive (id TEXT PRIMARY KEY, played_at TEXT NOT NULL, record TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX archive_by_time ON archive (played_at);

-- 0: its payload says no more how to reach somebody.
ALTER TABLE messages ADD COLUMN personal INTEGER NOT NULL DEFAULT 1;

-- What is kept of a match is found by the match, whatever the calendar.
CREATE INDEX outbox_by_match ON outbox (match_id);
CREATE INDEX known_events_by_match ON known_events (match_id);
CREATE INDEX runs_by_match ON runs (coalesce(json_extract(record, '$.id'), json_extract(record, '$.matchId')));
`;
