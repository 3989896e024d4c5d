import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { join } from "node:path";
import { wantedEvent } from "../core/calendar/event.ts";
import { feedStyleOf, styleOf } from "../core/calendar/style.ts";
import { listensToRedis } from "../core/config/listens.ts";
import type { Resolved } from "../core/config/resolve.ts";
import type { AddressBook } from "../core/contacts/port.ts";
import type { OnMatches } from "../core/delivery/program.ts";
import { createProgramTarget, type ProgramTarget, programEntry } from "../core/delivery/target.ts";
import type { Clock, Subscription, Turns } from "../core/ports.ts";
import type { Desktop, SaveSettings } from "../core/service/desktop.ts";
import { type CalendarEvents, createService, type Service, type ServiceOptions } from "../core/service/service.ts";
import { calendarEntries } from "../core/targets/calendar-entries.ts";
import { contactEntries } from "../core/targets/contact-entries.ts";
import { createTargets, type Targets } from "../core/targets/targets.ts";
import { type Config, type SettingName, shownValue } from "../shared/config.ts";
import { instantOf } from "../shared/instant.ts";
import { messengerNameSchema } from "../shared/outward.ts";
import { advice } from "../shared/text/en/advice.ts";
import { en } from "../shared/text/en.ts";
import { sv } from "../shared/text/sv.ts";
import { folderFor, prepareFolder } from "./adapters/folders.ts";
import type { SignIns } from "./adapters/google/sign-ins.ts";
import { calendarWriter, fileOf } from "./adapters/ics/file.ts";
import { createIcsTarget, type IcsTarget } from "./adapters/ics/target.ts";
import { type OpenJournal, openJournal } from "./adapters/journal/open.ts";
import type { Logging } from "./adapters/log.ts";
import { calendarToken, serviceId } from "./adapters/made-once.ts";
import { createMatchSource } from "./adapters/matches-http.ts";
import { createRedisSubscription, redisPlace, redisSettings } from "./adapters/redis/subscription.ts";
import { sha256 } from "./adapters/sha256.ts";
import { decodeText, readableText } from "./adapters/text.ts";
import { openTokens, tokenBook } from "./adapters/tokens.ts";
import { createAccess } from "./doors/access.ts";
import { keepFeedsListener } from "./doors/feeds-listener.ts";
import { type DoorState, keepHttp } from "./doors/http/await-port.ts";
import type { CertificateFiles } from "./doors/http/certificate.ts";
import { createFeedAnswers } from "./doors/http/feed-answers.ts";
import type { HttpParts } from "./doors/http/parts.ts";
import { createProxies } from "./doors/proxies.ts";
import { messengerFor } from "./messengers.ts";
import { remoteAddressBooks } from "./remote-address-books.ts";
import { type RemoteCalendars, remoteCalendars } from "./remote-calendars.ts";
import { createTrySetting } from "./try-setting.ts";

export type ComposeOptions = {
  readonly version: string;
  readonly resolved: Resolved;
  /** The data folder; the demo has its own within it. */
  readonly folder: string;
  readonly clock: Clock;
  readonly logging: Logging;
  /** null without a window. */
  readonly desktop: Desktop | null;
  readonly saveSettings: SaveSettings | null;
  /** The app's sign-in to Google. */
  readonly signIns: SignIns;
  readonly preferredLanguages: ServiceOptions["preferredLanguages"];
  readonly onNotice: ServiceOptions["onNotice"];
  readonly onNoticesOver: ServiceOptions["onNoticesOver"];
  /** HTTP is served from now on, here. */
  readonly onListening?: (address: string) => void;
  /** The program that has the service in it, where one has. */
  readonly onMatches?: OnMatches;
};

/** The service with all it needs, not begun yet. */
export type Assembly = {
  readonly service: Service;
  readonly mode: "demo" | "live";
  readonly config: Config;
  /** What the HTTP routes need of it. */
  readonly parts: HttpParts;
  readonly start: () => void;
  /** Undoes whatever has been done. */
  readonly stop: () => Promise<void>;
  readonly setOnMatches: (onMatches: OnMatches) => void;
};

