import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { rememberingLog } from "../../../e2e/fixtures/remembering-log.ts";
import { instantOf } from "../../shared/instant.ts";
import { problemKindOf } from "../../shared/testing/problem-kind.ts";
import { temporaryFolder } from "./journal/harness.ts";
import { addToken, listTokens, openTokens, revokeToken } from "./tokens.ts";

const now = Date.UTC(2027, 4, 1);

/** The store, on a clock of the test's own: `pass` lets its timers come. */
const storeIn = (folder: string) => {
  let elapsed = 0;
  let timers: { readonly at: number; readonly task: () => void }[] = [];
  const logged: string[] = [];
  const clock = {
    now: () => now + elapsed,
    elapsed: () => elapsed,
    random: () => 0,
    after: (ms: number, task: () => void) => {
      const timer = { at: elapsed + ms, task };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
  };
  const tokens = openTokens(folder, { clock, log: rememberingLog(logged) });
  onTestFinished(tokens.stop);
  return {
    ...tokens,
    logged,
    pass: (ms: number) => {
      const until = elapsed + ms;
      for (;;) {
        const [next] = timers.filter(({ at }) => at <= until).sort((one, other) => one.at - other.at);
        if (next === undefined) break;
        elapsed = next.at;
        timers = timers.filter((one) => one !== next);
        next.task();
      }
      elapsed = until;
    },
  };
};

const fileOf = (folder: string): string => join(folder, "tokens.json");
const usedFileOf = (folder: string): string => join(folder, "tokens-used.json");
const add = (folder: string, name: string): string => addToken(folder, { name, role: "act", now });

describe("a named token", () => {
  it("is known by its hash alone, in a file for its owner alone", () => {
    const folder = temporaryFolder();
    const token = add(folder, "Anna");
    expect(token).toMatch(/^avs_[\w-]{43}$/);
    const text = readFileSync(fileOf(folder), "utf8");
    expect(text).not.toContain(token.slice(4, 20));
    expect(statSync(fileOf(folder)).mode & 0o777).toBe(0o600);
    const store = storeIn(folder);
    expect(store.find(token)).toMatchObject({ name: "Anna", role: "act" });
    for (const wrong of [`${token}x`, token.slice(0, -1), token.toUpperCase(), "", JSON.parse(text).tokens[0].hash])
      expect(store.find(wrong)).toBeNull();
  });

  it("that is made or revoked while a service runs is known to it within a second, and told of", () => {
    const folder = temporaryFolder();
    const store = storeIn(folder);
    const before = store.wereMade();
    let changes = 0;
    const stop = store.onChange(() => {
      changes += 1;
    });
    const token = add(folder, "Anna");
    store.pass(1000);
    expect([before, store.wereMade(), store.anyValid(), store.find(token)?.name, changes]).toEqual([
      ...[false, true, true, "Anna", 1],
    ]);
    revokeToken(folder, { name: "anna", now });
    store.pass(1000);
    expect([store.find(token), store.wereMade(), store.anyValid(), changes]).toEqual([null, true, false, 2]);
    expect([store.isOwn(token), store.isOwn(`${token}x`)]).toEqual([true, false]);
    stop();
    add(folder, "Anna");
    store.pass(1000);
    expect(changes).toBe(2);
  });

  it("is the only one of its name, and another may be made when it was revoked", () => {
    const folder = temporaryFolder();
    add(folder, "Anna");
    expect(problemKindOf(() => add(folder, "ANNA"))).toBe("input-invalid");
    expect(problemKindOf(() => revokeToken(folder, { name: "Bo", now }))).toBe("not-found");
    revokeToken(folder, { name: "Anna", now });
    add(folder, "Anna");
    expect(listTokens(folder).map(({ name, revokedAt }) => [name, revokedAt])).toEqual([
      ["Anna", instantOf(now)],
      ["Anna", null],
    ]);
  });
});

describe("a file of tokens that cannot be trusted", () => {
  const spoil: Readonly<Record<string, (file: string) => void>> = {
    "is no JSON": (file) => writeFileSync(file, readFileSync(file, "utf8").slice(0, -5)),
    "is empty": (file) => writeFileSync(file, ""),
    "is of a newer version": (file) =>
      writeFileSync(file, readFileSync(file, "utf8").replace('"version": 1', '"version": 2')),
    "has a role that there is not": (file) =>
      writeFileSync(file, readFileSync(file, "utf8").replaceAll('"act"', '"own"')),
    "others may write in": (file) => chmodSync(file, 0o622),
    "is a folder": (file) => {
      rmSync(file);
      mkdirSync(file);
    },
  };

  it.each(Object.keys(spoil))("because it %s has none that is valid, and says so", (how) => {
    const folder = temporaryFolder();
    const token = add(folder, "Anna");
    const store = storeIn(folder);
    expect(store.find(token)).not.toBeNull();
    spoil[how]?.(fileOf(folder));
    store.pass(1000);
    const found = [store, storeIn(folder)].map((one) => ({
      found: one.find(token),
      wereMade: one.wereMade(),
      anyValid: one.anyValid(),
      problem: one.problem()?.kind,
      logged: one.logged.length,
    }));
    const refused = { found: null, wereMade: true, anyValid: false, problem: "tokens-unreadable", logged: 1 };
    expect(found).toEqual([refused, refused]);
    expect(problemKindOf(() => add(folder, "Bo"))).toBe("tokens-unreadable");
    expect(problemKindOf(() => listTokens(folder))).toBe("tokens-unreadable");
  });

  it("since it has gone leaves the door of a service that runs closed", () => {
    const folder = temporaryFolder();
    const token = add(folder, "Anna");
    const store = storeIn(folder);
    rmSync(fileOf(folder));
    store.pass(1000);
    expect([store.find(token), store.wereMade(), store.anyValid()]).toEqual([null, true, false]);
  });
});

describe("when a token was last used", () => {
  it("is kept now and then and at the end, not at every request", () => {
    const folder = temporaryFolder();
    const token = add(folder, "Anna");
    const store = storeIn(folder);
    const writes: string[] = [];
    for (let minute = 0; minute < 10; minute += 1) {
      for (let request = 0; request < 100; request += 1) {
        store.find(token);
        store.pass(600);
        if (existsSync(usedFileOf(folder))) writes.push(readFileSync(usedFileOf(folder), "utf8"));
      }
    }
    expect(new Set(writes).size).toBeGreaterThan(5);
    expect(new Set(writes).size).toBeLessThanOrEqual(10);
    store.find(token);
    store.stop();
    expect(listTokens(folder)[0]?.lastUsedAt).toBe(instantOf(now + 600_000));
    expect(storeIn(folder).find(token)?.name).toBe("Anna");
  });

  it("decides nothing: a file of it that cannot be read is begun anew", () => {
    const folder = temporaryFolder();
    const token = add(folder, "Anna");
    writeFileSync(usedFileOf(folder), "{");
    const store = storeIn(folder);
    expect(store.find(token)?.name).toBe("Anna");
    store.stop();
    expect(listTokens(folder)[0]?.lastUsedAt).toBe(instantOf(now));
  });
});
