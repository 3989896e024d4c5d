import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { SaidFacts } from "../../../core/facts/facts.ts";
import type { Journal } from "../../../core/journal.ts";
import { journalIn, temporaryFolder } from "./harness.ts";
import { later, matchRecord, noon } from "./samples.ts";

const day = 86_400;
const clean = async (journal: Journal, days: number): Promise<void> => {
  while (await journal.cleanSlice({ now: later(days * day), days: 30, megabytes: 200, personalDays: 90 }));
};

const phoneOf = (match: number): string => `07${String(match).padStart(8, "0")}`;
/** Matches of very different size, so that their rows move about in the file. */
const told = (match: number): SaidFacts => ({
  competition: "Division 3 ".repeat(1 + ((match * 7919) % 97)),
  contacts: [],
  officials: [{ name: "Åsa Öst", phones: { mobile: phoneOf(match) } }],
});

describe("the file", () => {
  it("is written anew every week, and what was erased is nowhere in it", { timeout: 120_000 }, async () => {
    const folder = temporaryFolder();
    const opened = await journalIn(folder);
    const { journal } = opened;
    await clean(journal, 0);
    const matches = 6000;
    for (let first = 1; first <= matches; first += 20) {
      const ids = Array.from({ length: 20 }, (_, index) => first + index);
      await journal.append({ matches: ids.map((id) => matchRecord(String(id), told(id))), more: true });
      const old = ids.map((id) => id - 400).filter((id) => id > 0);
      if (old.length > 0) await journal.append({ erased: { kind: "contacts", matchIds: old.map(String) }, more: true });
    }
    await clean(journal, 6);
    await clean(journal, 7);
    await opened.close();
    const text = readFileSync(join(folder, "journal.sqlite")).toString("latin1");
    const found = new Set([...text.matchAll(/(?<!\d)07\d{8}(?!\d)/g)].map(([phone]) => Number(phone)));
    const erased = [...found].filter((phone) => phone <= Number(phoneOf(matches - 400)));
    expect([found.size, erased]).toEqual([400, []]);
  });

  it("is not written anew when that was done lately, unless a clock was ahead or somebody waits for it", async () => {
    const { journal } = await journalIn();
    const sweptAt = (): string | undefined => journal.load().meta["swept-at"];
    await clean(journal, 0);
    expect(sweptAt()).toBe(noon);
    await clean(journal, 6);
    expect(sweptAt()).toBe(noon);
    await clean(journal, 7);
    expect(sweptAt()).toBe(later(7 * day));
    await clean(journal, 2);
    expect(sweptAt()).toBe(later(2 * day));
    await journal.append({ erased: { kind: "person", name: "Åsa Öst", ways: [] } });
    await clean(journal, 3);
    expect(sweptAt()).toBe(later(3 * day));
  });
});
