import { X509Certificate } from "node:crypto";
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { request } from "node:https";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { addToken } from "../../src/main/adapters/tokens.ts";
import { readPair } from "../../src/main/doors/http/certificate.ts";
import { contract } from "../../src/shared/contract.ts";
import { problemKindOf } from "../../src/shared/testing/problem-kind.ts";
import { avspark } from "../cli/avspark.ts";
import { type Authority, type Certificate, createAuthority } from "../fixtures/certificates.ts";
import { folder } from "../fixtures/folder.ts";
import { serve, spawnServe } from "../fixtures/serve.ts";
import { until } from "../fixtures/until.ts";
import { type Answer, ask, expectFailure, expectSuccess } from "./ask.ts";
import { serviceFor, type TestService } from "./service.ts";
import { fogisMatch } from "./wire.ts";

/** An address of this machine that is not loopback. */
const outward = Object.values(networkInterfaces())
  .flatMap((all) => all ?? [])
  .find(({ internal, family }) => !internal && family === "IPv4")?.address;

let authority: Authority;
let [first, second, other]: Certificate[] = [];
beforeAll(async () => {
  authority = await createAuthority();
  const names = ["DNS:avspark.example.com", ...(outward === undefined ? [] : [`IP:${outward}`])] as const;
  [first, second] = [await authority.issue("first", ...names), await authority.issue("second", ...names)];
  other = await authority.issue("other", "DNS:other.example.com");
});
afterAll(() => authority.remove());

const given = (one: Certificate | undefined): Certificate => {
  if (one === undefined) throw new Error("There is no certificate.");
  return one;
};

/** Copies of a certificate's two files, to be renewed. */
const filesOf = async (one: Certificate | undefined) => {
  const [data, { cert, key }] = [await folder(), given(one)];
  const files = { cert: join(data, "cert.pem"), key: join(data, "key.pem") };
  await copyFile(cert, files.cert);
  await copyFile(key, files.key);
  const settings = { AVSPARK_HTTP_TLS_CERT_FILE: files.cert, AVSPARK_HTTP_TLS_KEY_FILE: files.key };
  const feeds = { AVSPARK_FEEDS_TLS_CERT_FILE: files.cert, AVSPARK_FEEDS_TLS_KEY_FILE: files.key };
  return { files, settings, feeds };
};

type Asked = {
  readonly host?: string;
  readonly servername?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A GET by TLS, by whoever trusts the authority. */
const askByTls = async (port: number, path: string, { host = "127.0.0.1", servername, headers = {} }: Asked = {}) => {
  const ca = await readFile(authority.ca);
  return new Promise<Answer>((resolve, reject) => {
    const options = { host, port, path, ca, headers, agent: false, servername: servername ?? "avspark.example.com" };
    request(options, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    })
      .on("error", reject)
      .end();
  });
};

/** The number of the certificate that whoever connects now is shown. */
const serialAt = (port: number): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", rejectUnauthorized: false }, () => {
      resolve(socket.getPeerX509Certificate()?.serialNumber ?? "");
      socket.destroy();
    }).on("error", reject);
  });
const serialOf = async (one: Certificate | undefined): Promise<string> =>
  new X509Certificate(await readFile(given(one).cert)).serialNumber;

const named = ({ folder: data }: Pick<TestService, "folder">): Readonly<Record<string, string>> => ({
  authorization: `Bearer ${addToken(data, { name: "Anna", role: "look", now: Date.now() })}`,
});

/** Until the service goes by a token that was just made. */
const admitted = (service: TestService, headers: Readonly<Record<string, string>>, at = "127.0.0.1") =>
  until(async () => (await askByTls(service.port, "/todo", { host: at, headers })).status === 200, {
    what: () => "a token that is known",
  });

