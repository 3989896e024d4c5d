export const writing = `
-- Which orders of the running process are written: one that is given to the journal's thread a second time is known again.
CREATE TABLE written (number INTEGER PRIMARY KEY) STRICT;

-- Records that this version could not read, as they were. Their rows may be written anew meanwhile.
CREATE TABLE unreadable (
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  record TEXT NOT NULL,
  PRIMARY KEY (kind, name, record)
) STRICT, WITHOUT ROWID;
`;
