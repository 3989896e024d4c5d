import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { systemClock } from "../../src/main/adapters/clock.ts";
import { addToken, openTokens, revokeToken, type Tokens } from "../../src/main/adapters/tokens.ts";
import { createAccess } from "../../src/main/doors/access.ts";
import { accessTable, type RouteAccess, refusedWith } from "../../src/main/doors/http/access-table.ts";
import { createApp } from "../../src/main/doors/http/app.ts";
import { commandNames } from "../../src/main/doors/http/commands.ts";
import type { HttpDoor } from "../../src/main/doors/http/open.ts";
import { createGuard } from "../../src/main/doors/request-guard.ts";
import { type ProblemKind, problemKindSchema, raise } from "../../src/shared/problem.ts";
import { type Role, roles } from "../../src/shared/role.ts";
import { type Answer, ask, expectFailure, jsonOf } from "../http/ask.ts";
import { openDoor, partsOf } from "../http/door.ts";
import { startService, type TestService } from "../http/service.ts";

/** An address of this machine that is not loopback: whoever asks there comes from it, too. */
const outward = Object.values(networkInterfaces())
  .flatMap((all) => all ?? [])
  .find(({ internal, family }) => !internal && family === "IPv4")?.address;

const shared = "0123456789-a-long-token-of-0.1";
const reached = async (): Promise<never> => raise("busy", "Whoever asked was let in.");

let service: TestService;
let door: HttpDoor;
let tokens: Tokens;
let headers: Readonly<Record<string, string>>;

beforeAll(async () => {
  service = await startService();
  const { folder } = service;
  const now = Date.now();
  const bearer = (token: string): string => `Bearer ${token}`;
  const named = (name: string, role: Role): string => bearer(addToken(folder, { name, role, now }));
  headers = {
    ...Object.fromEntries(roles.map((role) => [role, named(`who may ${role}`, role)])),
    revoked: named("revoked", "administer"),
    wrong: bearer(`avs_${"x".repeat(43)}`),
    shared: bearer(shared),
  };
  revokeToken(folder, { name: "revoked", now });
  tokens = openTokens(folder, { clock: systemClock, log: service.log });
  const handlers = Object.fromEntries(commandNames.map((name) => [name, reached]));
  door = await openDoor(service, { host: "0.0.0.0", token: shared, tokens, handlers });
});
afterAll(async () => {
  await door.close();
  tokens.stop();
  await service.close();
});

/** What the guard may refuse a request with. Whatever else is answered, it was let in. */
const refusals: ReadonlySet<ProblemKind> = new Set<ProblemKind>([
  "unauthorized",
  "role-too-low",
  "encryption-required",
  "host-refused",
  "origin-refused",
  "rate-limited",
]);

type Place = { readonly address: string; readonly socketPath?: string };
/** The door at which tokens are demanded, as it is reached from an address of this machine. */
const doorAt = (host: string): Place => ({ address: `http://${host}:${new URL(door.address).port}` });

const asked = (route: RouteAccess, who: string | null, { address, ...way } = doorAt("127.0.0.1")): Promise<Answer> => {
  const authorization = who === null ? undefined : headers[who];
  return ask(address + route.path.replaceAll(/:\w+/g, "1"), {
    ...way,
    method: route.method,
    headers: authorization === undefined ? {} : { authorization },
    ...(route.method === "POST" && { body: {} }),
    headOnly: true,
  });
};

/** null: let in. */
const refusalOf = async (...given: Parameters<typeof asked>): Promise<ProblemKind | null> => {
  const answer = await asked(...given);
  if (answer.status === 200) return null;
  const body = jsonOf(answer);
  const kind = problemKindSchema.parse(typeof body === "object" && body !== null && "code" in body && body.code);
  if (!refusals.has(kind)) return null;
  expectFailure(answer, kind);
  return kind;
};

const shown = ({ method, path }: RouteAccess): string => `${method} ${path}`;

const everyRoute = async (who: string | null, place?: Place) =>
  Object.fromEntries(
    await Promise.all(accessTable.map(async (route) => [shown(route), await refusalOf(route, who, place)] as const)),
  );

const inTable = (role: Role | null) =>
  Object.fromEntries(accessTable.map((route) => [shown(route), refusedWith(route.takes, role)]));

const everywhere = (kind: ProblemKind) => Object.fromEntries(accessTable.map((route) => [shown(route), kind]));

