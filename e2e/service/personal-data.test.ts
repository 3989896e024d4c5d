import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { blobSchema, openDatabase } from "../../src/main/adapters/journal/database.ts";
import { unpack } from "../../src/main/adapters/journal/pack.ts";
import { instantOf } from "../../src/shared/instant.ts";
import { avspark } from "../cli/avspark.ts";
import { rememberingLog } from "../fixtures/remembering-log.ts";
import { becomes, eventually, worldFor } from "./world.ts";

const updates = "fogis:matches:updates";
const phone = "0701239876";
const email = "ada.persson@example.com";
const ada = { personnamn: "Ada Persson", domarrollnamn: "Huvuddomare", mobiltelefon: phone, epostadress: email };
const bo = { personnamn: "Bo Prov", domarrollnamn: "Assisterande 1", mobiltelefon: "0709998877" };

const update = (people: readonly object[], hour: number): string =>
  JSON.stringify({
    type: "match_updates",
    payload: {
      matches: [
        {
          matchid: 4711,
          lag1namn: "Alfa IF",
          lag2namn: "Beta BK",
          tid: `/Date(${Date.UTC(2027, 4, 8, hour)})/`,
          domaruppdraglista: people,
        },
      ],
    },
  });

/** Which of these texts are anywhere in the folder, packed messages included. */
const foundIn = async (folder: string, texts: readonly string[]): Promise<readonly string[]> => {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const all = await Promise.all(
    files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name))),
  );
  const database = openDatabase({ file: join(folder, "journal.db"), log: rememberingLog([]), mode: "read" });
  const packs = database.rows("SELECT bytes FROM packs", [], z.object({ bytes: blobSchema }));
  database.close();
  const parts = [...all, ...packs.map(({ bytes }) => Buffer.from(unpack(bytes)))];
  return texts.filter((text) => parts.some((part) => part.includes(text)));
};

test("what is kept of a person is handed out and erased on request, and nothing of anybody else", async (context) => {
  const world = await worldFor(context, { settings: { AVSPARK_MATCHES_URL: "" } });
  const { redis, service } = world;
  await becomes(service, "live");
  await redis.publish(updates, update([ada], 13));
  await redis.publish(updates, update([ada, bo], 14));
  await eventually(async () => (await service.stats()).total_messages_received === 2);
  const env = { AVSPARK_HTTP_PORT: new URL(service.address()).port };

  const exported = await avspark(["person", "ada", "persson", "--export"], { env });
  expect(exported.code).toBe(0);
  const kept: unknown = JSON.parse(exported.stdout);
  expect(kept).toMatchObject({
    name: "ada persson",
    matches: [{ matchId: "4711", archived: false, officials: [{ name: "Ada Persson", phone, email }] }],
    timelines: [{ before: [{ name: "Ada Persson" }], after: [{ name: "Ada Persson" }] }],
    messages: [{ said: [ada] }, { said: [ada] }],
  });
  expect(exported.stdout).not.toContain("Bo Prov");

  expect(await avspark(["person", "Ada", "Persson"], { env })).toMatchObject({ code: 2 });
  expect(await avspark(["person", "Ada", "Persson", "--erase"], { env })).toMatchObject({
    code: 0,
    stdout: "Erased: Ada Persson was in 1 match.\n",
  });
  const { match } = await service.call("match", { id: "4711" });
  expect(match.officials.map(({ name }) => name)).toEqual(["Bo Prov"]);
  expect(match.kickoff).toBe(instantOf(Date.UTC(2027, 4, 8, 14)));
  const nothing = JSON.parse((await avspark(["person", "Ada", "Persson", "--export"], { env })).stdout);
  const none = { matches: [], timelines: [], messages: [], notes: [], told: [], calendarFeeds: [] };
  expect(nothing).toEqual({ name: "Ada Persson", ...none });
  const calendar = async () => (await fetch(`${service.address()}/calendar.ics`)).text();
  await eventually(async () => !(await calendar()).includes("Ada Persson"), { what: () => "a calendar without her" });
  expect(await calendar()).toContain("Bo Prov");

  service.kill("SIGTERM");
  await service.ended();
  expect(await foundIn(service.folder, ["Ada Persson", phone, email])).toEqual([]);
  expect(await foundIn(service.folder, ["Bo Prov"])).toEqual(["Bo Prov"]);
});
