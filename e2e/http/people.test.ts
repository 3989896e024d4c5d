import ICAL from "ical.js";
import { afterAll, beforeAll, expect, it } from "vitest";
import { contract } from "../../src/shared/contract.ts";
import { avspark } from "../cli/avspark.ts";
import { ask, expectFailure, expectSuccess } from "./ask.ts";
import { startService, type TestService } from "./service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService();
  const place = (id: number, role: string, name: string) => ({
    domarrollnamn: role,
    personnamn: name,
    personid: id,
    domarnr: String(1000 + id),
    mobiltelefon: `07000000${id}`,
    epostadress: `person${id}@example.com`,
  });
  const matches = [
    {
      matchid: 1,
      lag1namn: "Alfa",
      lag2namn: "Beta",
      speldatum: "2030-06-01",
      avsparkstid: "15:00",
      domaruppdraglista: [place(11, "Huvuddomare", "Åsa Provsson"), place(12, "Assisterande 1", "Bo Exempel")],
    },
    {
      matchid: 2,
      lag1namn: "Gamma",
      lag2namn: "Delta",
      speldatum: "2030-05-31",
      avsparkstid: "18:00",
      domaruppdraglista: [place(11, "Huvuddomare", "Åsa Provsson")],
    },
  ];
  expect((await ask(`${service.address}/manual-sync`, { method: "POST", body: { matches } })).status).toBe(200);
});
afterAll(() => service.close());

const people = async (query = "") =>
  expectSuccess(await ask(`${service.address}/people${query}`), contract.people.output).people;

it("everybody who is assigned, by name, with their matches by kick-off", async () => {
  expect(await people()).toMatchObject([
    {
      id: "fogis-12",
      name: "Bo Exempel",
      number: "1012",
      phone: "0700000012",
      matches: [{ matchId: "1", role: "Assisterande 1" }],
    },
    {
      id: "fogis-11",
      name: "Åsa Provsson",
      email: "person11@example.com",
      matches: [
        { matchId: "2", title: "Gamma – Delta" },
        { matchId: "1", kickoff: "2030-06-01T13:00:00.000Z" },
      ],
    },
  ]);
});

it("is searched like everything else, and each has an address", async () => {
  expect((await people("?search=asa")).map(({ id }) => id)).toEqual(["fogis-11"]);
  const { person } = expectSuccess(await ask(`${service.address}/people/fogis-11`), contract.person.output);
  expect(person.matches).toHaveLength(2);
  expectFailure(await ask(`${service.address}/people/fogis-99`), "not-found");
});

it("each match says how long it is, how far it is from the one before, and when they were told", async () => {
  const tell = await ask(`${service.address}/tell`, {
    method: "POST",
    body: { matchId: "1", personId: "fogis-11", by: "Sam" },
  });
  expectSuccess(tell, contract.tell.output);
  const { person } = expectSuccess(await ask(`${service.address}/people/fogis-11`), contract.person.output);
  expect(person.matches).toMatchObject([
    { matchId: "2", minutes: 120, from: null, told: null },
    { matchId: "1", from: { matchId: "2", km: null, minutesBetween: 19 * 60 }, told: { by: "Sam" } },
  ]);
});

it("gives their matches as a calendar file, at an address and on the command line", async () => {
  const answer = await ask(`${service.address}/people/fogis-11/calendar`);
  const { name, calendar } = expectSuccess(answer, contract.personCalendar.output);
  expect(name).toBe("Åsa Provsson");
  const events = new ICAL.Component(ICAL.parse(calendar)).getAllSubcomponents("vevent");
  expect(events.map((event) => event.getFirstPropertyValue("summary"))).toEqual(["Gamma – Delta", "Alfa – Beta"]);
  expectFailure(await ask(`${service.address}/people/fogis-99/calendar`), "not-found");

  const printed = await avspark(["people", "provsson", "--ics", "--url", service.address]);
  expect(printed.stdout.match(/^UID:.*$/gm)).toEqual(calendar.match(/^UID:.*$/gm));
  const several = await avspark(["people", "--ics", "--url", service.address]);
  expect(several).toMatchObject({ code: 2, stdout: "" });
  expect(several.stderr).toContain("find 2 people");
});

it("avspark people says the same to a person and to a script", async () => {
  const said = await avspark(["people", "bo", "--url", service.address]);
  expect(said).toMatchObject({ code: 0 });
  expect(said.stdout).toMatch(/^Bo Exempel {2}0700000012 {2}1 match\n.*Alfa – Beta.*Assistant 1\n$/);
  const json = await avspark(["people", "--json", "--url", service.address]);
  expect(JSON.parse(json.stdout).people).toHaveLength(2);
});
