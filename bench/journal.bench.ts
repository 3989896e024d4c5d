import "../e2e/fixtures/raw-imports.mjs";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  matchRecord,
  noise,
  noon,
  silentLog,
  validMessage,
  venueChange,
} from "../src/main/adapters/journal/samples.ts";
import { type Bench, type Figure, megabytes, milliseconds, perSecond, quantile } from "./bench.ts";

const perBatch = 500;
const limit = 200e6;

const timed = async <T>(work: () => T | Promise<T>): Promise<readonly [result: T, ms: number]> => {
  const begun = performance.now();
  const result = await work();
  return [result, performance.now() - begun];
};

const measure = async (folder: string): Promise<readonly Figure[]> => {
  // After the hook that lets it import SQL.
  const { openJournal } = await import("../src/main/adapters/journal/open.ts");
  const file = join(folder, "journal.db");
  const open = async () => openJournal({ file, log: silentLog });
  const first = await open();
  const { journal } = first;

  const batch = async (from: number) => {
    const ids = Array.from({ length: perBatch }, (_, index) => from + index);
    const matchId = (id: number): string => String(id % 2000);
    await journal.append({
      messages: ids.map((id) => validMessage({ id, matchIds: [matchId(id)], payload: noise(2048, id) })),
      matches: ids.map((id) => matchRecord(matchId(id))),
      changes: ids.map((id) => venueChange(id, matchId(id))),
    });
  };
  let messages = 0;
  const [, filling] = await timed(async () => {
    while (journal.size().bytes < limit * 1.1) {
      await batch(messages + 1);
      messages += perBatch;
    }
  });
  const [, pageMs] = await timed(() => journal.messages({ limit: 200 }));
  const [, rareMs] = await timed(() => journal.messages({ limit: 200, verdict: "invalid" }));
  const [, matchMs] = await timed(() => journal.messages({ limit: 200, matchId: "7" }));
  const [, statsMs] = await timed(() => journal.stats("30d", noon));

  const slices: number[] = [];
  const before = statSync(file).size;
  for (let more = true; more; ) {
    const [left, ms] = await timed(() =>
      journal.cleanSlice({ now: noon, days: 30, megabytes: limit / 4e6, personalDays: 90 }),
    );
    slices.push(ms);
    more = left;
  }
  await first.close();
  const [second, openMs] = await timed(open);
  const [, loadMs] = await timed(() => second.journal.load());
  await second.close();
  return [
    {
      what: `written until it was full: ${messages} incompressible messages, each with a change`,
      value: perSecond((messages / filling) * 1000),
    },
    { what: "the newest 200 messages", value: milliseconds(pageMs) },
    { what: "200 messages of a verdict that none has", value: milliseconds(rareMs) },
    { what: "the messages of one match", value: milliseconds(matchMs) },
    { what: "the chart of 30 days", value: milliseconds(statsMs) },
    {
      what: `cleaned from ${megabytes(before)} to ${megabytes(statSync(file).size)}`,
      value: `${slices.length} slices`,
    },
    {
      what: "  a slice: half of them, 99 of 100, the longest",
      value: [quantile(slices, 0.5), quantile(slices, 0.99), Math.max(...slices)].map(milliseconds).join(", "),
      limit: "half of them under 10 ms",
      held: quantile(slices, 0.5) < 10,
    },
    { what: "opened again, with its check for damage", value: milliseconds(openMs) },
    { what: "read for the start", value: milliseconds(loadMs) },
  ];
};

export const bench: Bench = {
  title: `A journal of ${megabytes(limit)}`,
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), "avspark-bench-"));
    try {
      return await measure(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
