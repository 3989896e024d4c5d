import { expect, type TestContext, test } from "vitest";
import { avspark } from "../cli/avspark.ts";
import { folder } from "../fixtures/folder.ts";
import { headerOf, mailPassword as password } from "../fixtures/mail-server.ts";
import { startRedis } from "../fixtures/redis.ts";
import { startService } from "../fixtures/service.ts";
import { until } from "../fixtures/until.ts";
import { startHook, startMailServer } from "./servers.ts";

const alert = (text: string, severity = "critical"): string =>
  JSON.stringify({ type: "system_alert", payload: { alert_type: "stop", severity, message: text } });

const aboutOf = ({
  body,
}: {
  readonly body: unknown;
}): { readonly id: string; readonly about: string; readonly title: string } => {
  const { id, about, title } = Object(body);
  return { id: String(id), about: String(about), title: String(title) };
};

/** The service as it is served, with everything that notices leave by. */
const serviceWith = async (settings: Readonly<Record<string, string>>, onClose: TestContext["onTestFinished"]) => {
  const redis = await startRedis();
  onClose(redis.close);
  const service = await startService({ REDIS_URL: redis.url, AVSPARK_LANGUAGE: "sv", ...settings });
  onClose(async () => void (await service.close()));
  const isLive = async (): Promise<boolean> => (await service.connection()).state === "live";
  await until(isLive);
  return { redis, service, isLive };
};

test("an alert and a match are told once, by webhook and by e-mail; a trial says whether they work", async ({
  onTestFinished,
}) => {
  const hook = await startHook();
  const mail = await startMailServer();
  const settings = {
    AVSPARK_NOTIFY_WEBHOOK: hook.url,
    AVSPARK_SMTP_URL: `smtp://anna%40example.com:${encodeURIComponent(password)}@127.0.0.1:${mail.port}`,
    AVSPARK_NOTIFY_MAIL_TO: "bo@example.com",
  };
  const { redis, service } = await serviceWith(settings, onTestFinished);
  await redis.publish("fogis:system:alerts", alert("Allt står stilla"));
  await redis.publish("fogis:system:alerts", alert("Allt står stilla"));
  await until(() => hook.heard.length > 0 && mail.mails.length > 0);
  expect(hook.heard.map(aboutOf)).toMatchObject([{ title: "Kritiskt – Allt står stilla" }]);
  const [first] = mail.mails;
  if (first === undefined) throw new Error("A mail was sent.");
  expect(headerOf(first, "From")).toBe("Avspark <anna@example.com>");
  expect(headerOf(first, "Message-ID")).toContain(aboutOf(hook.heard[0] ?? { body: null }).id);

  expect(await service.call("notifyStatus")).toMatchObject({
    messengers: [
      { name: "webhook", server: "127.0.0.1", waiting: 0, failure: null, lastSentAt: expect.any(String) },
      { name: "mail", server: "127.0.0.1", waiting: 0, failure: null },
    ],
  });
  const env = { AVSPARK_HTTP_PORT: new URL(service.address()).port, AVSPARK_DATA_DIR: service.folder };
  const cwd = await folder();
  const trial = await avspark(["notify", "test"], { env, cwd });
  expect(trial).toMatchObject({ code: 0, stdout: expect.stringContaining("127.0.0.1 has taken it") });
  expect(hook.heard.map(aboutOf).at(-1)).toMatchObject({ about: "test" });
  hook.answers((_request, response) => void response.writeHead(404).end());
  const failed = await avspark(["notify", "test", "webhook"], { env, cwd });
  expect(failed).toMatchObject({ code: 1, stdout: expect.stringContaining("The webhook does not exist any more.") });
  expect((await avspark(["notify", "status"], { env, cwd })).stdout).toContain("Last sent to 127.0.0.1");
  expect(mail.mails).toHaveLength(2);
});

test("killed at any moment, a notice is sent once more at most, under the same name, and none is lost", async ({
  onTestFinished,
}) => {
  const hook = await startHook();
  const { redis, service, isLive } = await serviceWith({ AVSPARK_NOTIFY_WEBHOOK: hook.url }, onTestFinished);
  for (const [round, wait] of [0, 0, 5, 30, 80].entries()) {
    const text = `Varv ${round}`;
    const mine = () => hook.heard.map(aboutOf).filter(({ about }) => about.includes(text));
    await redis.publish("fogis:system:alerts", alert(text));
    hook.answers((_request, response) => {
      // The first: before it is answered; the others: soon after that.
      if (round === 0) service.kill("SIGKILL");
      response.writeHead(204).end();
      if (round > 0) setTimeout(() => service.kill("SIGKILL"), wait);
      hook.answers((_again, answer) => void answer.writeHead(204).end());
    });
    await until(() => mine().length > 0);
    await service.ended();
    await service.restart();
    await until(isLive);
    // What the run before left goes out first of all: a trial behind it says that it has.
    await until(async () => (await service.call("notifyStatus")).messengers[0]?.waiting === 0);
    expect(mine().length).toBeLessThanOrEqual(2);
    if (round === 0) expect(mine()).toHaveLength(2);
    expect(new Set(mine().map(({ id }) => id)).size).toBe(1);
  }
}, 120_000);