describe("every address answers as the table says", () => {
  it.each([null, "wrong", "revoked"])("whoever comes with the token %s", async (who) => {
    expect(await everyRoute(who)).toEqual(inTable(null));
  });

  it.each(roles)("whoever may %s", async (role) => {
    expect(await everyRoute(role)).toEqual(inTable(role));
  });

  it("whoever has AVSPARK_HTTP_TOKEN, as an administrator", async () => {
    expect(await everyRoute("shared")).toEqual(inTable("administer"));
  });

  it("a calendar by its secret, whoever asks", async () => {
    const at = new URL(door.calendarAddress);
    at.hostname = "127.0.0.1";
    expect((await ask(at.href)).status).toBe(200);
  });
});

describe.skipIf(outward === undefined)("from another address over plain HTTP", () => {
  it.each([null, "wrong", "revoked"])("whoever comes with the token %s is refused as from here", async (who) => {
    expect(await everyRoute(who, doorAt(outward ?? ""))).toEqual(inTable(null));
  });

  it.each(roles)("a token of one's own to %s is refused everywhere", async (role) => {
    expect(await everyRoute(role, doorAt(outward ?? ""))).toEqual(everywhere("encryption-required"));
  });

  it("AVSPARK_HTTP_TOKEN goes on as it did, and carries no secrets", async () => {
    const secret = accessTable
      .filter(({ alwaysToken }) => alwaysToken)
      .map((route) => [shown(route), "encryption-required"]);
    const expected = { ...inTable("administer"), ...Object.fromEntries(secret) };
    expect(await everyRoute("shared", doorAt(outward ?? ""))).toEqual(expected);
  });
});

describe("where no token is demanded", () => {
  it("everybody is let in but for what always takes one, and by the socket for that as well", async () => {
    const socketPath = join(service.folder, "open.sock");
    const handlers = Object.fromEntries(commandNames.map((name) => [name, reached]));
    const open = await openDoor(service, { handlers, socket: socketPath });
    onTestFinished(open.close);
    const wanted = (refused: (route: RouteAccess) => boolean) =>
      Object.fromEntries(accessTable.map((route) => [shown(route), refused(route) ? "unauthorized" : null]));
    expect(await everyRoute(null, open)).toEqual(wanted(({ alwaysToken }) => alwaysToken));
    expect(await everyRoute(null, { ...open, socketPath })).toEqual(wanted(() => false));
    const always = accessTable.filter(({ alwaysToken }) => alwaysToken).map(shown);
    expect(always.toSorted()).toEqual(["POST /add-token", "POST /settings", "POST /test-setting"]);
  });
});

/** Of a tree as fastify draws it: four signs for each step from the root, and the method that was there first. */
const routesIn = (drawn: readonly string[]): string[] => {
  const parents: string[] = [];
  return drawn.flatMap((line) => {
    const [, before, part, method] = /^(.*)[├└]── (\S+)(?: \((\w+))?/.exec(line) ?? [];
    if (before === undefined || part === undefined) return [];
    const path = (parents[before.length / 4 - 1] ?? "") + part;
    parents[before.length / 4] = path;
    return method === undefined ? [] : [`${method} ${path}`];
  });
};

describe("the table", () => {
  it("has every address that there is", async () => {
    const parts = partsOf(service, { handlers: {} });
    const access = createAccess({ config: { AVSPARK_HTTP_TOKEN: null, AVSPARK_HTTP_HOST: "127.0.0.1" }, tokens });
    const app = createApp(parts, createGuard({ host: "127.0.0.1", isEverywhere: () => false, access }));
    await app.ready();
    const drawn = app.printRoutes({ commonPrefix: false }).split("\n");
    await app.close();
    expect(routesIn(drawn).sort()).toEqual(accessTable.map(shown).sort());
  });

  it("tells whoever has no token nothing of which addresses there are", async () => {
    for (const path of ["/nothing", "/calendar/1", "/people/1/2"])
      expect(await refusalOf({ method: "GET", path, takes: "look", alwaysToken: false }, null)).toBe("unauthorized");
  });
});

describe("somebody's own token that is set as AVSPARK_HTTP_TOKEN", () => {
  it.each(["look", "revoked"])("gives nobody more than it did: %s", async (who) => {
    const token = headers[who]?.replace("Bearer ", "") ?? "";
    const config = { AVSPARK_HTTP_TOKEN: token, AVSPARK_HTTP_HOST: "127.0.0.1" };
    const actor = createAccess({ config, tokens }).actorOf(headers[who]);
    expect(actor).toEqual(who === "look" ? { name: "who may look", role: "look" } : null);
  });
});

describe("how often something may be asked for", () => {
  it("is counted for each token by itself", async () => {
    const route: RouteAccess = { method: "POST", path: "/acknowledge", takes: "act", alwaysToken: false };
    const answers = await Promise.all(Array.from({ length: 70 }, () => refusalOf(route, "act")));
    expect(answers).toContain("rate-limited");
    expect(await refusalOf(route, "administer")).toBeNull();
  });
});
