import { randomUUID } from "node:crypto";
import { instantOf } from "../../shared/instant.ts";
import type { DemoEvent, DemoMatch } from "./season.ts";

/** The demo's match processor words its messages as the real one does: three dialects, three types. */

const envelope = (type: string, payload: unknown, extra: object = {}): string =>
  JSON.stringify({
    ...extra,
    message_id: randomUUID(),
    timestamp: instantOf(Date.now()),
    source: "match-list-processor",
    version: "1.0",
    type,
    payload,
  });

type Updates = {
  readonly matches: readonly DemoMatch[];
  readonly events: readonly DemoEvent[];
  readonly total: number;
  readonly cycle: number;
};

const metadata = ({ events, total, cycle }: Updates) => ({
  total_matches: total,
  has_changes: events.length > 0,
  change_summary: { updated_matches: events.length },
  processing_timestamp: instantOf(Date.now()),
  processing_cycle: cycle,
});

const detailedChanges = ({ events }: Updates) =>
  events.map(({ match, field, category, description }) => ({
    match_id: String(match.id),
    field,
    category,
    priority: "medium",
    description,
  }));

const date = (match: DemoMatch): string => match.kickoff.toPlainDate().toString();
const time = (match: DemoMatch): string => match.kickoff.toPlainTime().toString({ smallestUnit: "minute" });

const fogisMatch = (match: DemoMatch) => ({
  matchid: match.id,
  matchnr: match.number,
  lag1namn: match.home,
  lag2namn: match.away,
  anlaggningnamn: match.venue.name,
  anlaggningLatitud: match.venue.latitude,
  anlaggningLongitud: match.venue.longitude,
  tid: `/Date(${match.kickoff.epochMilliseconds})/`,
  speldatum: date(match),
  avsparkstid: time(match),
  tavlingnamn: match.competition,
  arslutresultat: false,
  uppskjuten: match.status === "postponed",
  avbruten: false,
  installd: match.status === "cancelled",
  domaruppdraglista: match.officials.map((official) => ({
    personnamn: official.name,
    domarrollnamn: official.role,
    mobiltelefon: official.phone,
    epostadress: official.email,
  })),
});

export const fogisUpdate = (updates: Updates): string =>
  envelope("match_updates", {
    matches: updates.matches.map(fogisMatch),
    schema_version: "2.0",
    detailed_changes: detailedChanges(updates),
    metadata: metadata(updates),
  });

export const enhancedUpdate = (updates: Updates): string =>
  envelope(
    "match_updates",
    {
      matches: updates.matches.map((match) => ({
        match_id: match.id,
        teams: { home: { name: match.home }, away: { name: match.away } },
        date: date(match),
        time: time(match),
        venue: { name: match.venue.name, address: "" },
        referees: match.officials.map((official) => ({ name: official.name, role: "N/A" })),
        team_contacts: [],
        series: { name: "N/A", level: "N/A" },
        status: "scheduled",
      })),
      detailed_changes: detailedChanges(updates),
      metadata: metadata(updates),
    },
    { schema_version: "2.0", schema_type: "enhanced_with_contacts_and_logo_ids" },
  );

export const legacyUpdate = (updates: Updates): string =>
  envelope("match_updates", {
    matches: updates.matches.map((match) => ({
      match_id: match.id,
      teams: `${match.home} vs ${match.away}`,
      date: date(match),
      time: time(match),
      venue: match.venue.name,
      referees: match.officials.map((official) => official.name),
    })),
    metadata: metadata(updates),
  });

export const statusMessage = (
  status: "started" | "completed",
  cycle: number,
  matches: number,
  durationMs: number,
): string =>
  envelope("processing_status", {
    status,
    timestamp: instantOf(Date.now()),
    details: { cycle_number: cycle, matches_processed: matches, processing_duration_ms: durationMs },
  });

export const alertMessage = (severity: string, text: string): string =>
  envelope("system_alert", {
    alert_type: "slow_source",
    severity,
    message: text,
    timestamp: instantOf(Date.now()),
    details: {},
  });

/** As a broken publisher would send it: a match without an id. */
export const invalidMessage = (cycle: number): string =>
  envelope("match_updates", {
    matches: [{ lag1namn: "Okänt lag", lag2namn: "Okänt lag" }],
    metadata: { total_matches: 1, has_changes: true, processing_cycle: cycle },
  });
