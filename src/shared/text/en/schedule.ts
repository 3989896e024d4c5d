/** The schedule of days, by venue or by referee. */
export const schedule = {
  by: "Rows",
  side: { venue: "By venue", referee: "By referee" },
  row: { venue: "Venue", referee: "Referee", nobody: "Not filled", nowhere: "No venue told" },
  end: "End",
  note: "Note",
  noMatches: "No matches on these days",
  noMatchesAbout: "Choose other days above.",
  open: (roles: string) => `Open: ${roles}`,
};
