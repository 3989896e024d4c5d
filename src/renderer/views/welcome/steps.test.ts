import { describe, expect, it } from "vitest";
import { type CalendarChoice, calendarGate, feedGate, holdsPassword, serverGate, trialKey, valuesOf } from "./steps.ts";

const redis = "redis://localhost:6379";
const list = "https://example.com/matches";
const passed = (key: string) => ({ key, problem: null });
const problem = { kind: "redis-unreachable", message: "ECONNREFUSED" } as const;

const choice: CalendarChoice = {
  google: false,
  caldav: false,
  calendarId: null,
  server: { url: "", user: "", password: "" },
};

describe("the step about the feed", () => {
  it("says what is missing or wrong before anything is tried", () => {
    expect(feedGate({ redis: "", list: "" }, [])).toEqual({ kind: "blocked", why: "nothing" });
    expect(feedGate({ redis: "localhost", list: "" }, [])).toEqual({ kind: "blocked", why: "redis-form" });
    expect(feedGate({ redis, list: "example.com" }, [])).toEqual({ kind: "blocked", why: "list-form" });
  });

  it("opens when everything that is given was tried and works", () => {
    expect(feedGate({ redis, list: "" }, [])).toEqual({ kind: "try", key: trialKey("redis", redis) });
    expect(feedGate({ redis, list: "" }, [passed(trialKey("redis", redis))])).toEqual({ kind: "open" });
    expect(feedGate({ redis, list }, [passed(trialKey("redis", redis))])).toEqual({
      kind: "try",
      key: trialKey("source", list),
    });
    expect(feedGate({ redis: "", list }, [passed(trialKey("source", list))])).toEqual({ kind: "open" });
  });

  it("tells of a failed try, and forgets it when the address is another", () => {
    const trials = [{ key: trialKey("redis", redis), problem }];
    expect(feedGate({ redis, list: "" }, trials)).toEqual({ kind: "failed", problem });
    expect(feedGate({ redis: `${redis}/1`, list: "" }, trials).kind).toBe("try");
  });
});

describe("the step about the calendars", () => {
  it("is open with the file alone", () => {
    expect(calendarGate(choice, [])).toEqual({ kind: "open" });
  });

  it("wants a calendar where Google is chosen, and a server that was tried where CalDAV is", () => {
    expect(calendarGate({ ...choice, google: true }, [])).toEqual({ kind: "blocked", why: "no-calendar" });
    expect(calendarGate({ ...choice, google: true, calendarId: "primary" }, [])).toEqual({ kind: "open" });
    expect(calendarGate({ ...choice, caldav: true }, [])).toEqual({ kind: "blocked", why: "no-server" });
    const server = { url: "https://example.com/dav", user: "anna", password: "x" };
    expect(calendarGate({ ...choice, caldav: true, server: { ...server, url: "example" } }, [])).toEqual({
      kind: "blocked",
      why: "server-form",
    });
    const key = trialKey("caldav", server.url, server.user, server.password);
    expect(calendarGate({ ...choice, caldav: true, server }, [])).toEqual({ kind: "try", key });
    expect(calendarGate({ ...choice, caldav: true, server }, [passed(key)])).toEqual({ kind: "open" });
    expect(calendarGate({ ...choice, caldav: true, server: { ...server, password: "y" } }, [passed(key)]).kind).toBe(
      "try",
    );
  });
});

describe("what is saved", () => {
  it("is the addresses and the calendars that were chosen", () => {
    expect(valuesOf({ redis, list: "" }, choice)).toEqual({
      REDIS_URL: redis,
      AVSPARK_MATCHES_URL: "",
      REDIS_PUBSUB_ENABLED: "",
      AVSPARK_CALENDARS: "ics",
    });
  });

  it("turns listening off where there is only a list", () => {
    expect(valuesOf({ redis: "", list }, choice).REDIS_PUBSUB_ENABLED).toBe("false");
  });

  it("leaves a password that was not entered as it is", () => {
    const server = { url: "https://example.com/dav", user: "anna", password: "" };
    const values = valuesOf({ redis, list }, { ...choice, google: true, calendarId: "c1", caldav: true, server });
    expect(values).toMatchObject({
      AVSPARK_CALENDARS: "ics,google,caldav",
      GOOGLE_CALENDAR_ID: "c1",
      CALDAV_URL: server.url,
      CALDAV_USERNAME: "anna",
    });
    expect("CALDAV_PASSWORD" in values).toBe(false);
  });
});

it("knows an address that carries a password", () => {
  expect([holdsPassword("redis://:secret@host:6379"), holdsPassword("redis://host:6379/2")]).toEqual([true, false]);
});

describe("a service elsewhere", () => {
  const server = { url: "https://avspark.example.com", token: "a-token-for-the-office", ca: "" };
  const key = trialKey("service", server.url, server.token, server.ca);

  it("says what is missing or wrong before anything is tried", () => {
    expect(serverGate({ ...server, url: "" }, [])).toEqual({ kind: "blocked", why: "no-service" });
    expect(serverGate({ ...server, url: "avspark" }, [])).toEqual({ kind: "blocked", why: "service-form" });
    expect(serverGate({ ...server, token: "short" }, [])).toEqual({ kind: "blocked", why: "token-form" });
  });

  it("is tried with its token and its authority, and with others anew", () => {
    expect(serverGate(server, [])).toEqual({ kind: "try", key });
    expect(serverGate(server, [passed(key)])).toEqual({ kind: "open" });
    expect(serverGate(server, [{ key, problem }])).toEqual({ kind: "failed", problem });
    expect(serverGate({ ...server, ca: "/ca.pem" }, [passed(key)]).kind).toBe("try");
    // A service on this machine may ask for no token.
    expect(serverGate({ ...server, token: "" }, []).kind).toBe("try");
  });
});
