import { expect, test } from "vitest";
import { createChannels } from "./channels.ts";

const neverAborted = { aborted: false, addEventListener: () => undefined };
const turn = () => new Promise((resolve) => setImmediate(resolve));

const listen = async (channels: ReturnType<typeof createChannels>, names: readonly string[]) => {
  const heard: string[] = [];
  const onMessage = (channel: string, payload: Uint8Array) => heard.push(`${channel} ${Buffer.from(payload)}`);
  const link = await channels.subscription.open({ onMessage, onLost: () => undefined }, neverAborted);
  const confirmed = await link.subscribe({ required: names, extra: ["extra"] });
  return { heard, link, confirmed };
};

test("what is published is heard by each who is subscribed to it, in order, and by nobody else", async () => {
  const channels = createChannels();
  const one = await listen(channels, ["a"]);
  const other = await listen(channels, ["a", "b"]);
  expect(one.confirmed).toEqual(["a", "extra"]);
  for (const [channel, message] of [
    ["a", "1"],
    ["b", "2"],
    ["c", "3"],
    ["extra", "å"],
  ] as const)
    channels.publish(channel, message);
  expect(one.heard).toEqual([]);
  await turn();
  expect(one.heard).toEqual(["a 1", "extra å"]);
  expect(other.heard).toEqual(["a 1", "b 2", "extra å"]);
});

test("a closed link hears nothing more, and the other goes on", async () => {
  const channels = createChannels();
  const one = await listen(channels, ["a"]);
  const other = await listen(channels, ["a"]);
  one.link.close();
  channels.publish("a", "1");
  expect(await other.link.probe()).toEqual({ proof: "publish", trouble: null });
  expect(one.heard).toEqual([]);
  expect(other.heard).toEqual(["a 1"]);
});
