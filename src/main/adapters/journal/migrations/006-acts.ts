/** Who did what, and when. */
export const acts = `
CREATE TABLE acts (id INTEGER PRIMARY KEY, at TEXT NOT NULL, record TEXT NOT NULL) STRICT;
CREATE INDEX acts_by_time ON acts (at);
`;
