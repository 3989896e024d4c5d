import { test } from "vitest";
import { createChance } from "../../src/core/calendar/testing/virtual-clock.ts";
import { befallNodes } from "../cluster/nodes.ts";
import { ms, report } from "../feed/listener.ts";

const minutes = Number(process.env.AVSPARK_CHAOS_MINUTES ?? 60);
const seed = Number(process.env.AVSPARK_CHAOS_SEED ?? Math.floor(Math.random() * 2 ** 31));
/** A fault begins this often; what it leaves behind is settled in the meantime. */
const everySeconds = 120;
const minuteMs = 60_000;

test(`for ${minutes} minutes a fault befalls three nodes every two (seed ${seed}): nothing is missing, wrong, twice or older over newer`, {
  timeout: (minutes + 30) * minuteMs,
}, async (context) => {
  const chance = createChance(seed);
  const { faults, befall, judge } = await befallNodes(context);
  const all = Object.values(faults);
  const begun = performance.now();
  for (let n = 0; performance.now() - begun < minutes * minuteMs; n += 1) {
    const fault = all[Math.floor(chance() * all.length)];
    if (fault === undefined) throw new Error("There are no faults.");
    report(`after ${ms(performance.now() - begun)}, fault ${n + 1}: ${fault.name}`);
    await befall(fault, everySeconds);
  }
  await judge();
});
