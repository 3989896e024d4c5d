import { Temporal } from "temporal-polyfill";

/** A match as the demo's match processor knows it. */
export type DemoMatch = {
  readonly id: number;
  readonly number: string;
  readonly competition: string;
  readonly home: string;
  readonly away: string;
  readonly venue: Venue;
  readonly kickoff: Temporal.ZonedDateTime;
  readonly officials: readonly DemoOfficial[];
  readonly status: "scheduled" | "cancelled" | "postponed";
};
type Venue = { readonly name: string; readonly latitude: number; readonly longitude: number };
export type DemoOfficial = {
  readonly name: string;
  readonly role: string;
  readonly phone: string;
  readonly email: string;
};

/** Clubs with their home grounds; the people are invented. */
const clubs: readonly (readonly [string, Venue])[] = [
  ["IFK Göteborg", { name: "Gamla Ullevi", latitude: 57.7066, longitude: 11.9807 }],
  ["GAIS", { name: "Gamla Ullevi", latitude: 57.7066, longitude: 11.9807 }],
  ["BK Häcken", { name: "Nordic Wellness Arena", latitude: 57.7207, longitude: 11.9355 }],
  ["Örgryte IS", { name: "Valhalla IP", latitude: 57.7022, longitude: 11.9936 }],
  ["Utsiktens BK", { name: "Ruddalens IP", latitude: 57.6581, longitude: 11.9092 }],
  ["Qviding FIF", { name: "Valhalla IP", latitude: 57.7022, longitude: 11.9936 }],
  ["Västra Frölunda IF", { name: "Ruddalens IP", latitude: 57.6581, longitude: 11.9092 }],
  ["Angered MBIK", { name: "Lärjevallen", latitude: 57.7893, longitude: 12.0465 }],
  ["Jonsereds IF", { name: "Bokedalen", latitude: 57.7466, longitude: 12.1693 }],
  ["Lindome GIF", { name: "Lindevi IP", latitude: 57.5745, longitude: 12.0957 }],
  ["IF Elfsborg", { name: "Borås Arena", latitude: 57.7362, longitude: 12.9344 }],
  ["Falkenbergs FF", { name: "Falcon Alkoholfri Arena", latitude: 56.8935, longitude: 12.505 }],
  ["Varbergs BoIS", { name: "Varberg Energi Arena", latitude: 57.1145, longitude: 12.274 }],
  ["Kungsbacka DFF", { name: "Inlags IP", latitude: 57.4883, longitude: 12.0772 }],
  ["Mölnlycke IF", { name: "Råda Portar", latitude: 57.6586, longitude: 12.1029 }],
  ["Ahlafors IF", { name: "Sjövallen", latitude: 57.9322, longitude: 12.0963 }],
];
const competitions = [
  "Ligacupen Elit Västra",
  "Ettan Södra",
  "Division 2 Västra Götaland",
  "Div 1 Dam Södra",
  "P19 Allsvenskan Södra",
];
const times = ["12:00", "13:00", "14:00", "15:00", "16:00", "17:30", "18:30", "19:00"];
const roles = ["Huvuddomare", "Assisterande 1", "Assisterande 2"];
const firstNames = [
  "Anna",
  "Erik",
  "Sara",
  "Johan",
  "Leila",
  "Oskar",
  "Maja",
  "Emil",
  "Fatima",
  "Viktor",
  "Elin",
  "Ali",
  "Klara",
  "Nils",
];
const lastNames = [
  "Provsson",
  "Exempelberg",
  "Testlund",
  "Modellgren",
  "Påhittström",
  "Övningsdal",
  "Demoqvist",
  "Mallsten",
];

export type Random = () => number;
export const pick = <T>(list: readonly T[], random: Random): T => {
  const chosen = list[Math.floor(random() * list.length)];
  if (chosen === undefined) throw new RangeError("nothing to pick from");
  return chosen;
};

export const demoOfficial = (role: string, random: Random): DemoOfficial => {
  const first = pick(firstNames, random);
  const last = pick(lastNames, random);
  const plain = `${first}.${last}`
    .toLowerCase()
    .normalize("NFD")
    .replace(/[^a-z.]/g, "");
  return {
    name: `${first} ${last}`,
    role,
    phone: `070000${String(Math.floor(random() * 10_000)).padStart(4, "0")}`,
    email: `${plain}@example.com`,
  };
};

/** One match `days` after today, on a usual kick-off time. */
export const demoMatch = (id: number, days: number, today: Temporal.ZonedDateTime, random: Random): DemoMatch => {
  const [home, venue] = pick(clubs, random);
  const [away] = pick(
    clubs.filter(([name]) => name !== home),
    random,
  );
  const kickoff = today.add({ days }).withPlainTime(Temporal.PlainTime.from(pick(times, random)));
  return {
    id,
    number: String(id % 1_000_000).padStart(9, "0"),
    competition: pick(competitions, random),
    home,
    away,
    venue,
    kickoff,
    officials: roles.map((role) => demoOfficial(role, random)),
    status: "scheduled",
  };
};

/** The coming weeks from today on. */
export const demoSeason = (now: Temporal.Instant, random: Random): readonly DemoMatch[] => {
  const today = now.toZonedDateTimeISO("Europe/Stockholm");
  return Array.from({ length: 48 }, (_, index) =>
    demoMatch(6_186_200 + index, Math.floor(index / 2) + 1, today, random),
  );
};

/** Something that happens to a match. */
export type DemoEvent = {
  readonly match: DemoMatch;
  readonly field: string;
  readonly category: string;
  readonly description: string;
};

export const demoEvents: readonly ((match: DemoMatch, random: Random) => DemoEvent)[] = [
  (match, random) => ({
    match: { ...match, kickoff: match.kickoff.withPlainTime(Temporal.PlainTime.from(pick(times, random))) },
    field: "avsparkstid",
    category: "time_change",
    description: "Avsparkstid ändrad",
  }),
  (match, random) => ({
    match: { ...match, kickoff: match.kickoff.add({ days: 1 + Math.floor(random() * 3) }) },
    field: "speldatum",
    category: "date_change",
    description: "Speldatum ändrat",
  }),
  (match, random) => ({
    match: { ...match, venue: pick(clubs, random)[1] },
    field: "anlaggningnamn",
    category: "venue_change",
    description: "Anläggning ändrad",
  }),
  (match, random) => ({
    match: {
      ...match,
      officials: match.officials.map((official, index) =>
        index === 0 ? demoOfficial("Huvuddomare", random) : official,
      ),
    },
    field: "domaruppdraglista",
    category: "referee_change",
    description: "Domare ändrad",
  }),
  (match) => ({
    match: { ...match, status: match.status === "cancelled" ? "scheduled" : "cancelled" },
    field: "installd",
    category: "status_change",
    description: match.status === "cancelled" ? "Matchen spelas" : "Matchen inställd",
  }),
];
