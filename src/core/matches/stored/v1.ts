import { z } from "zod";
import type { SaidContact, SaidOfficial } from "../../facts/facts.ts";
import type { RawRecordV2 } from "./v2.ts";

/**
 * A match as 0.1 stored it: what is known of it, and for each field where that came from. This describes rows that are on
 * disks already, so it changes no more, whatever becomes of the types that look like it.
 */

const text = z.string().nullable();
const reach = { phone: text, email: text };
const official = z.object({ role: text, name: z.string(), ...reach });
const contact = z.object({ team: text, name: z.string(), ...reach });
const dialect = z.enum(["fogis", "enhanced", "legacy", "guide"]);
const fields = [
  "kickoff",
  "status",
  "venue",
  "officials",
  "home",
  "away",
  "competition",
  "number",
  "position",
  "contacts",
] as const;

export const recordV1Schema = z.object({
  match: z.object({
    id: z.string(),
    number: text,
    competition: text,
    home: text,
    away: text,
    kickoff: text,
    venue: text,
    position: z.object({ latitude: z.number(), longitude: z.number() }).nullable(),
    officials: z.array(official),
    contacts: z.array(contact),
    status: z.enum(["scheduled", "postponed", "cancelled", "abandoned", "completed"]),
  }),
  origins: z.array(
    z.object({
      origin: z.object({ at: z.string(), dialect, channel: z.string() }),
      fields: z.array(z.enum(fields)),
    }),
  ),
  wallClock: z.boolean(),
  sources: z.array(z.object({ dialect, channel: z.string() })),
  firstAt: z.string(),
  updatedAt: z.string(),
  changedAt: z.string(),
  goneAt: text,
  urgent: z.boolean(),
});
type RecordV1 = z.infer<typeof recordV1Schema>;

type Person = Pick<RecordV1["match"]["officials"][number], "phone" | "email">;

/** Which number it was, 0.1 did not keep. FOGIS's first choice is the mobile one. */
const reachOf = ({ phone, email }: Person) => ({ phones: { mobile: phone }, email });

const officialsOf = (people: RecordV1["match"]["officials"]): readonly SaidOfficial[] =>
  people.map(({ role, name, ...person }) => ({ role, name, ...reachOf(person) }));

const contactsOf = (people: RecordV1["match"]["contacts"]): readonly SaidContact[] =>
  people.map(({ team, name, ...person }) => ({ team, name, ...reachOf(person) }));

/** What one origin told is a statement. */
export const upgradeV1 = ({ match, origins, wallClock, ...times }: RecordV1): RawRecordV2 => {
  const all = {
    ...match,
    officials: officialsOf(match.officials),
    contacts: contactsOf(match.contacts),
  };
  const { id } = match;
  return {
    id,
    statements: origins.map(({ origin, fields: told }) => ({
      origin,
      wallClock: wallClock && told.includes("kickoff"),
      said: Object.fromEntries(told.map((field) => [field, all[field]])),
    })),
    ...times,
    // Only lists called matches gone.
    goneBy: times.goneAt === null ? null : "list",
  };
};
