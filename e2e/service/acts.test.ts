import { describe, expect, it } from "vitest";
import { addToken } from "../../src/main/adapters/tokens.ts";
import { contract } from "../../src/shared/contract.ts";
import type { Role } from "../../src/shared/role.ts";
import { avspark } from "../cli/avspark.ts";
import { folder } from "../fixtures/folder.ts";
import { until } from "../fixtures/until.ts";
import { type Answer, ask, expectFailure, expectSuccess } from "../http/ask.ts";
import { serviceFor } from "../http/service.ts";
import { alertOf, fogisMatch } from "../http/wire.ts";

type Service = Awaited<ReturnType<typeof serviceFor>>;

/** Whoever has a token of this name asks by what is answered. */
const desk = ({ address, folder: data }: Service, name: string, role: Role) => {
  const token = addToken(data, { name, role, now: Date.now() });
  const headers = { authorization: `Bearer ${token}` };
  return {
    token,
    get: (path: string): Promise<Answer> => ask(address + path, { headers }),
    post: (path: string, body: object): Promise<Answer> => ask(address + path, { method: "POST", headers, body }),
  };
};

const office = async () => {
  const service = await serviceFor();
  const [anna, bo, chief] = [
    desk(service, "Anna Prov", "act"),
    desk(service, "Bo Prov", "act"),
    desk(service, "Chefen", "administer"),
  ];
  await until(async () => (await ask(`${service.address}/todo`)).status === 401, { what: () => "a closed door" });
  const acts = async () => expectSuccess(await chief.get("/acts"), contract.acts.output).acts;
  return { service, anna, bo, chief, acts };
};

describe("who did what", () => {
  it("stands with every decision, whatever name is given, and in the log, which administrators read", async () => {
    const { service, anna, bo, chief, acts } = await office();
    await anna.post("/manual-sync", { matches: [fogisMatch(1), fogisMatch(2)] });
    await service.redis.publish("fogis:system:alerts", alertOf("Something is wrong."));
    await until(() => service.service.readings().alerts.length > 0, { what: () => "an alert" });
    const alertId = service.service.readings().alerts[0]?.id ?? 0;

    await bo.post("/tell", { matchId: "1", by: "Somebody else" });
    await anna.post("/note", { matchId: "1", text: "Ringde, inget svar", by: "Somebody else" });
    await anna.post("/decline", { matchId: "2" });
    await bo.post("/acknowledge", { id: alertId });
    expectFailure(await bo.post("/decline", { matchId: "there-is-none" }), "not-found");

    const { match } = expectSuccess(await anna.get("/matches/1"), contract.match.output);
    expect(match.notes.map(({ by }) => by)).toEqual(["Anna Prov"]);
    const { people } = expectSuccess(await anna.get("/people"), contract.people.output);
    const told = people.flatMap(({ matches }) => matches.filter(({ matchId }) => matchId === "1"));
    expect(told.map((one) => one.told?.by)).toEqual(["Bo Prov"]);
    const { changes } = expectSuccess(await anna.get("/matches/2"), contract.match.output);
    expect(changes.find(({ difference }) => difference.field === "declined")?.by).toBe("Anna Prov");
    const { alerts } = expectSuccess(await anna.get("/alerts?all=true"), contract.alerts.output);
    expect(alerts[0]?.state).toMatchObject({ name: "acknowledged", by: "Bo Prov" });

    const noted = await acts();
    expect(noted.map(({ by, command, about, problem }) => [by, command, about, problem])).toEqual([
      ["Bo Prov", "decline", { matchId: "there-is-none", declined: true }, "not-found"],
      ["Bo Prov", "acknowledge", { id: alertId }, null],
      ["Anna Prov", "decline", { matchId: "2", declined: true }, null],
      ["Anna Prov", "note", { matchId: "1" }, null],
      ["Bo Prov", "tell", { matchId: "1", told: true }, null],
      ["Anna Prov", "manualSync", {}, null],
    ]);
    expectFailure(await anna.get("/acts"), "role-too-low");

    const env = { AVSPARK_HTTP_TOKEN: chief.token };
    const cwd = await folder();
    const lesser = { env: { AVSPARK_HTTP_TOKEN: anna.token }, cwd };
    expect(await avspark(["acts", "--url", service.address], lesser)).toMatchObject({ code: 4, stdout: "" });
    const table = await avspark(["acts", "--csv", "--url", service.address], { env, cwd });
    expect(table.stdout.split("\r\n").slice(0, 2)).toEqual([
      "\uFEFFid,at,by,command,about,problem",
      `${noted[0]?.id},${noted[0]?.at},Bo Prov,decline,matchId=there-is-none declined=true,not-found`,
    ]);
    expect(table.stdout.trimEnd().split("\r\n")).toHaveLength(1 + noted.length);
    const some = await avspark(["acts", "--limit", "2", "--json", "--url", service.address], { env, cwd });
    expect(contract.acts.output.pick({ acts: true }).parse(JSON.parse(some.stdout)).acts).toEqual(noted.slice(0, 2));
  });

  it("is read page by page, without loss or repeat", async () => {
    const { anna, chief } = await office();
    await anna.post("/manual-sync", { matches: [fogisMatch(1)] });
    for (let note = 1; note <= 6; note += 1) await anna.post("/note", { matchId: "1", text: String(note) });
    const found: number[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const query: string = cursor === "" ? "" : `&cursor=${cursor}`;
      const page = expectSuccess(await chief.get(`/acts?limit=3${query}`), contract.acts.output);
      found.push(...page.acts.map(({ id }) => id));
      cursor = page.next;
    }
    expect(found).toEqual([7, 6, 5, 4, 3, 2, 1]);
    expectFailure(await chief.get("/acts?cursor=x"), "input-invalid");
  });

  it("is erased with a person's name, and what was done stays", async () => {
    const { service, anna, chief, acts } = await office();
    await anna.post("/manual-sync", { matches: [fogisMatch(1), fogisMatch(2)] });
    await service.redis.publish("fogis:system:alerts", alertOf("Something is wrong."));
    await until(() => service.service.readings().alerts.length > 0, { what: () => "an alert" });
    await anna.post("/decline", { matchId: "1" });
    await anna.post("/acknowledge", {});
    await chief.post("/erase-person", { name: "Anna Prov" });
    const shown = await Promise.all([chief.get("/acts"), chief.get("/matches/1"), chief.get("/alerts?all=true")]);
    for (const answer of shown) expect(answer.text).not.toContain("Anna Prov");
    expect((await acts()).map(({ by, command }) => [by, command])).toEqual([
      ["Chefen", "erasePerson"],
      [null, "acknowledge"],
      [null, "decline"],
      [null, "manualSync"],
    ]);
  });
});
