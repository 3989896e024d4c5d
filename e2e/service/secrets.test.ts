import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { strFromU8, unzipSync } from "fflate";
import { expect, type TestContext, test } from "vitest";
import { configFields, type SettingName, settingNameSchema } from "../../src/shared/config.ts";
import { contract } from "../../src/shared/contract.ts";
import { avspark } from "../cli/avspark.ts";
import { folder } from "../fixtures/folder.ts";
import { freePort } from "../fixtures/redis.ts";
import { startService } from "../fixtures/service.ts";
import { eventually } from "./world.ts";

/** Secrets of any characters in every field that can hold one, looked for in all that a service and a command line say. */

const mark = "Qxtoken";
const marks = fc.string({ unit: fc.constantFrom(..."/#?%@:&=+[]\\\"'$ 12åß\u{1f600}"), maxLength: 6 });
const [secretOf = "", urlOf = "", queryOf = ""] = fc
  .sample(fc.tuple(marks, marks), 3)
  .map(([before, after]) => `${before}${mark}${after}`);
/** A header takes no more than this. */
const bearer = `${mark}-0123456789/+=~.`;

const shows = (text: string): boolean =>
  [text, decoded(text), Buffer.from(text, "utf8").toString("latin1")].some((each) => each.includes(mark));
const decoded = (text: string): string =>
  text.replace(/%[0-9a-f]{2}/gi, (code) => String.fromCharCode(Number(`0x${code.slice(1)}`)));

/** Refuses whatever it is asked, and repeats all that it was told. */
const startParrot = async ({ onTestFinished }: TestContext) => {
  const heard: string[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    const { url = "", headers } = request;
    const sent = Buffer.from((headers.authorization ?? "").replace(/^Basic /, ""), "base64").toString();
    heard.push(`${decodeURIComponent(url)} ${sent}`);
    const elsewhere = url.startsWith("/moved") ? { location: `http://elsewhere.example${url}` } : {};
    response.writeHead(url.startsWith("/moved") ? 302 : 403, { "content-type": "text/plain", ...elsewhere });
    response.end(`No: ${url} ${sent} ${headers.authorization ?? ""}`);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { heard, host: `127.0.0.1:${port}` };
};

/** All files below a folder, as bytes read one for one; packed ones unpacked. */
const filesIn = async (path: string): Promise<readonly (readonly [name: string, text: string])[]> => {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const bytes = await readFile(join(entry.parentPath, entry.name));
        const plain = entry.name.endsWith(".gz") ? gunzipSync(bytes) : bytes;
        return [entry.name, plain.toString("latin1")] as const;
      }),
  );
};

