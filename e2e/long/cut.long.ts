import { setTimeout as pause } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { ms, redisFor, report } from "../feed/listener.ts";
import { startRelay } from "../fixtures/relay.ts";
import { serve } from "../fixtures/serve.ts";
import { until } from "../fixtures/until.ts";
import { range } from "../http/events.ts";
import { guideMatch, updateOf, updates } from "../http/wire.ts";
import { attach } from "../remote/attached.ts";

const token = "a-token-for-tests-1234";
const minuteMs = 60_000;
const everyMs = 2000;
/** What a window promises; a machine that others use as well takes longer to do anything at all. */
const rightMs = 2000;
const patienceMs = 10_000;

it("a window that is cut off for a minute loses nothing that was written, and is right soon after it is back", async () => {
  const redis = await redisFor();
  // As in an office: others may come, and by names that the service does not know.
  const settings = { AVSPARK_HTTP_HOST: "0.0.0.0", AVSPARK_HTTP_TOKEN: token };
  const served = await serve({ REDIS_URL: redis.url, REDIS_RETRY_DELAY: "0.05", ...settings });
  onTestFinished(async () => void (await served.stop()));
  const here = `http://127.0.0.1:${new URL(served.address).port}`;
  const way = await startRelay(here);
  onTestFinished(way.close);
  const deskAt = (address: string) => attach({ AVSPARK_SERVICE_URL: address, AVSPARK_SERVICE_TOKEN: token });
  const [window, eye] = [await deskAt(way.address), await deskAt(here)];
  for (const desk of [window, eye]) await desk.live();
  let rounds = 0;
  /** Twenty matches, each with the round in its name. */
  const change = async (): Promise<void> => {
    rounds += 1;
    const matches = range(1, 20).map((id) => guideMatch(id, { hemmalag: `Hemma ${id}, ${rounds}` }));
    await until(async () => (await redis.publish(updates, updateOf(matches))) > 0);
  };
  const shows = (desk: typeof window) => () =>
    desk.state()?.matches.filter(({ home }) => home?.endsWith(`, ${rounds}`)).length === 20;
  await change();
  for (const desk of [window, eye]) await until(shows(desk));

  way.cut();
  const begun = performance.now();
  const written: string[] = [];
  while (performance.now() - begun < minuteMs) {
    await change();
    const text = `Written after ${ms(performance.now() - begun)}`;
    const answer = await window.call("note", { matchId: "3", text });
    expect(answer).toMatchObject({ ok: false, problem: { kind: "service-unreachable" } });
    written.push(text);
    await pause(everyMs);
  }
  expect(window.shown().attachment?.line.state).toBe("lost");
  await until(shows(eye));
  way.mend();
  const mended = performance.now();
  await until(shows(window), { withinMs: patienceMs, everyMs: 20 });
  const right = performance.now() - mended;
  report(`cut off for a minute, with ${rounds * 20} changes meanwhile: right again after ${ms(right)}`);
  expect(right).toBeLessThan(rightMs);

  // All that was written is offered again, and is there once.
  expect(window.unsent().map(({ text }) => text)).toEqual(written);
  for (const { id } of window.unsent()) expect(await window.call("sendAgain", { id })).toMatchObject({ ok: true });
  await until(() => window.unsent().length === 0);
  const notes = () =>
    eye
      .shown()
      .matches.find(({ id }) => id === "3")
      ?.notes.map(({ text }) => text)
      .toSorted();
  await until(() => notes()?.length === written.length);
  expect(notes()).toEqual(written.toSorted());
});
