import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { contract } from "../../src/shared/contract.ts";
import { ask, expectFailure, expectSuccess } from "./ask.ts";
import { openDoor } from "./door.ts";
import { serviceFor } from "./service.ts";

const token = "0123456789-a-long-token";
const bearer = (given: string) => ({ authorization: `Bearer ${given}` });

const folderFor = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), "avspark-places-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

/** An address of this machine that others could reach. */
const outward = Object.values(networkInterfaces())
  .flatMap((all) => all ?? [])
  .find(({ internal, family }) => !internal && family === "IPv4")?.address;

describe("where it listens", () => {
  it("on loopback it answers IPv4 and IPv6 on one port, and nobody else", async () => {
    const { address, port } = await serviceFor();
    expect(address).toBe(`http://127.0.0.1:${port}`);
    for (const host of ["127.0.0.1", "[::1]", "localhost"])
      expectSuccess(await ask(`http://${host}:${port}/health`), contract.health.output);
    if (outward !== undefined) await expect(ask(`http://${outward}:${port}/health`)).rejects.toThrow("ECONNREFUSED");
  });

  it("::1 works as well", async () => {
    const { address, port } = await serviceFor({ AVSPARK_HTTP_HOST: "::1" });
    expect(address).toBe(`http://[::1]:${port}`);
    expectSuccess(await ask(`${address}/health`), contract.health.output);
    expectSuccess(await ask(`http://127.0.0.1:${port}/health`), contract.health.output);
  });

  it("beyond this machine nobody is let in without a token, from wherever they come", async () => {
    const service = await serviceFor();
    const door = await openDoor(service, { host: "0.0.0.0" });
    onTestFinished(door.close);
    const { port } = new URL(door.address);
    for (const host of ["127.0.0.1", outward ?? "127.0.0.1"]) {
      expectFailure(await ask(`http://${host}:${port}/redis-status`), "unauthorized");
      expectFailure(await ask(`http://${host}:${port}/redis-status`, { headers: bearer(token) }), "unauthorized");
      expectSuccess(await ask(`http://${host}:${port}/health`), contract.health.output);
    }
  });

  it("says that the port is taken, and by which setting another is chosen", async () => {
    const service = await serviceFor();
    const opening = openDoor(service, { port: service.port });
    await expect(opening).rejects.toMatchObject({
      problem: { kind: "port-taken", message: expect.stringContaining("AVSPARK_HTTP_PORT") },
    });
  });

  it("does not take a port of which somebody else has the other family", async () => {
    const service = await serviceFor();
    const other = createServer();
    await new Promise<void>((resolve) => void other.listen(0, "::1", resolve));
    onTestFinished(() => void other.close());
    const taken = other.address();
    const port = typeof taken === "object" ? (taken?.port ?? 0) : 0;
    const opening = openDoor(service, { port });
    await expect(opening).rejects.toMatchObject({ problem: { kind: "port-taken" } });
    // Nothing is left listening after that.
    await expect(ask(`http://127.0.0.1:${port}/health`)).rejects.toThrow("ECONNREFUSED");
  });

  it("says of an address that is not ours that it is not", async () => {
    const service = await serviceFor();
    const opening = openDoor(service, { host: "192.0.2.1", token });
    await expect(opening).rejects.toMatchObject({ problem: { kind: "listen-failed" } });
  });
});

describe("a Unix socket", () => {
  it("is there beside the port, for this user alone, and asks for no name", async () => {
    const path = join(await folderFor(), "avspark.sock");
    const service = await serviceFor({ AVSPARK_HTTP_SOCKET: path });
    const answer = await ask("http://anything/redis-status", { socketPath: path });
    expectSuccess(answer, contract.redisStatus.output);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expectSuccess(await ask(`${service.address}/health`), contract.health.output);
    const page = { origin: "https://attacker.example" };
    expectFailure(await ask("http://anything/health", { socketPath: path, headers: page }), "origin-refused");
  });

  it("asks for the token as the port does", async () => {
    const path = join(await folderFor(), "avspark.sock");
    await serviceFor({ AVSPARK_HTTP_SOCKET: path, AVSPARK_HTTP_TOKEN: token });
    expectFailure(await ask("http://x/redis-status", { socketPath: path }), "unauthorized");
    const answer = await ask("http://x/redis-status", { socketPath: path, headers: bearer(token) });
    expectSuccess(answer, contract.redisStatus.output);
  });

  it("replaces what a killed process left, but no other file and no socket in use", async () => {
    const folder = await folderFor();
    const path = join(folder, "avspark.sock");
    const service = await serviceFor({ AVSPARK_HTTP_SOCKET: path });
    const open = (socket: string) => openDoor(service, { socket });
    await expect(open(path)).rejects.toMatchObject({ problem: { kind: "port-taken" } });
    expectSuccess(await ask("http://x/health", { socketPath: path }), contract.health.output);

    const file = join(folder, "notes.txt");
    await writeFile(file, "mine");
    await expect(open(file)).rejects.toMatchObject({ problem: { kind: "listen-failed" } });
    await expect(open(join(folder, "nowhere", "x.sock"))).rejects.toMatchObject({ problem: { kind: "listen-failed" } });

    const left = join(folder, "left.sock");
    await leaveSocket(left);
    const door = await open(left);
    onTestFinished(door.close);
    expectSuccess(await ask("http://x/health", { socketPath: left }), contract.health.output);
  });
});