export type Running = {
  readonly service: Service;
  readonly mode: "demo" | "live";
  /** How its HTTP door stands: a port that another program has is taken as soon as it is free. */
  readonly door: () => DoorState;
  readonly stop: () => Promise<void>;
};

/** The whole service, begun, and listening unless its port is taken. Throws ProblemError; then nothing is left running. */
export const compose = async (options: ComposeOptions): Promise<Running> => {
  const { service, mode, config, parts, start, stop } = await assemble(options);
  const undo: (() => Promise<void>)[] = [stop];
  const close = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const http = await keepHttp({
      place: { host: config.AVSPARK_HTTP_HOST, port: config.AVSPARK_HTTP_PORT, socket: config.AVSPARK_HTTP_SOCKET },
      parts,
      tls: certificateFiles(config),
      onCertificate: service.setCertificate,
      clock: options.clock,
      log: options.logging.log.part("http"),
      onState: (state) => {
        service.setDoor(state);
        if (state.open) options.onListening?.(state.address);
      },
    });
    undo.push(http.close);
    undo.push(await openFeeds({ service, config, parts }));
    start();
    return { service, mode, door: http.state, stop: close };
  } catch (error) {
    await close();
    throw error;
  }
};

/** The files that two settings name; null: they name none. */
const filesNamed = <C extends SettingName, K extends SettingName>(
  config: Readonly<Record<C | K, string | null>>,
  settings: { readonly cert: C; readonly key: K },
): CertificateFiles | null => {
  const [cert, key] = [config[settings.cert], config[settings.key]];
  return cert === null || key === null ? null : { cert, key, settings };
};

/** What the HTTP door speaks TLS with; null: it speaks none. */
export const certificateFiles = (
  config: Pick<Config, "AVSPARK_HTTP_TLS_CERT_FILE" | "AVSPARK_HTTP_TLS_KEY_FILE">,
): CertificateFiles | null =>
  filesNamed(config, { cert: "AVSPARK_HTTP_TLS_CERT_FILE", key: "AVSPARK_HTTP_TLS_KEY_FILE" });

/** Opens the listener for calendars with secret addresses, where one is wanted. Answers how to close it. */
export const openFeeds = async ({
  service,
  config,
  parts,
}: Pick<Assembly, "service" | "config" | "parts">): Promise<() => Promise<void>> => {
  const { AVSPARK_FEEDS_HOST: host, AVSPARK_FEEDS_PORT: port } = config;
  if (host === null) return async () => undefined;
  const { feeds, clock, log } = parts;
  const { close } = await keepFeedsListener({
    place: { host, port },
    feeds,
    clock,
    log,
    tls: filesNamed(config, { cert: "AVSPARK_FEEDS_TLS_CERT_FILE", key: "AVSPARK_FEEDS_TLS_KEY_FILE" }),
    onCertificate: service.setFeedsCertificate,
    onState: service.setFeedsListener,
  });
  return close;
};

