export type Publication = {
  readonly channel: string;
  readonly count: number;
  /** Size of each message on the wire. */
  readonly bytes: number;
  /** null: as fast as Redis takes them. */
  readonly perSecond: number | null;
  /** Messages speak of so many matches in turn. */
  readonly matches: number;
  /** So many of them in each message. */
  readonly together: number;
  /** Whether each message has something new to say of its match, or repeats what was said of it before. */
  readonly news: boolean;
};

const start = Date.UTC(2027, 4, 1);
const hour = 3_600_000;

const matchOf = (match: number, round: number): object => {
  const kickoff = new Date(start + match * hour + round * 60_000).toISOString();
  return {
    match_id: 6_000_000 + match,
    match_number: `00040${match}`,
    teams: {
      home: { name: `Hemma ${match} IF`, id: match },
      away: { name: `Borta ${match} BK`, id: match + 1 },
    },
    date: kickoff.slice(0, 10),
    time: kickoff.slice(11, 16),
    venue: { name: `Idrottsplats ${match}`, address: "", coordinates: { latitude: 58.4, longitude: 15.6 } },
    competition: { name: "Division 4 Östergötland" },
    referees: ["Huvuddomare", "Assisterande 1", "Assisterande 2"].map((role, place) => ({
      name: `Domare ${(match + place) % 500}`,
      role,
      contact: { mobile: "0700000000", email: "domare@example.com" },
    })),
    team_contacts: [],
    status: { suspended: false, cancelled: false, postponed: false, final_result: false },
  };
};

/** Messages as a publisher of schema 2.0 sends them, filled up to their size as its own extras would. */
export const createMessages = function* ({ count, bytes, matches, together, news }: Publication): Generator<string> {
  const published = new Date().toISOString();
  for (let index = 0; index < count; index += 1) {
    const told = Array.from({ length: together }, (_, place) => index * together + place);
    const message = {
      message_id: `bench-${index}`,
      timestamp: published,
      source: "match-list-processor",
      version: "2.0",
      type: "match_updates",
      payload: {
        matches: told.map((number) => matchOf(number % matches, news ? Math.floor(number / matches) : 0)),
        metadata: { total_matches: together, has_changes: news, filler: "" },
      },
    };
    const missing = bytes - Buffer.byteLength(JSON.stringify(message));
    message.payload.metadata.filler = "x".repeat(Math.max(0, missing));
    yield JSON.stringify(message);
  }
};
