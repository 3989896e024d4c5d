import { afterAll, beforeAll, expect, it } from "vitest";
import { contract } from "../../src/shared/contract.ts";
import { type Served, serve } from "../fixtures/serve.ts";
import { avspark } from "./avspark.ts";

let served: Served;
beforeAll(async () => {
  served = await serve({ REDIS_PUBSUB_ENABLED: "false" });
  const match = {
    ...{ matchid: 1, lag1namn: "Provby IF", lag2namn: "Åsa BK", speldatum: "2030-06-01", avsparkstid: "15:00" },
    ...{ anlaggningnamn: "Provvallen" },
    domaruppdraglista: [
      { personid: 7, personnamn: "Anna Prov", domarrollnamn: "Huvuddomare" },
      { personid: 8, personnamn: "Bo Prov", domarrollnamn: "AD1" },
    ],
  };
  await fetch(`${served.address}/manual-sync`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ matches: [match] }),
  });
});
afterAll(() => served.stop());

const run = (...args: readonly string[]) => avspark([...args, "--url", served.address]);
const addressIn = (text: string): string => /http:\S+\/calendar\/[\w-]{32}\.ics/.exec(text)?.[0] ?? "";

it("calendars with secret addresses are made, shown, given another address and revoked", async () => {
  expect(await run("feeds")).toMatchObject({ code: 0, stdout: "" });
  const made = await run("feeds", "make", "person", "anna");
  expect(made).toMatchObject({ code: 0 });
  expect(made.stdout).toMatch(/Anna Prov +1 match +Never/);
  const address = addressIn(made.stdout);
  expect((await fetch(address)).status).toBe(200);
  expect(addressIn((await run("feeds", "make", "person", "--id", "fogis-7")).stdout)).toBe(address);
  expect(await run("feeds", "make", "venue", "Provvallen")).toMatchObject({ code: 0 });

  const { feeds } = contract.feeds.output.parse(JSON.parse((await run("feeds", "--json")).stdout));
  expect(feeds.map(({ label }) => label)).toEqual(["Anna Prov", "Provvallen"]);
  const [{ id } = { id: "" }] = feeds;
  const renewed = addressIn((await run("feeds", "renew", id)).stdout);
  expect([(await fetch(address)).status, (await fetch(renewed)).status]).toEqual([404, 200]);
  expect(await run("feeds", "revoke", id)).toMatchObject({ code: 0, stdout: "Revoked.\n" });
  expect((await fetch(renewed)).status).toBe(404);

  const all = await run("feeds", "make", "--everybody", "--json");
  expect(contract.makeFeed.output.parse(JSON.parse(all.stdout)).feeds).toHaveLength(2);
});

it("whoever cannot be told apart, and what is not there, is said", async () => {
  expect(await run("feeds", "make", "person", "prov")).toMatchObject({ code: 2 });
  expect(await run("feeds", "make", "club", "x")).toMatchObject({ code: 2 });
  expect((await run("feeds", "make", "team", "Nobody")).code).not.toBe(0);
  expect((await run("feeds", "revoke", "x")).code).not.toBe(0);
});
