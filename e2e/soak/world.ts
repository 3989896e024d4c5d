import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mailPassword, mailUser, openMailServer } from "../fixtures/mail-server.ts";
import { type Answer, startMatchServer } from "../fixtures/match-server.ts";
import { type Decision, startProxy } from "../fixtures/proxy.ts";
import { startRadicale } from "../fixtures/radicale.ts";
import { freePort, startRedis } from "../fixtures/redis.ts";
import { startRelay } from "../fixtures/relay.ts";
import { createTruth } from "../service/truth.ts";
import { primaryCalendar, startGoogle } from "../stand-ins/google-calendar/server.ts";

const group = "Referees";

/** As they are when nobody sets anything, but for what would make a short run wait half a minute for each fault. */
const quick = {
  REDIS_HEALTH_CHECK_INTERVAL: "1",
  REDIS_SOCKET_TIMEOUT: "2",
  REDIS_CONNECTION_TIMEOUT: "3",
  // Lists come where a gap asks for one, so that nothing hides a gap that was not seen.
  AVSPARK_POLL_INTERVAL: "0",
} as const;

/** All servers that the app speaks with, each behind a line of its own, and the truth that they are told. */
export const openWorld = async (options: {
  readonly seed: number;
  readonly matches: number;
  /** Where the app keeps its data: a disk that can be full, or null. */
  readonly disk: string | null;
}) => {
  const folder = await mkdtemp(join(tmpdir(), "avspark-soak-"));
  const dataDir = join(options.disk ?? folder, "data");
  await mkdir(dataDir, { recursive: true });
  const truth = createTruth({ matches: options.matches, seed: options.seed });

  const redis = await startRedis();
  const list = await startMatchServer(truth.answer);
  const google = await startGoogle({ latencyMs: 20 });
  const radicale = await startRadicale();
  const calendar = await radicale.makeCalendar("matcher");
  const addressBook = await radicale.makeAddressBook("kontakter");
  // How Radicale and the mail server answer, beside what they do of themselves.
  const answers: { caldav: Decision; mailRefusal: number | null } = { caldav: "pass", mailRefusal: null };
  const front = await startProxy(radicale.url);
  front.decide(() => {
    front.forget();
    return answers.caldav;
  });
  const mail = await openMailServer({
    onMailFrom: (_address, _session, done) =>
      done(
        answers.mailRefusal === null
          ? null
          : Object.assign(new Error("Not now"), { responseCode: answers.mailRefusal }),
      ),
  });
  const lines = {
    redis: await startRelay(redis.url),
    list: await startRelay(list.url),
    google: await startRelay(google.url),
    caldav: await startRelay(front.url),
    mail: await startRelay(`smtp://127.0.0.1:${mail.port}`),
  };
  const tokenFile = join(folder, "token.json");
  await writeFile(tokenFile, JSON.stringify(google.tokenFile()));
  const httpPort = await freePort();
  const through = (line: keyof typeof lines, url: string): string =>
    new URL(new URL(url).pathname, `${lines[line].address}/`).href;

  return {
    folder,
    dataDir,
    truth,
    redis,
    list,
    google,
    radicale,
    mail,
    lines,
    answers,
    address: `http://127.0.0.1:${httpPort}`,
    /** What listens at a port, as far as the app speaks with it. */
    nameOfPort: (port: number): string | null =>
      port === httpPort
        ? "of the app's door"
        : (Object.entries(lines).flatMap(([name, line]) =>
            Number(new URL(line.address).port) === port ? [`to ${name}`] : [],
          )[0] ?? null),
    /** What the app is told of it all. */
    settings: {
      ...quick,
      AVSPARK_LANGUAGE: "en",
      AVSPARK_HTTP_PORT: String(httpPort),
      AVSPARK_CALENDARS: "ics,google,caldav",
      AVSPARK_CONTACTS: "google,carddav",
      AVSPARK_CONTACTS_GROUP: group,
      AVSPARK_FIRST_SYNC: "go",
      REDIS_URL: `${lines.redis.address}/0`,
      AVSPARK_MATCHES_URL: through("list", list.url),
      GOOGLE_API_ROOT: `${lines.google.address}/`,
      GOOGLE_CALENDAR_ID: primaryCalendar,
      GOOGLE_CALENDAR_TOKEN_FILE: tokenFile,
      CALDAV_URL: through("caldav", calendar),
      CALDAV_USERNAME: radicale.username,
      CALDAV_PASSWORD: radicale.password,
      CARDDAV_URL: through("caldav", addressBook),
      CARDDAV_USERNAME: radicale.username,
      CARDDAV_PASSWORD: radicale.password,
      AVSPARK_SMTP_URL: `smtp://${encodeURIComponent(mailUser)}:${encodeURIComponent(mailPassword)}@127.0.0.1:${new URL(lines.mail.address).port}`,
      AVSPARK_NOTIFY_MAIL_TO: "bo@example.com",
      // What moves is told in the window; by mail go alerts alone, each of which is one thing to count.
      AVSPARK_NOTIFY_OUTWARD: "critical",
    },
    /** How the list answers when nothing is wrong. */
    tellList: (answer: Answer = truth.answer) => list.answerWith(answer),
    close: async (): Promise<void> => {
      redis.kill("SIGCONT");
      if (radicale.pid !== undefined) process.kill(radicale.pid, "SIGCONT");
      await Promise.all(Object.values(lines).map((line) => line.close()));
      await Promise.all([redis.close(), list.close(), google.stop(), front.close(), radicale.close(), mail.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
};
export type SoakWorld = Awaited<ReturnType<typeof openWorld>>;