/** Puts the whole service together. The only place that constructs. Throws ProblemError; then nothing is left running. */
export const assemble = async (options: ComposeOptions): Promise<Assembly> => {
  const { clock, logging, version } = options;
  const { log } = logging;
  const mode = options.resolved.demo ? "demo" : "live";
  const folder = folderFor(mode, options.folder);
  const undo: (() => void | Promise<void>)[] = [];
  let targets: Targets | null = null;
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    prepareFolder(folder);
    const journal = await openJournal({ file: join(folder, "journal.db"), log: log.part("journal") });
    undo.push(journal.close);
    const demo = mode === "demo" ? await demoFor() : null;
    const { resolved } = options;
    const { config } = resolved;
    const calendarLog = log.part("calendar");
    const ics = createIcsTarget({
      file: join(folder, "calendar.ics"),
      // Whoever follows the demo's calendar must not take it for the season's.
      name: mode === "demo" ? "Avspark (demo)" : "Avspark",
      log: calendarLog,
    });
    const program =
      options.onMatches === undefined
        ? null
        : createProgramTarget({ onMatches: options.onMatches, log: log.part("program") });

    const cluster = mode === "demo" ? null : await clusterFor(config, clock, folder);
    if (cluster !== null) undo.push(cluster.close);
    const remote = await remoteCalendars(config, { signIns: options.signIns, log: calendarLog });
    const addressBooks = await remoteAddressBooks(config, { signIns: options.signIns, log: log.part("contacts") });
    const service = createService({
      version,
      mode,
      resolved,
      shownRedisUrl: demo === null ? shownValue("REDIS_URL", config.REDIS_URL ?? "") : "demo",
      clock,
      log,
      digest: sha256,
      codec: { text: decodeText, encode: (text) => Buffer.from(text), readable: readableText },
      journal: journal.journal,
      subscription: demo?.subscription ?? subscriptionFor(config),
      deskLog: cluster?.log ?? null,
      rollCall: cluster?.rollCall ?? null,
      source:
        config.AVSPARK_MATCHES_URL === null
          ? null
          : createMatchSource({ url: config.AVSPARK_MATCHES_URL, caFile: config.AVSPARK_MATCHES_TLS_CA_FILE }),
      calendars: (events) => {
        targets = targetsFor({
          ...options,
          config,
          mode,
          ics,
          remote,
          addressBooks,
          stores: journal,
          program,
          events,
          turns: cluster?.turns ?? null,
        });
        return targets;
      },
      calendarFile: (name, matches) =>
        fileOf(
          name,
          matches.flatMap((match) => {
            const event = wantedEvent(match, { digest: sha256, style: styleOf(config) });
            return "skip" in event ? [] : [event];
          }),
          instantOf(clock.now()),
        ),
      calendarFeeds: {
        writer: calendarWriter,
        style: feedStyleOf(config),
        calendarName: calendarNameIn(config, mode),
        publicAddress: config.AVSPARK_FEEDS_URL === null ? null : baseOf(config.AVSPARK_FEEDS_URL),
        // 192 bits: nobody guesses one among however many there are.
        secret: () => randomBytes(24).toString("base64url"),
      },
      desktop: options.desktop,
      saveSettings: options.saveSettings,
      tokens: tokenBook(options.folder, clock),
      trySetting: createTrySetting({ signIns: options.signIns, log: calendarLog }),
      setLogLevel: logging.setLevel,
      remedyFor: (kind) => advice[kind].remedy,
      // What the demo invents is news to nobody.
      messengers:
        mode === "demo"
          ? []
          : messengerNameSchema.options.flatMap(
              (name) => messengerFor(name, config, { clock, log: log.part("notify") }) ?? [],
            ),
      preferredLanguages: options.preferredLanguages,
      onNotice: options.onNotice,
      onNoticesOver: options.onNoticesOver,
    });
    undo.push(service.stop);
    // Those of the whole installation: the demo lets in the same people.
    const tokens = openTokens(options.folder, { clock, log: log.part("http") });
    undo.push(tokens.stop);
    const access = createAccess({ config, tokens });
    const tellAccess = (): void =>
      service.setAccess({ demandsToken: access.demandsToken(), problem: access.problem() });
    tellAccess();
    access.onChange(tellAccess);
    return {
      service,
      mode,
      config,
      parts: {
        service,
        clock,
        log: log.part("http"),
        version,
        maxBodyBytes: config.AVSPARK_MAX_MESSAGE_MB * 1024 * 1024,
        calendarText: ics.text,
        calendarToken: calendarToken(folder, log.part("http")),
        access,
        isProxy: createProxies(config.AVSPARK_HTTP_PROXIES),
        serviceId: serviceId(folder, log.part("http")),
        feeds: createFeedAnswers({ ...service.calendarFeeds, clock }),
        journal: journal.journal,
      },
      start: () => {
        service.start();
        if (demo !== null) undo.push(demo.startFeed({ publish: demo.publish, config, clock }).stop);
      },
      stop,
      setOnMatches: (next) => {
        program?.setOnMatches(next);
        targets?.retry("program");
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
};

/** What programs call a calendar: in Swedish, as the events are, unless English is chosen. */
const calendarNameIn = (
  { AVSPARK_LANGUAGE: language }: Config,
  mode: "demo" | "live",
): ServiceOptions["calendarFeeds"]["calendarName"] => {
  const { calendarName } = (language === "en" ? en : sv).calendarFeeds;
  return (kind, name) => `${calendarName(kind, name)}${mode === "demo" ? " (demo)" : ""}`;
};

/** An address to which paths are added. */
const baseOf = (url: string): string => url.replace(/[?#].*$/s, "").replace(/\/+$/, "");

const subscriptionFor = (config: Config): Subscription | null =>
  listensToRedis(config) ? createRedisSubscription(redisSettings(config)) : null;

/** Loaded where it is wanted, as all that only some have use for. */
const demoFor = async () => {
  const { createChannels } = await import("./demo/channels.ts");
  const { startDemoFeed } = await import("./demo/feed.ts");
  return { ...createChannels(), startFeed: startDemoFeed };
};

/** What the nodes of a desk share. Loaded where it is wanted: who is alone has no use for it. */
const clusterFor = async (config: Config, clock: Clock, folder: string) => {
  const { AVSPARK_DESK: desk, AVSPARK_CLUSTER_KEEP_HOURS: keepHours } = config;
  if (desk === null) return null;
  const { createDeskLog } = await import("./adapters/cluster/desk-log.ts");
  const { createLine } = await import("./adapters/cluster/line.ts");
  const { createTurns } = await import("./adapters/cluster/turns.ts");
  const { createRollCall } = await import("./adapters/cluster/roll-call.ts");
  const place = redisPlace(config, "AVSPARK_CLUSTER_URL");
  // Each run is another node: who comes back does not know what it had.
  const node = `${hostname()}-${randomBytes(3).toString("hex")}`;
  // Nodes may share a machine, never a folder.
  const member = `${hostname()}-${sha256(folder).slice(0, 4)}`;
  const line = createLine(place);
  return {
    log: createDeskLog({ desk, node, keepHours, clock, place }),
    turns: createTurns({ desk, node, line }),
    rollCall: createRollCall({ desk, member, line }),
    close: line.close,
  };
};

const targetsFor = (
  options: Pick<ComposeOptions, "clock" | "logging" | "desktop"> & {
    readonly config: Config;
    readonly mode: "demo" | "live";
    readonly ics: IcsTarget;
    readonly remote: RemoteCalendars;
    readonly addressBooks: readonly AddressBook[];
    readonly stores: Pick<OpenJournal, "calendars" | "contacts">;
    readonly program: ProgramTarget | null;
    readonly events: CalendarEvents;
    readonly turns: Turns | null;
  },
): Targets => {
  const { config, mode, ics, remote, addressBooks, stores, program, events, turns, clock, desktop } = options;
  const demo = mode === "demo";
  // Without a window, what the configuration names is meant.
  const previewFirst =
    config.AVSPARK_FIRST_SYNC === "ask" || (config.AVSPARK_FIRST_SYNC === "auto" && desktop !== null);
  const calendars = calendarEntries({
    // The file stays on beside the others.
    calendars: [ics, ...remote.targets],
    store: stores.calendars,
    digest: sha256,
    keepPastDays: config.AVSPARK_KEEP_PAST_DAYS,
    style: styleOf(config),
    demo,
    previewFirst,
    signInExpiresAt: remote.signInExpiresAt,
  });
  const contacts = contactEntries(addressBooks, {
    store: stores.contacts,
    digest: sha256,
    teams: config.AVSPARK_CONTACTS_TEAMS,
    ownNumber: config.USER_REFEREE_NUMBER,
    demo,
    previewFirst,
    signInExpiresAt: ({ name }) => remote.signInExpiresAt(name),
  });
  const programs =
    program === null ? [] : [programEntry({ target: program.target, store: stores.calendars, digest: sha256 })];
  return createTargets({
    digest: sha256,
    clock,
    log: options.logging.log,
    targets: [...calendars, ...contacts, ...programs],
    turns,
    onStatus: events.onStatus,
    onPlacements: events.onPlacements,
    onStats: events.onResults,
  });
};