test("a secret of any characters, in any field, is in nothing that a running service says or keeps", async (context) => {
  const parrot = await startParrot(context);
  const password = encodeURIComponent(urlOf);
  const query = encodeURIComponent(queryOf);
  const settings: Partial<Record<SettingName, string>> = {
    REDIS_URL: `redis://desk:${password}@127.0.0.1:${await freePort()}/0`,
    AVSPARK_MATCHES_URL: `http://desk:${password}@${parrot.host}/moved?token=${query}`,
    AVSPARK_CLUSTER_URL: `redis://desk:${password}@127.0.0.1:${await freePort()}/0`,
    AVSPARK_DESK: "skane",
    AVSPARK_SERVICE_TOKEN: bearer,
    AVSPARK_CALENDARS: "ics,google,caldav",
    CALDAV_URL: `http://desk:${password}@${parrot.host}/dav/?key=${query}`,
    CALDAV_PASSWORD: secretOf,
    AVSPARK_CONTACTS: "carddav",
    CARDDAV_URL: `http://desk:${password}@${parrot.host}/people/?key=${query}`,
    CARDDAV_PASSWORD: secretOf,
    GOOGLE_OAUTH_CLIENT_SECRET: secretOf,
    GOOGLE_CALENDAR_ID: "primary",
    GOOGLE_API_ROOT: `http://desk:${password}@${parrot.host}/google?key=${query}`,
    AVSPARK_FEEDS_URL: `http://desk:${password}@feeds.example.com/?key=${query}`,
    AVSPARK_NOTIFY_WEBHOOK: `http://desk:${password}@${parrot.host}/hook/${query}?token=${query}`,
    AVSPARK_SMTP_URL: `smtp://anna%40example.com:${password}@127.0.0.1:${await freePort()}`,
    AVSPARK_NOTIFY_MAIL_TO: "bo@example.com",
    AVSPARK_HTTP_TOKEN: bearer,
    AVSPARK_LOG_LEVEL: "trace",
  };
  const mayHold = settingNameSchema.options.filter((name) => configFields[name].secret !== false);
  const authorization = { authorization: `Bearer ${bearer}` };
  const service = await startService(settings);
  context.onTestFinished(async () => void (await service.close()));
  const said = new Map<string, string>();
  const ask = async (method: string, path: string, body?: object): Promise<void> => {
    const answer = await fetch(`${service.address()}${path}`, {
      method,
      headers: { ...authorization, "content-type": "application/json" },
      ...(method === "POST" && { body: JSON.stringify(body ?? {}) }),
    });
    said.set(`${method} ${path}`, `${JSON.stringify([...answer.headers])} ${await answer.text()}`);
  };
  for (const start of ["/dav", "/people"])
    await eventually(() => parrot.heard.some((line) => line.startsWith(start)), { what: () => `${start} is asked` });
  await Promise.all(["/redis-test", "/fetch-matches", "/checks", "/notify-test"].map((path) => ask("POST", path)));
  await ask("POST", "/manual-sync", { matches: [{ matchid: 1, datum: "2027-05-06", tid: "15:00" }] });
  await ask("POST", "/sync");
  for (const { http, input } of Object.values(contract))
    if (http?.method === "GET" && input.safeParse({}).success) await ask("GET", http.path);
  for (const path of ["/metrics", "/openapi.json", "/docs", "/calendar.ics"]) await ask("GET", path);

  const env = { ...settings, AVSPARK_HTTP_PORT: new URL(service.address()).port, AVSPARK_DATA_DIR: service.folder };
  const cwd = await folder();
  const commands = [
    ["config"],
    ["config", "--json"],
    ["status"],
    ["check"],
    ["alerts", "--all"],
    ["todo"],
    ["notify", "test"],
    ["notify", "status"],
    ["bundle", "b.zip"],
  ];
  for (const args of commands) {
    const { stdout, stderr } = await avspark(args, { env, cwd });
    said.set(`avspark ${args.join(" ")}`, `${stdout}${stderr}`);
  }
  for (const [name, bytes] of Object.entries(unzipSync(await readFile(join(cwd, "b.zip")))))
    said.set(`bundle ${name}`, strFromU8(bytes));
  said.set("standard error", service.complaints());
  for (const [name, text] of await filesIn(service.folder)) said.set(`file ${name}`, text);

  // They were used, so they could have been said.
  expect(parrot.heard.some((line) => line.includes(urlOf))).toBe(true);
  expect(parrot.heard.some((line) => line.includes(queryOf))).toBe(true);
  expect(parrot.heard.some((line) => line.startsWith("/hook"))).toBe(true);
  expect(mayHold.filter((name) => settings[name] === undefined)).toEqual([]);
  expect(said.size).toBeGreaterThan(40);
  expect([...said].filter(([, text]) => shows(text)).map(([where]) => where)).toEqual([]);
});

test("nor does a start that fails on a field repeat what stands in it, however it is written there", async () => {
  const cwd = await folder();
  const env = Object.fromEntries(
    settingNameSchema.options
      .filter((name) => configFields[name].secret !== false)
      .map((name) => [name, `redis+ftp://desk:${urlOf}@h:99999/a/b?token=${queryOf}#${secretOf}`]),
  );
  for (const args of [["serve"], ["config"], ["check"], ["status"]]) {
    const { code, stdout, stderr } = await avspark(args, { cwd, env: { ...env, AVSPARK_DATA_DIR: join(cwd, "data") } });
    expect(shows(`${stdout}${stderr}`), args.join(" ")).toBe(false);
    if (args[0] === "serve") expect({ code, said: stderr.includes("REDIS_URL") }).toEqual({ code: 2, said: true });
  }
});
