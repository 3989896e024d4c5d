import { expect, type TestContext, test } from "vitest";
import { avspark } from "../cli/avspark.ts";
import { fogisMatch } from "../http/wire.ts";
import { listedFor } from "./listed.ts";

/** The coordinator's desk over HTTP and over restarts. */

const hourMs = 3_600_000;
const start = Date.now();
const ahead = (id: number, hours: number, officials: readonly object[], more: object = {}): object =>
  fogisMatch(id, { tid: `/Date(${start + hours * hourMs})/`, domaruppdraglista: officials, ...more });
const anna = { domarrollnamn: "Huvuddomare", personnamn: "Anna Prov", personid: 1, mobiltelefon: "0700000001" };
const bo = { domarrollnamn: "Assisterande 1", personnamn: "Bo Prov", personid: 2 };
const open = { domarrollnamn: "Assisterande 1", personnamn: "", personid: null };

const deskFor = async (context: TestContext, matches: readonly object[]) => {
  const listed = await listedFor(context, matches);
  const todo = async () => (await listed.service.call("todo", {})).items;
  return {
    ...listed,
    todo,
    kinds: async () => (await todo()).map(({ kind, matchId }) => `${kind} ${matchId}`),
  };
};

test.concurrent("what changed waits until all are told, over restarts, and comes back with the next change", async (context) => {
  const { service, todo, kinds, list } = await deskFor(context, [ahead(1, 30, [anna, bo]), ahead(2, 50, [anna, open])]);
  expect(await kinds()).toEqual(["open-place 2"]);
  await list([ahead(1, 32, [anna, bo]), ahead(2, 50, [anna, open], { installd: true })]);
  expect(await todo()).toMatchObject([
    {
      kind: "moved",
      matchId: "1",
      urgency: "hours",
      changes: [{ field: "kickoff" }],
      people: [
        { id: "fogis-1", name: "Anna Prov", phone: "0700000001", told: null },
        { id: "fogis-2", name: "Bo Prov", told: null },
      ],
    },
    { kind: "called-off", matchId: "2", people: [{ id: "fogis-1" }] },
  ]);
  await service.call("tell", { matchId: "1", personId: "fogis-1", by: "Kim" });
  await service.call("tell", { matchId: "2" });
  const { note } = await service.call("note", { matchId: "1", text: "Bo ringer tillbaka", by: "Kim" });
  await service.restart();
  expect(await todo()).toMatchObject([
    {
      kind: "moved",
      matchId: "1",
      people: [
        { id: "fogis-1", told: { by: "Kim" } },
        { id: "fogis-2", told: null },
      ],
    },
  ]);
  expect((await service.call("match", { id: "1" })).match).toMatchObject({
    told: [{ personId: "fogis-1", by: "Kim" }],
    notes: [note],
  });
  await service.call("tell", { matchId: "1", personId: "fogis-2" });
  await service.call("removeNote", { matchId: "1", id: note.id });
  expect(await todo()).toEqual([]);
  await list([ahead(1, 34, [anna, bo]), ahead(2, 50, [anna, open], { installd: true })]);
  expect(await kinds()).toEqual(["moved 1"]);
  expect((await service.call("match", { id: "1" })).match.notes).toEqual([]);
});

test.concurrent("a withdrawal is told, with who is free to take the place", async (context) => {
  const { service, todo, list } = await deskFor(context, [ahead(1, 30, [anna, bo]), ahead(3, 80, [bo])]);
  await list([ahead(1, 30, [{ ...anna, personnamn: "", personid: null }, bo]), ahead(3, 80, [bo])]);
  expect(await todo()).toMatchObject([
    { kind: "no-referee", matchId: "1", places: [{ role: "Huvuddomare", status: null }] },
    { kind: "withdrawn", matchId: "1", people: [{ id: "fogis-1", name: "Anna Prov", role: "Huvuddomare" }] },
    { kind: "no-referee", matchId: "3" },
  ]);
  const free = await service.call("freePeople", { matchId: "3", role: "Huvuddomare" });
  expect(free).toMatchObject({ role: "Huvuddomare", match: { id: "3" }, people: [] });
  await expect(service.call("tell", { matchId: "1", personId: "fogis-77" })).rejects.toMatchObject({
    problem: { kind: "not-found" },
  });
  await expect(service.call("freePeople", { matchId: "77" })).rejects.toMatchObject({ problem: { kind: "not-found" } });
});

test.concurrent("whoever is erased is out of the notes as well", async (context) => {
  const { service } = await deskFor(context, [ahead(1, 30, [anna, bo])]);
  await service.call("note", { matchId: "1", text: "Bo Prov och Anna Prov åker tillsammans", by: "Bo Prov" });
  await service.call("tell", { matchId: "1" });
  const { person } = await service.call("personalData", { name: "Bo Prov" });
  expect(person.notes).toMatchObject([{ matchId: "1", text: "Bo Prov och Anna Prov åker tillsammans", by: "Bo Prov" }]);
  expect(person.told).toMatchObject([{ matchId: "1" }]);
  await service.call("erasePerson", { name: "Bo Prov" });
  await service.restart();
  const { notes, told } = (await service.call("match", { id: "1" })).match;
  expect(told).toMatchObject([{ personId: "fogis-1" }]);
  expect(JSON.stringify(notes)).toContain("Anna Prov");
  expect(JSON.stringify(notes)).not.toContain("Bo Prov");
});

test.concurrent("a script, or a person without the window, does all of it from the command line", async (context) => {
  const { service, list } = await deskFor(context, [ahead(1, 30, [anna, open]), ahead(3, 80, [bo])]);
  await list([ahead(1, 34, [anna, { ...open, domaruppdragstatusnamn: "Tillfrågad" }]), ahead(3, 80, [bo])]);
  const run = async (...args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await avspark([...args, "--url", service.address()]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    return stdout;
  };
  const todo = await run("todo");
  expect(todo).toMatch(
    /Hemma 1 IF – Borta 1 BK \(1\) {2}Moved\n {2}Kick-off: .+ → .+\n {2}Anna Prov {2}Main referee {2}0700000001\n/,
  );
  expect(todo).toContain("Open place\n  Assistant 1: asked\n");
  const free = /Assistant 1\n {2}Bo Prov +1 in this role +1 match that week/;
  expect(await run("people", "free", "1")).toMatch(free);
  for (const role of ["Assistant 1", "Assisterande 1"])
    expect(await run("people", "free", "1", ...role.split(" "))).toMatch(free);
  expect(await run("tell", "1", "fogis-1", "--by", "Kim")).toBe("Told.\n");
  expect(await run("todo")).not.toContain("Moved");
  expect(await run("tell", "1", "fogis-1", "--back")).toBe("Not told.\n");
  expect(await run("todo")).toContain("Moved");
  expect(await run("note", "1", "Bo", "ringer", "--by", "Kim")).toBe("Noted: 1.\n");
  expect(await run("note", "1")).toMatch(/^1 {2}.+ {2}Kim {2}Bo ringer\n$/);
  expect(await run("note", "1", "--remove", "1")).toBe("Removed.\n");
  expect(JSON.parse(await run("todo", "--json"))).toMatchObject({ success: true, items: [{ kind: "moved" }, {}, {}] });
});
