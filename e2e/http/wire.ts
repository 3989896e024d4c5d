import { randomUUID } from "node:crypto";

/** Messages as the match processor sends them, about invented matches. */

export const updates = "fogis:matches:updates";

export const guideMatch = (id: number, rest: object = {}): object => ({
  matchid: id,
  hemmalag: `Hemma ${id}`,
  bortalag: `Borta ${id}`,
  ...rest,
});

/** FOGIS's own words; the kick-off is `id` minutes after a spring noon. */
export const fogisMatch = (id: number, rest: object = {}): object => ({
  matchid: id,
  matchnr: String(id).padStart(9, "0"),
  lag1namn: `Hemma ${id} IF`,
  lag2namn: `Borta ${id} BK`,
  anlaggningnamn: "Provvallen 1",
  tavlingnamn: id % 2 === 0 ? "Provserien" : "Provcupen",
  tid: `/Date(${Date.UTC(2027, 4, 6, 12) + id * 60_000})/`,
  arslutresultat: false,
  uppskjuten: false,
  avbruten: false,
  installd: false,
  domaruppdraglista: [
    {
      personnamn: "Prov Domare",
      domarrollnamn: "Huvuddomare",
      mobiltelefon: "0700000001",
      epostadress: "domare@example.com",
    },
  ],
  ...rest,
});

export const updateOf = (matches: readonly object[]): string => envelope("match_updates", { matches, metadata: {} });

export const statusOf = (cycle: number): string =>
  envelope("processing_status", { status: "completed", cycle_number: cycle, matches_processed: 10 });

export const alertOf = (message: string): string =>
  envelope("system_alert", { alert_type: "error", severity: "high", message });

const envelope = (type: string, payload: object): string =>
  JSON.stringify({
    message_id: randomUUID(),
    timestamp: new Date().toISOString(),
    source: "match-list-processor",
    version: "1.0",
    type,
    payload,
  });
