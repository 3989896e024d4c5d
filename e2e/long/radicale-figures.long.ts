import { expect, test } from "vitest";
import { aRecord } from "../../src/core/calendar/testing/records.ts";
import { openEngine } from "../calendar/engine.ts";
import { comingMatches } from "../calendar/matches.ts";
import { aloneWithRadicale, expectRight, type Place, temporaryFolder } from "../calendar/setup.ts";
import { createTarget } from "../calendar/targets.ts";

/** How long a season's calendar takes on Radicale, and how many calls. */

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const later = (n: number) => (n % 10 === 0 ? { venue: "Ny plan" } : {});

/** `cpu`: of this process, the engine's and the test's own. */
type Times = { readonly wall: number; readonly cpu: number };

const runOn = async (place: Place, url: string, onPhase: (phase: string, ms: Times) => void): Promise<void> => {
  const { radicale, files } = place;
  const { username, password } = radicale;
  const target = createTarget({ kind: "caldav", url, username, password });
  const { engine, close } = await openEngine({ folder: await temporaryFolder(), targets: [target] });
  const matches = comingMatches(200);
  const timed = async (phase: string, work: () => void): Promise<void> => {
    const begun = performance.now();
    const before = process.cpuUsage();
    work();
    await engine.sync();
    const { user, system } = process.cpuUsage(before);
    onPhase(phase, { wall: performance.now() - begun, cpu: (user + system) / 1000 });
  };
  await timed("first sync of 200", () => engine.start(matches.map((match) => aRecord(match))));
  await timed("again unchanged", () => undefined);
  const changed = matches.map((match, n) => ({ ...match, ...later(n) }));
  await timed("20 of them changed", () => engine.changed(changed.map((match) => aRecord(match))));
  expectRight(await files(), changed);
  await close();
};

test("200 matches on Radicale", async () => {
  const counted = await aloneWithRadicale();
  await runOn(counted, counted.address, (phase) => {
    say(`${phase}: ${counted.proxy.seen.length} calls`);
    counted.proxy.forget();
  });
  for (let run = 1; run <= 3; run += 1) {
    const place = await aloneWithRadicale();
    const direct = new URL(new URL(place.address).pathname, place.radicale.url).href;
    await runOn(place, direct, (phase, { wall, cpu }) =>
      say(`run ${run}, ${phase}: ${Math.round(wall)} ms, of them ${Math.round(cpu)} ms of CPU here`),
    );
    expect(place.proxy.seen).toEqual([]);
  }
});
