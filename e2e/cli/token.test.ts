import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { folder } from "../fixtures/folder.ts";
import { serve } from "../fixtures/serve.ts";
import { until } from "../fixtures/until.ts";
import { ask, expectFailure } from "../http/ask.ts";
import { avspark, program } from "./avspark.ts";

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const made = /avs_[\w-]{43}/;

const inFolder = (data: string) => {
  const run = (...args: readonly string[]) =>
    avspark(["token", ...args], { env: { AVSPARK_DATA_DIR: data }, cwd: data });
  return {
    run,
    add: async (name: string, role: string): Promise<string> => (await run("add", name, "--role", role)).stdout.trim(),
  };
};

/** All that is kept in a folder, as text. */
const contentOf = async (data: string): Promise<string> => {
  const names = await readdir(data, { recursive: true });
  const files = await Promise.all(
    names.map(async (name) => ((await stat(join(data, name))).isFile() ? readFile(join(data, name), "latin1") : "")),
  );
  return files.join("\n");
};

const listSchema = z.object({
  tokens: z.array(
    z.object({
      name: z.string(),
      role: z.string(),
      lastUsedAt: z.string().nullable(),
      revokedAt: z.string().nullable(),
    }),
  ),
});

describe("avspark token", () => {
  it("prints a token once, lists it without it, and takes it back", async () => {
    const data = await folder();
    const { run, add } = inFolder(data);
    const token = await add("Anna Andersson", "act");
    expect(token).toMatch(new RegExp(`^${made.source}$`));
    const listed = await run("list");
    expect(listed.stdout).toMatch(/^Anna Andersson {2}act {2}made .* {2}never used\n$/);
    expect(await contentOf(data)).not.toContain(token.slice(4));
    expect((await stat(join(data, "tokens.json"))).mode & 0o777).toBe(0o600);
    expect(await run("revoke", "anna andersson")).toEqual({ code: 0, stdout: "Revoked.\n", stderr: "" });
    expect((await run("list")).stdout).toMatch(/revoked/);
  });

  it("says what is wrong with what it was asked", async () => {
    const { run, add } = inFolder(await folder());
    await add("Anna", "look");
    expect(await run("add", "Bo")).toMatchObject({ code: 2, stdout: "" });
    expect(await run("add", "Bo", "--role", "own")).toMatchObject({ code: 2, stdout: "" });
    expect(await run("add", "a\nb", "--role", "act")).toMatchObject({ code: 2, stdout: "" });
    const taken = await run("add", "ANNA", "--role", "act");
    expect(taken).toMatchObject({ code: 1, stdout: "" });
    expect(taken.stderr).toContain("There is a token of this name");
    expect(await run("revoke", "Bo")).toMatchObject({ code: 1, stdout: "" });
  });

  it("loses none of those that several people make at once", async () => {
    const { run, add } = inFolder(await folder());
    const names = Array.from({ length: 6 }, (_, index) => `script ${index}`);
    const tokens = await Promise.all(names.map((name) => add(name, "look")));
    expect(new Set(tokens).size).toBe(names.length);
    const { tokens: listed } = listSchema.parse(JSON.parse((await run("list", "--json")).stdout));
    expect(listed.map(({ name }) => name).sort()).toEqual(names);
  });
});

describe("a service that runs", () => {
  it("goes by what is made and revoked meanwhile, and cuts off whoever follows it by a token that is revoked", async () => {
    const served = await serve({}, { folder: await folder() });
    onTestFinished(async () => void (await served.stop()));
    const { run, add } = inFolder(served.folder);
    const statusBy = async (headers: Readonly<Record<string, string>>): Promise<number> =>
      (await ask(`${served.address}/redis-status`, { headers })).status;
    expect(await statusBy({})).toBe(200);

    const token = await add("Anna", "look");
    await until(async () => (await statusBy({})) === 401, { what: () => "a door that is closed", withinMs: 2000 });
    expect(await statusBy(bearer(token))).toBe(200);
    const shown = await avspark(["status", "--url", served.address], {
      env: { AVSPARK_HTTP_TOKEN: token },
      cwd: served.folder,
    });
    expect(shown.code).toBe(0);

    const ends = Promise.all(
      ["/events", "/deltas"].map(async (path) => {
        const response = await fetch(served.address + path, { headers: bearer(token) });
        await response.text().catch(() => undefined);
      }),
    );
    await run("revoke", "Anna");
    await ends;
    expectFailure(await ask(`${served.address}/redis-status`, { headers: bearer(token) }), "unauthorized");
    expect(await statusBy({})).toBe(401);

    await served.stop();
    const { tokens } = listSchema.parse(JSON.parse((await run("list", "--json")).stdout));
    expect(tokens).toMatchObject([{ name: "Anna", revokedAt: expect.any(String), lastUsedAt: expect.any(String) }]);
  });
});

