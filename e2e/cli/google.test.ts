import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, stat, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { folder } from "../fixtures/folder.ts";
import { until } from "../fixtures/until.ts";
import { signInSettings } from "../stand-ins/google-calendar/oauth.ts";
import { primaryCalendar, startGoogle } from "../stand-ins/google-calendar/server.ts";
import { avspark, program } from "./avspark.ts";

/** A server without a desktop: no home, no browser, no keyring, and somebody who has come over SSH. */
const serverFor = async () => {
  const google = await startGoogle();
  onTestFinished(google.stop);
  const data = await folder();
  const env = { PATH: process.env.PATH ?? "", AVSPARK_DATA_DIR: data, ...signInSettings(google) };
  const file = join(data, "google-token.json");
  const signIn = (...args: readonly string[]) => {
    const child = spawn(process.execPath, [program, "google", "sign-in", ...args], { cwd: data, env });
    onTestFinished(() => void child.kill("SIGKILL"));
    return conversation(child);
  };
  return { google, env, file, signIn };
};

const conversation = (child: ChildProcessWithoutNullStreams) => {
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
  const ended = once(child, "close").then(() => ({ code: child.exitCode, said }));
  return {
    ended,
    said: () => said,
    /** What the person's browser is sent back to when they have said yes. */
    consent: async (): Promise<URL> => {
      const address = await until(() => /^http:\S+$/m.exec(said)?.[0], { what: () => `an address in ${said}` });
      const consented = await fetch(address, { redirect: "manual" });
      return new URL(consented.headers.get("location") ?? "");
    },
    paste: (line: string) => void child.stdin.write(`${line}\n`),
  };
};

/** `ssh -L PORT:127.0.0.1:PORT`, from another machine: the same port at another address. */
const forward = async (port: number): Promise<string> => {
  const there = "127.0.0.2";
  const tunnel = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    near.pipe(far).pipe(near);
    for (const end of [near, far]) end.on("error", () => end.destroy());
  });
  await new Promise<void>((resolve) => tunnel.listen(port, there, resolve));
  onTestFinished(() => void tunnel.close());
  return there;
};

const browse = (address: URL, hostname: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const { port, pathname, search, host } = address;
    const asked = request({ hostname, port, path: `${pathname}${search}`, headers: { host } }, (response) => {
      response.resume().once("end", () => resolve(response.statusCode));
    });
    asked.once("error", reject).end();
  });

test("over a forwarded port: a token file for its owner alone, with which the service's own client writes", async () => {
  const { google, env, file, signIn } = await serverFor();
  google.oauth.testingMode(7 * 86_400);
  const talk = signIn();
  const back = await talk.consent();
  expect(talk.said()).toContain(`ssh -L ${back.port}:127.0.0.1:${back.port}`);
  expect(await browse(back, await forward(Number(back.port)))).toBe(200);
  expect(await talk.ended).toMatchObject({ code: 0, said: expect.stringContaining("It holds until") });
  expect((await stat(file)).mode & 0o777).toBe(0o600);

  const status = await avspark(["google", "status", "--json"], { env });
  expect(JSON.parse(status.stdout)).toMatchObject({
    ...{ file, expiresAt: expect.any(String) },
    calendars: expect.arrayContaining([expect.objectContaining({ id: primaryCalendar })]),
  });
  // Google has dropped the access token: another is fetched, and stands in the file afterwards.
  const { token: before } = JSON.parse(await readFile(file, "utf8"));
  google.oauth.expireAccessTokens();
  expect(await avspark(["google", "status"], { env })).toMatchObject({ code: 0 });
  const { token: after } = JSON.parse(await readFile(file, "utf8"));
  expect([typeof after, after === before]).toEqual(["string", false]);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const calls = google.calls.length;
  expect(await avspark(["google", "status"], { env })).toMatchObject({ code: 0 });
  expect(google.calls.slice(calls).map(({ method }) => method)).toEqual(["calendarList.list"]);

  // Nothing that opens the account is said anywhere.
  const { refresh_token: secret } = JSON.parse(await readFile(file, "utf8"));
  expect(talk.said() + status.stdout + status.stderr).not.toContain(secret);
});

test("by pasting the last address, whatever else is pasted before; a second sign-in takes the first one's place", async () => {
  const { file, signIn } = await serverFor();
  const first = signIn();
  const back = await first.consent();
  first.paste("what?");
  first.paste(`http://127.0.0.1:${back.port}/?state=somebody-elses&code=4/0A`);
  await until(() => first.said().split("not the address").length === 3);
  first.paste(`  "${back.href}" `);
  expect(await first.ended).toMatchObject({ code: 0 });
  const before = await readFile(file, "utf8");
  const second = signIn();
  second.paste((await second.consent()).href);
  expect(await second.ended).toMatchObject({ code: 0 });
  expect(await readFile(file, "utf8")).not.toBe(before);
});

test("what a browser, or somebody who has found the port, asks for besides does not end it", async () => {
  const { signIn } = await serverFor();
  const talk = signIn();
  const back = await talk.consent();
  for (const path of ["//?code=4/0AX&state=wrong", "/?state=wrong", "/favicon.ico", "http://[/?code=1"]) {
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(back.port), "127.0.0.1");
      socket.once("data", (chunk) => resolve(chunk.toString())).once("close", () => resolve("closed"));
      socket.end(`GET ${path} HTTP/1.1\r\nHost: ${back.host}\r\nConnection: close\r\n\r\n`);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 4/);
  }
  talk.paste(back.href);
  expect(await talk.ended).toMatchObject({ code: 0 });
});

test("declined: a sentence, and what was there stays", async () => {
  const { google, env, file, signIn } = await serverFor();
  google.oauth.consent("deny");
  const talk = signIn();
  talk.paste((await talk.consent()).href);
  expect(await talk.ended).toMatchObject({
    code: 1,
    said: expect.stringContaining("The sign-in to Google was declined."),
  });
  await expect(stat(file)).rejects.toThrow("ENOENT");
  expect(await avspark(["google", "status"], { env })).toMatchObject({
    ...{ code: 1, stdout: "", stderr: "The Google token file does not exist.\n" },
  });
});

test("signing out takes our own file away, and leaves another's", async () => {
  const { google, env, file, signIn } = await serverFor();
  const talk = signIn();
  talk.paste((await talk.consent()).href);
  await talk.ended;
  expect(await avspark(["google", "sign-out"], { env })).toMatchObject({ code: 0 });
  await expect(stat(file)).rejects.toThrow("ENOENT");
  await writeFile(file, JSON.stringify(google.tokenFile()));
  expect(await avspark(["google", "sign-out"], { env })).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("was not made by avspark google sign-in"),
  });
  await stat(file);
});

test("without an OAuth client, with a port that is none, and with one that is taken, it says so", async () => {
  const { env } = await serverFor();
  const { GOOGLE_OAUTH_CLIENT_ID: _, ...without } = env;
  expect(await avspark(["google", "sign-in"], { env: without })).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("GOOGLE_OAUTH_CLIENT_ID"),
  });
  expect(await avspark(["google", "sign-in", "--port", "x"], { env })).toMatchObject({ code: 2 });
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void taken.close());
  const at = taken.address();
  const port = typeof at === "object" && at !== null ? at.port : 0;
  const refused = await avspark(["google", "sign-in", "--port", String(port)], { env });
  expect(refused).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining(String(port)) });
  expect(refused.stderr).not.toContain("at ");
});
