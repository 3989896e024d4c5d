import { z } from "zod";
import type { MatchFacts } from "../../facts/facts.ts";
import { type Refusal, refusalOf } from "../decode/rejection.ts";
import type { Kickoff } from "./kickoff.ts";

type Writable<T> = { -readonly [K in keyof T]: T[K] };
/** Facts while they are gathered. */
export type Told = Writable<MatchFacts["told"]>;

type Facts = Pick<MatchFacts, "told" | "wallClock">;
export type Reading = { readonly ok: true; readonly facts: Facts } | { readonly ok: false; readonly refusal: Refusal };

/** Longer than any name there is; what is longer is a mistake. */
const maxText = 1000;
const maxEntries = 500;

/**
 * The pieces of the wire schemas. They name only what is read, so a publisher may add what it likes. zod compiles them:
 * a match of FOGIS is checked in 2 µs, a third of what JSON.parse takes for it and a sixth of decoding its message, so
 * readers written by hand would gain little.
 */
export const wireText = z.string().max(maxText).nullish();
export const wireNumber = z.number().nullish();
export const wireFlag = z.boolean().nullish();
/** Match numbers and telephone numbers: texts of digits that some publishers write as numbers. */
export const wireDigits = z.union([z.string().max(maxText), z.number()]).nullish();
export const wireList = <S extends z.ZodType>(entry: S) => z.array(entry).max(maxEntries).nullish();

export type WireDigits = z.infer<typeof wireDigits>;

/** A reader of one dialect: the shape on the wire, and what it tells. */
export const dialect =
  <S extends z.ZodType>(schema: S, tell: (match: z.infer<S>, told: Told) => Kickoff) =>
  (raw: unknown): Reading => {
    const parsed = schema.safeParse(raw);
    if (!parsed.success) return { ok: false, refusal: refusalOf(parsed.error, raw) };
    const told: Told = {};
    const kickoff = tell(parsed.data, told);
    if (kickoff.kind === "refused") return { ok: false, refusal: { at: [kickoff.key], reason: kickoff.reason } };
    if (kickoff.kind === "not-told") return { ok: true, facts: { told, wallClock: false } };
    told.kickoff = kickoff.at;
    return { ok: true, facts: { told, wallClock: kickoff.wallClock } };
  };