describe("a file of tokens that makes no sense", () => {
  it("lets nobody in who has a name, is told of, and mended without a restart", async () => {
    const shared = "0123456789-a-long-token";
    const served = await serve({ AVSPARK_HTTP_TOKEN: shared }, { folder: await folder() });
    onTestFinished(async () => void (await served.stop()));
    const { add, run } = inFolder(served.folder);
    const token = await add("Anna", "look");
    const file = join(served.folder, "tokens.json");
    const whole = await readFile(file, "utf8");
    const statusBy = async (given: string): Promise<number> =>
      (await ask(`${served.address}/todo`, { headers: bearer(given) })).status;
    const told = async (): Promise<boolean> =>
      (await ask(`${served.address}/alerts`, { headers: bearer(shared) })).text.includes("tokens-unreadable");
    await until(async () => (await statusBy(token)) === 200, { what: () => "a token that is known" });
    await writeFile(file, whole.slice(0, -10));
    await until(told, { what: () => "a problem that is told" });
    expect([await statusBy(token), await statusBy(shared)]).toEqual([401, 200]);
    expect(await run("list")).toMatchObject({ code: 1, stdout: "" });
    await writeFile(file, whole);
    await until(async () => (await statusBy(token)) === 200, { what: () => "a token that is known again" });
    expect(await told()).toBe(false);
  });
});

describe("the first start of a service that listens beyond this machine", () => {
  const beyond = { AVSPARK_HTTP_HOST: "0.0.0.0" };

  it("without a terminal lets nobody in and says how that is changed, which then is so at once", async () => {
    const served = await serve(beyond);
    onTestFinished(async () => void (await served.stop()));
    expect(served.complaints()).toContain("avspark token add NAME --role administer");
    expect(served.complaints()).not.toMatch(made);
    const at = `http://127.0.0.1:${new URL(served.address).port}`;
    expectFailure(await ask(`${at}/redis-status`), "unauthorized");
    const health = await ask(`${at}/health`);
    expect(JSON.parse(health.text)).toMatchObject({ health: { problem: { kind: "token-required" } } });
    const token = await inFolder(served.folder).add("Anna", "administer");
    await until(async () => (await ask(`${at}/redis-status`, { headers: bearer(token) })).status === 200, {
      what: () => "a token that is known",
      withinMs: 2000,
    });
  });

  it.skipIf(spawnSync("script", ["--version"]).status !== 0)(
    "on a terminal makes the administrator's token and shows it there, once and nowhere else",
    async () => {
      const data = await folder();
      const start = async (): Promise<{ readonly said: string; readonly stop: () => Promise<void> }> => {
        const command = `${process.execPath} ${program} serve`;
        const child = spawn("script", ["-qefc", command, "/dev/null"], {
          cwd: data,
          env: {
            PATH: process.env.PATH,
            HOME: data,
            TERM: "xterm",
            AVSPARK_DATA_DIR: data,
            AVSPARK_HTTP_PORT: "0",
            ...beyond,
          },
          stdio: ["pipe", "pipe", "inherit"],
        });
        let said = "";
        child.stdout.setEncoding("utf8").on("data", (text: string) => {
          said += text;
        });
        await until(() => /listening on http/.test(said), { what: () => `a service that listens; it said: ${said}` });
        return {
          said,
          stop: async () => {
            const ended = once(child, "close");
            // Ctrl-C, as on a terminal.
            child.stdin.write("\u0003");
            await ended;
          },
        };
      };
      const first = await start();
      const token = made.exec(first.said)?.[0] ?? "";
      const port = /listening on http:\/\/0\.0\.0\.0:(\d+)/.exec(first.said)?.[1];
      const answer = await ask(`http://127.0.0.1:${port}/personal-data?name=Nobody`, { headers: bearer(token) });
      expect(answer.status).toBe(200);
      await first.stop();
      expect(token).not.toBe("");
      expect(await contentOf(data)).not.toContain(token.slice(4));
      const second = await start();
      await second.stop();
      expect(second.said).not.toMatch(made);
    },
  );
});