describe("with a certificate", () => {
  it("TLS alone is spoken, by whatever name, and a token of one's own is taken from elsewhere", async () => {
    const { settings } = await filesOf(first);
    const service = await serviceFor({ AVSPARK_HTTP_HOST: "0.0.0.0", ...settings });
    expect(service.address).toBe(`https://0.0.0.0:${service.port}`);
    const headers = named(service);
    await admitted(service, headers, outward);
    const host = `avspark.example.com:${service.port}`;
    const own = { ...headers, host, origin: `https://${host}` };
    const answer = await askByTls(service.port, "/matches", { host: outward ?? "127.0.0.1", headers: own });
    expectSuccess(answer, contract.matches.output);
    expectFailure(await askByTls(service.port, "/matches", { headers: { host } }), "unauthorized");
    const strange = { ...headers, host, origin: `http://${host}` };
    expectFailure(await askByTls(service.port, "/matches", { headers: strange }), "origin-refused");
    await expect(ask(`http://127.0.0.1:${service.port}/health`)).rejects.toThrow();
  });

  it("that is renewed on the disk goes on with the new one, and with the old one until that is whole", async () => {
    const { settings, files } = await filesOf(first);
    const service = await serviceFor(settings);
    expect(await serialAt(service.port)).toBe(await serialOf(first));
    await copyFile(given(second).cert, files.cert);
    const told = (): readonly string[] => service.service.readings().alerts.map(({ cause }) => cause.kind);
    await until(() => told().includes("door"), { what: () => "a problem that is told" });
    const { health } = service.service.readings();
    expect(health).toMatchObject({ level: "warning", problem: { kind: "http-certificate" } });
    expect(await serialAt(service.port)).toBe(await serialOf(first));
    await copyFile(given(second).key, files.key);
    await until(async () => (await serialAt(service.port)) === (await serialOf(second)), { what: () => "the new one" });
    await until(() => service.service.readings().health.level === "ok", { what: () => "health" });
    expect((await askByTls(service.port, "/health")).status).toBe(200);
  });

  it("the command line knows the service by its very certificate, and sends no token to another", async () => {
    const { settings } = await filesOf(first);
    const token = "0123456789-a-long-token";
    const served = await serve({ AVSPARK_HTTP_TOKEN: token, ...settings }, { folder: await folder() });
    onTestFinished(async () => void (await served.stop()));
    const env = { AVSPARK_HTTP_TOKEN: token, AVSPARK_HTTP_PORT: new URL(served.address).port, ...settings };
    expect(await avspark(["status"], { env, cwd: served.folder })).toMatchObject({ code: 0 });
    const strange = { ...env, AVSPARK_HTTP_TLS_CERT_FILE: given(other).cert };
    const refused = await avspark(["status"], { env: strange, cwd: served.folder });
    expect(refused).toMatchObject({ code: 3, stderr: expect.stringContaining("CERT_MISMATCH") });
  });
});

describe("files that cannot be used", () => {
  const spoil: Readonly<Record<string, (files: Certificate) => Promise<void>>> = {
    "no certificate": ({ cert }) => writeFile(cert, "-----BEGIN CERTIFICATE-----"),
    "no key": ({ key }) => writeFile(key, ""),
    "the key of another": ({ key }) => copyFile(given(other).key, key),
  };

  it.each(Object.keys(spoil))(
    "%s: the door stays shut, all else goes on, and it opens when they are right",
    async (how) => {
      const { settings, files } = await filesOf(first);
      await spoil[how]?.(files);
      const data = await folder();
      const { child, ended, complaints } = spawnServe({ AVSPARK_LOG_LEVEL: "info", ...settings }, data);
      onTestFinished(async () => {
        child.kill("SIGTERM");
        await ended;
      });
      let said = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        said += text;
      });
      await until(() => complaints().includes("service started"), { what: () => `a service; it said ${complaints()}` });
      expect(complaints()).toMatch(/AVSPARK_HTTP_TLS_(CERT|KEY)_FILE.*Until then Avspark runs without HTTP/);
      expect(said).toBe("");
      await copyFile(given(first).cert, files.cert);
      await copyFile(given(first).key, files.key);
      await until(() => /listening on https:/.test(said), { what: () => "a door that opens" });
    },
  );

  it("are such as are missing, out of their time, or protected by a passphrase, too", async () => {
    const { files: named } = await filesOf(first);
    const settings = { cert: "AVSPARK_HTTP_TLS_CERT_FILE", key: "AVSPARK_HTTP_TLS_KEY_FILE" } as const;
    const files = { ...named, settings };
    const day = 86_400_000;
    const now = Date.now();
    expect(readPair(files, now).expiresAt).toBeGreaterThan(now);
    expect(problemKindOf(() => readPair(files, now + 10 * day))).toBe("http-certificate");
    expect(problemKindOf(() => readPair(files, now - 10 * day))).toBe("http-certificate");
    expect(problemKindOf(() => readPair({ ...files, key: `${files.key}.not` }, now))).toBe("http-certificate");
    expect(problemKindOf(() => readPair({ ...files, cert: `${files.cert}.not` }, now))).toBe("http-certificate");
  });
});

