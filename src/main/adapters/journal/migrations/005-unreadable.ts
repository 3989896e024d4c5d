/** Records that could not be read are kept as long as personal data is, since nobody can tell what is in them. */
export const unreadable = `
ALTER TABLE unreadable ADD COLUMN kept_at TEXT NOT NULL DEFAULT '';
`;
