import { hostname } from "node:os";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contract } from "../../src/shared/contract.ts";
import { until } from "../fixtures/until.ts";
import { ask, expectCalm, expectFailure, expectSuccess, sendBytes } from "./ask.ts";
import { openDoor } from "./door.ts";
import { serviceFor, startService, type TestService } from "./service.ts";
import { guideMatch, updateOf, updates } from "./wire.ts";

it("tells a stranger how the service does, but not where its servers are", async () => {
  const token = "a-token-of-twenty-signs";
  const service = await serviceFor({ AVSPARK_HTTP_TOKEN: token });
  await service.redis.close();
  const health = async (headers: Record<string, string>) =>
    contract.health.output.parse(JSON.parse((await ask(`${service.address}/health`, { headers })).text)).health;
  const trusted = { authorization: `Bearer ${token}` };
  await until(async () => (await health(trusted)).level !== "ok", { what: () => "that Redis is missed" });
  const whole = await health(trusted);
  const shown = await health({});
  expect(shown.level).toBe(whole.level);
  expect(whole.level === "ok" ? "" : whole.problem.message).toContain("127.0.0.1");
  expect(JSON.stringify(shown)).not.toContain("127.0.0.1");
});

describe("the guard", () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService({ AVSPARK_MAX_MESSAGE_MB: "16" });
  });
  afterAll(() => service.close());

  const status = (headers: Record<string, string>) => ask(`${service.address}/redis-status`, { headers });
  const test = (headers: Record<string, string>, body?: string) =>
    ask(`${service.address}/redis-test`, { method: "POST", headers, ...(body === undefined ? {} : { body }) });

  describe("knows its own names alone (DNS rebinding)", () => {
    it.each(["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])("answers to %s", async (name) => {
      expectSuccess(await status({ host: `${name}:${service.port}` }), contract.redisStatus.output);
    });

    it.each([
      "attacker.example",
      "attacker.example:PORT",
      "127.0.0.1.attacker.example:PORT",
      "localhost.attacker.example:PORT",
      "localhost",
      "127.0.0.1",
      "localhost:1",
      "localhost:PORT.attacker.example",
      "user@localhost:PORT",
      "127.0.0.2:PORT",
      "0.0.0.0:PORT",
      "[::ffff:127.0.0.1]:PORT",
      `${hostname()}.attacker.example:PORT`,
    ])("refuses the Host %j", async (host) => {
      expectFailure(await status({ host: host.replace("PORT", String(service.port)) }), "host-refused");
    });

    it("refuses a request without Host, whatever its version", async () => {
      for (const line of ["HTTP/1.0", "HTTP/1.1", "HTTP/1.1\r\nHost:"]) {
        const answer = await sendBytes(service.address, `GET /health ${line}\r\nConnection: close\r\n\r\n`);
        expect(answer).toMatch(/^HTTP\/1\.1 421 /);
        expect(answer).toContain('"code":"host-refused"');
      }
    });

    it("refuses it on every path, there or not", async () => {
      for (const path of ["/health", "/docs", "/nothing", "/matches/%zz", "/events"]) {
        const { status: code } = await ask(service.address + path, { headers: { host: "attacker.example" } });
        expect([400, 421]).toContain(code);
      }
    });
  });

  describe("refuses what a web page of another origin sends", () => {
    it.each([
      "https://attacker.example",
      "http://localhost:1",
      "http://localhost",
      "http://localhost:PORT.attacker.example",
      "https://localhost:PORT",
      "http://127.0.0.1:PORT",
      "file://",
      "null",
      "",
    ])("the Origin %j", async (origin) => {
      const headers = { host: `localhost:${service.port}`, origin: origin.replace("PORT", String(service.port)) };
      expectFailure(await status(headers), "origin-refused");
      expectFailure(await test(headers), "origin-refused");
    });

    it.each(["cross-site", "same-site", "strange"])("Sec-Fetch-Site: %s", async (site) => {
      expectFailure(await status({ "sec-fetch-site": site }), "origin-refused");
      expectFailure(await test({ "sec-fetch-site": site }), "origin-refused");
    });

    it("and answers its own page, and an address a person typed", async () => {
      const host = `localhost:${service.port}`;
      const own = { host, origin: `http://${host}`, "sec-fetch-site": "same-origin" };
      expectSuccess(await status(own), contract.redisStatus.output);
      expectSuccess(await test(own), contract.redisTest.output);
      expectSuccess(await status({ host, "sec-fetch-site": "none" }), contract.redisStatus.output);
    });

    it("a preflight learns nothing that would let it through", async () => {
      const answer = await ask(`${service.address}/manual-sync`, {
        method: "OPTIONS",
        headers: { origin: "https://attacker.example", "access-control-request-method": "POST" },
      });
      expectFailure(answer, "origin-refused");
      const own = await ask(`${service.address}/manual-sync`, { method: "OPTIONS" });
      expect(own.status).toBe(204);
      expect(own.headers.allow).toBe("POST, OPTIONS");
      expectCalm(own);
    });
  });

  describe("takes POST only as JSON", () => {
    it.each([
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "application/jsonp",
      "application/json; charset=latin1",
      "text/plain; application/json",
      "application/json, text/plain",
    ])("refuses %s", async (type) => {
      expectFailure(await test({ "content-type": type }, "{}"), "unsupported-media-type");
    });

    it("refuses a body of no type", async () => {
      expectFailure(await test({}, "{}"), "unsupported-media-type");
      expectFailure(await test({ "transfer-encoding": "chunked" }, "{}"), "unsupported-media-type");
    });

    it.each(["application/json", "application/json; charset=utf-8", "APPLICATION/JSON;charset=UTF-8"])(
      "takes %s",
      async (type) => {
        expectSuccess(await test({ "content-type": type }, "{}"), contract.redisTest.output);
      },
    );

    it("takes no body at all where there is no input, with a type or without", async () => {
      expectSuccess(await test({}), contract.redisTest.output);
      expectSuccess(await test({ "content-length": "0" }), contract.redisTest.output);
      expectSuccess(await test({ "content-type": "application/json" }, ""), contract.redisTest.output);
    });
  });

  describe("limits", () => {
    const megabyte = 1024 * 1024;
    const head = (length: number) =>
      `POST /manual-sync HTTP/1.1\r\nHost: ${new URL(service.address).host}\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n`;

    it("takes a body of 16 MB", async () => {
      const matches = JSON.stringify({ matches: [guideMatch(5)] });
      const body = matches + " ".repeat(16 * megabyte - matches.length);
      const headers = { "content-type": "application/json" };
      const answer = await ask(`${service.address}/manual-sync`, { method: "POST", body, headers });
      expect(expectSuccess(answer, contract.manualSync.output).matches_processed).toBe(1);
    });

    it("refuses a byte more from its length alone, before it is sent", async () => {
      const answer = await sendBytes(service.address, head(16 * megabyte + 1));
      expect(answer).toMatch(/^HTTP\/1\.1 413 /);
      expect(answer).toContain('"code":"too-large"');
      expect(answer).toContain("larger than 16 MB (AVSPARK_MAX_MESSAGE_MB)");
    });

    it("refuses it as well when the length is not told", async () => {
      const chunked = head(0).replace("Content-Length: 0", "Transfer-Encoding: chunked");
      const chunk = `100000\r\n${" ".repeat(megabyte)}\r\n`;
      const answer = await sendBytes(service.address, chunked + chunk.repeat(17));
      // Who sends on without reading may find the line cut before the answer arrives.
      if (answer !== "") expect(answer).toMatch(/^HTTP\/1\.1 413 /);
      expectSuccess(await status({}), contract.redisStatus.output);
    });

    it("refuses a head of more than 16 KB", async () => {
      const answer = await sendBytes(service.address, `GET /health HTTP/1.1\r\nX: ${"x".repeat(17_000)}\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1\.1 431 /);
      expect(answer).toContain('"code":"too-large"');
    });

    it("says of an address with letters beyond ASCII how they are written", async () => {
      const answer = await sendBytes(service.address, "GET /matches?search=Skövde HTTP/1.1\r\nHost: x\r\n\r\n");
      expect(answer).toMatch(/^HTTP\/1\.1 400 /);
      expect(answer).toContain("must be percent-encoded in an address");
      const nonsense = await sendBytes(service.address, "Skövde\r\n\r\n");
      expect(nonsense).toContain("This is not an HTTP request.");
    });

    it("asks a script that runs wild to wait", async () => {
      const answers = await Promise.all(
        Array.from({ length: 70 }, () =>
          ask(`${service.address}/log-level`, { method: "POST", body: { level: "info" } }),
        ),
      );
      const refused = answers.filter(({ status: code }) => code === 429);
      expect(refused.length).toBeGreaterThanOrEqual(5);
      for (const answer of refused) {
        expectFailure(answer, "rate-limited");
        expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
      }
      // One action's limit is not another's, and reading has none.
      expectSuccess(await ask(`${service.address}/checks`, { method: "POST" }), contract.checks.output);
      expectSuccess(await status({}), contract.redisStatus.output);
    });
  });

  describe("methods", () => {
    it.each([
      ["PUT", "/redis-status", "GET, HEAD, OPTIONS"],
      ["POST", "/redis-status", "GET, HEAD, OPTIONS"],
      ["DELETE", "/matches/1", "GET, HEAD, OPTIONS"],
      ["GET", "/redis-restart", "POST, OPTIONS"],
      ["HEAD", "/events", "GET, OPTIONS"],
    ])("%s %s is told what there is", async (method, path, allow) => {
      const answer = await ask(service.address + path, { method });
      expect(answer.status).toBe(405);
      expect(answer.headers.allow).toBe(allow);
      if (method !== "HEAD") expectFailure(answer, "method-not-allowed");
    });

    it("HEAD answers as GET does, without the content", async () => {
      for (const path of ["/redis-status", "/matches", "/calendar.ics", "/docs", "/health", "/openapi.json"]) {
        const head = await ask(service.address + path, { method: "HEAD" });
        expect(head.status).toBe(200);
        expect(head.text).toBe("");
        // All matches are sent by pieces, whose length nobody knows before.
        if (path !== "/matches") expect(Number(head.headers["content-length"])).toBeGreaterThan(0);
        expectCalm(head);
      }
    });

    it("says of an address that is none that it is none", async () => {
      for (const path of ["/", "/redis-status/", "/../etc/passwd", "/docs/page.html", "//health", "/%00"])
        expectFailure(await ask(service.address + path), "not-found");
      expectFailure(await ask(`${service.address}/matches/%zz`), "input-invalid");
      expectFailure(await ask(`${service.address}/matches/${"9".repeat(1000)}`), "input-invalid");
    });
  });

  it("answers what is no HTTP at all in the same shape", async () => {
    for (const bytes of [
      "hello\r\n\r\n",
      "GET / HTTP/9.9\r\n\r\n",
      "\u0016\u0003\u0001",
      "GET /health HTTP/1.1\r\nBad Header: x\r\n\r\n",
    ]) {
      const answer = await sendBytes(service.address, bytes);
      expect(answer).toMatch(/^HTTP\/1\.1 400 /);
      expect(answer).toContain('"success":false');
      expect(answer).toContain('"code":"input-invalid"');
    }
  });

  it("keeps what was sent, secrets and contact data out of its errors and its log", async () => {
    const secrets = ["hunter2-secret", "0701234567", "person@example.com"];
    const [secret, phone, email] = secrets;
    const match = { matchid: {}, domare: secret, telefon: phone, epost: email };
    const answers = [
      await ask(`${service.address}/manual-sync`, { method: "POST", body: { matches: [match] } }),
      await ask(`${service.address}/manual-sync`, { method: "POST", body: { [`${secret}`]: email } }),
      await ask(`${service.address}/manual-sync`, { method: "POST", body: { matches: email } }),
      await ask(`${service.address}/manual-sync`, {
        method: "POST",
        body: `{"${secret}": ${phone} ${email}`,
        headers: { "content-type": "application/json" },
      }),
      await ask(`${service.address}/messages?cursor=${secret}`),
      await ask(`${service.address}/messages?type=${secret}`),
      await ask(`${service.address}/matches/${secret}`),
      await ask(`${service.address}/${secret}`),
      await ask(`${service.address}/health`, { headers: { host: `${secret}.example` } }),
      await ask(`${service.address}/health`, { headers: { origin: `https://${secret}.example` } }),
    ];
    for (const answer of answers) {
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      for (const word of secrets) expect(answer.text).not.toContain(word);
      expectCalm(answer);
    }
    for (const line of service.logged) for (const word of secrets) expect(line).not.toContain(word);
  });

  it("shows contact data in messages only to who asks for it", async () => {
    const { total_messages_received: before } = expectSuccess(
      await ask(`${service.address}/redis-stats`),
      contract.redisStats.output,
    ).statistics.statistics.subscription_stats;
    await service.redis.publish(
      updates,
      updateOf([
        {
          matchid: 77,
          lag1namn: "A",
          lag2namn: "B",
          domaruppdraglista: [{ personnamn: "Prov Domare", mobiltelefon: "0700000009" }],
        },
      ]),
    );
    await service.received(before + 1);
    const { messages } = expectSuccess(await ask(`${service.address}/messages?limit=1`), contract.messages.output);
    const path = `${service.address}/messages/${messages[0]?.id}`;
    expect(expectSuccess(await ask(path), contract.message.output).payload).not.toContain("0700000009");
    expect(expectSuccess(await ask(`${path}?personal=true`), contract.message.output).payload).toContain("0700000009");
  });

  it("a failure that nobody foresaw says so, and nothing more", async () => {
    const gaps = () => Promise.reject(new TypeError("a secret at /home/somebody/file.ts"));
    const other = await openDoor(service, { handlers: { gaps } });
    try {
      const answer = await ask(`${other.address}/gaps`);
      expect(expectFailure(answer, "internal").error).not.toContain("secret");
      const line = service.logged.find((text) => text.includes("a request failed unexpectedly"));
      expect(line).toContain("/gaps");
      expect(line).toContain("TypeError");
      expect(line).not.toContain("secret");
    } finally {
      await other.close();
    }
  });
});
