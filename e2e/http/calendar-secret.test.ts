import { afterAll, beforeAll, expect, test } from "vitest";
import { ask, expectFailure } from "./ask.ts";
import { openDoor } from "./door.ts";
import { startService, type TestService } from "./service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService({});
});
afterAll(() => service.close());

const secret = "a-secret-of-the-calendar";
const token = "a-token-of-twenty-signs";

test("the secret address gives the calendar to whoever has no token, by whatever name, and nothing else", async () => {
  const door = await openDoor(service, { host: "0.0.0.0", token });
  try {
    const address = door.address.replace("0.0.0.0", "127.0.0.1");
    const get = (path: string) => ask(`${address}${path}`, { headers: { host: "desk.example.com" } });
    const calendar = await get(`/calendar/${secret}.ics?x=1`);
    expect(calendar).toMatchObject({ status: 200, headers: { "content-type": "text/calendar; charset=utf-8" } });
    for (const path of [
      "/calendar.ics",
      `/matches`,
      `/calendar/${secret}`,
      `/calendar/${secret}x.ics`,
      "/calendar/.ics",
    ]) {
      expect((await get(path)).status).toBe(421);
    }
    expect((await ask(`${address}/calendar/wrong.ics`)).status).toBe(401);
    expect(door.calendarAddress).toMatch(new RegExp(`^http://[^/]+/calendar/${secret}\\.ics$`));
    expect(door.calendarAddress).not.toContain("0.0.0.0");
  } finally {
    await door.close();
  }
});

test("without a token a wrong secret is an address like any other that is not there", async () => {
  const door = await openDoor(service, {});
  try {
    expect((await ask(`${door.address}/calendar/${secret}.ics`)).status).toBe(200);
    const wrong = await ask(`${door.address}/calendar/${secret}e.ics`);
    expectFailure(wrong, "not-found");
    expect(wrong.text).not.toContain(secret);
  } finally {
    await door.close();
  }
});