describe.skipIf(outward === undefined)("behind a proxy", () => {
  const names = { host: "avspark.example.com", origin: "https://avspark.example.com" };

  it("that is named, a token of one's own is taken over plain HTTP, by whatever name it asks for", async () => {
    const service = await serviceFor({ AVSPARK_HTTP_HOST: "0.0.0.0", AVSPARK_HTTP_PROXIES: `10.0.0.0/8, ${outward}` });
    const at = `http://${outward}:${service.port}`;
    const headers = { ...named(service), ...names };
    await until(async () => (await ask(`${at}/todo`, { headers })).status === 200, {
      what: () => "a token that is known",
    });
    expectFailure(await ask(`${at}/todo`, { headers: names }), "host-refused");
  });

  it("that is not named, it is refused", async () => {
    const service = await serviceFor({ AVSPARK_HTTP_HOST: "0.0.0.0", AVSPARK_HTTP_PROXIES: "10.0.0.0/8" });
    const { authorization = "" } = named(service);
    const local = `http://127.0.0.1:${service.port}/todo`;
    await until(async () => (await ask(local, { headers: { authorization } })).status === 200);
    const answer = await ask(`http://${outward}:${service.port}/todo`, { headers: { authorization } });
    expectFailure(answer, "encryption-required");
  });
});

describe("the address of calendars alone", () => {
  const listener = { AVSPARK_FEEDS_HOST: "127.0.0.1", AVSPARK_FEEDS_PORT: "0" };
  const competition = { kind: "competition", id: null, name: "Provserien" };
  /** What a calendar is to be followed by. */
  const feedOf = async ({ address }: TestService): Promise<URL> => {
    const answer = await ask(`${address}/make-feed`, { method: "POST", body: { for: competition } });
    const [feed] = expectSuccess(answer, contract.makeFeed.output).feeds;
    return new URL(feed?.address ?? "");
  };
  const told = (service: TestService): readonly string[] =>
    service.service.readings().alerts.flatMap(({ cause, state }) => (state.name === "resolved" ? [] : [cause.kind]));
  const serve = async (feeds: Readonly<Record<string, string>>): Promise<TestService> => {
    const service = await serviceFor({ ...listener, ...feeds });
    const match = fogisMatch(1, { tavlingnamn: competition.name });
    await ask(`${service.address}/manual-sync`, { method: "POST", body: { matches: [match] } });
    return service;
  };

  it("speaks TLS alone with a certificate, and goes on with a renewed one when that is whole", async () => {
    const { feeds, files } = await filesOf(first);
    const service = await serve(feeds);
    const { protocol, port, pathname } = await feedOf(service);
    expect(protocol).toBe("https:");
    expect(await askByTls(Number(port), pathname)).toMatchObject({
      status: 200,
      text: expect.stringContaining("BEGIN:VEVENT"),
    });
    await expect(ask(`http://127.0.0.1:${port}${pathname}`)).rejects.toThrow();
    await copyFile(given(second).cert, files.cert);
    await until(() => told(service).includes("feeds-door"), { what: () => "a problem that is told" });
    expect(await serialAt(Number(port))).toBe(await serialOf(first));
    await copyFile(given(second).key, files.key);
    await until(async () => (await serialAt(Number(port))) === (await serialOf(second)), { what: () => "the new one" });
    await until(() => !told(service).includes("feeds-door"), { what: () => "that all is well" });
  });

  it("stays shut with files that cannot be used, says so, and opens when they are right", async () => {
    const { feeds, files } = await filesOf(first);
    await copyFile(given(other).key, files.key);
    const service = await serve(feeds);
    await until(() => told(service).includes("feeds-door"), { what: () => "a problem that is told" });
    const [alert] = service.service.readings().alerts;
    expect(alert?.cause).toMatchObject({ problem: { kind: "http-certificate", at: "AVSPARK_FEEDS_TLS_KEY_FILE" } });
    await copyFile(given(first).key, files.key);
    await until(() => !told(service).includes("feeds-door"), { what: () => "a listener that opens" });
    const { port, pathname } = await feedOf(service);
    expect((await askByTls(Number(port), pathname)).status).toBe(200);
  });
});