describe("the token", () => {
  it("is demanded by every address that tells or does something", async () => {
    const { address } = await serviceFor({ AVSPARK_HTTP_TOKEN: token });
    for (const path of [
      "/redis-status",
      "/matches",
      "/messages",
      "/calendar.ics",
      "/events",
      "/metrics",
      "/ready",
      "/openapi.json",
    ]) {
      const answer = await ask(address + path);
      expectFailure(answer, "unauthorized");
      expect(answer.headers["www-authenticate"]).toBe("Bearer");
    }
    for (const path of ["/manual-sync", "/redis-restart"]) {
      expectFailure(await ask(address + path, { method: "POST", body: {} }), "unauthorized");
    }
    expectSuccess(await ask(`${address}/health`), contract.health.output);
    expect((await ask(`${address}/docs`)).status).toBe(200);
  });

  it.each([
    ["another", "Bearer 0123456789-a-long-tokem"],
    ["a shorter", "Bearer 0123456789-a-long-toke"],
    ["a longer", `Bearer ${token}1`],
    ["no", "Bearer "],
    ["the token twice", `Bearer ${token} ${token}`],
    ["Basic", `Basic ${Buffer.from(`user:${token}`).toString("base64")}`],
    ["the bare", token],
  ])("refuses %s token", async (_which, authorization) => {
    const { address } = await serviceFor({ AVSPARK_HTTP_TOKEN: token });
    const answer = await ask(`${address}/redis-status`, { headers: { authorization } });
    expectFailure(answer, "unauthorized");
    expect(answer.text).not.toContain(token);
  });

  it("lets in who has it, and is never in a query, an answer or the log", async () => {
    const { address, logged } = await serviceFor({ AVSPARK_HTTP_TOKEN: token });
    const answer = await ask(`${address}/redis-status`, { headers: bearer(token) });
    expectSuccess(answer, contract.redisStatus.output);
    expectSuccess(
      await ask(`${address}/redis-status`, { headers: { authorization: `bearer ${token}` } }),
      contract.redisStatus.output,
    );
    expectFailure(await ask(`${address}/redis-status?token=${token}`), "unauthorized");
    const document = await ask(`${address}/openapi.json`, { headers: bearer(token) });
    expect(JSON.parse(document.text)).toMatchObject({ security: [{ token: [] }] });
    for (const text of [answer.text, document.text, ...logged]) expect(text).not.toContain(token);
  });

  it("is no pass for a web page", async () => {
    const { address } = await serviceFor({ AVSPARK_HTTP_TOKEN: token });
    const headers = { ...bearer(token), origin: "https://attacker.example" };
    expectFailure(await ask(`${address}/redis-status`, { headers }), "origin-refused");
    expectFailure(
      await ask(`${address}/redis-status`, { headers: { ...bearer(token), host: "attacker.example" } }),
      "host-refused",
    );
  });

  it("lets a service that listens everywhere go by any name", async () => {
    const { port } = await serviceFor({ AVSPARK_HTTP_HOST: "0.0.0.0", AVSPARK_HTTP_TOKEN: token });
    const at = `http://${outward ?? "127.0.0.1"}:${port}`;
    const named = { ...bearer(token), host: `avspark:${port}` };
    expectSuccess(await ask(`${at}/redis-status`, { headers: named }), contract.redisStatus.output);
    expectFailure(await ask(`${at}/redis-status`, { headers: { host: `avspark:${port}` } }), "host-refused");
    expectFailure(await ask(`${at}/redis-status`), "unauthorized");
    expectSuccess(await ask(`${at}/health`), contract.health.output);
  });
});

/** A socket file whose process was killed. */
const leaveSocket = async (path: string): Promise<void> => {
  const script = `require("node:net").createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, "SIGKILL"))`;
  const child = spawn(process.execPath, ["-e", script]);
  await once(child, "exit");
  await stat(path);
};
