import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Notice } from "../../src/core/alerts/notices.ts";
import { resolveConfig } from "../../src/core/config/resolve.ts";
import { silentLog } from "../../src/core/feed/testing/silent-log.ts";
import type { Desktop } from "../../src/core/service/desktop.ts";
import { systemClock } from "../../src/main/adapters/clock.ts";
import { callCommand } from "../../src/main/doors/call.ts";
import { createRemoteDesk } from "../../src/main/remote/remote-desk.ts";
import { openTaste } from "../../src/main/remote/taste.ts";
import { wayOf } from "../../src/main/remote/way.ts";
import type { WindowState } from "../../src/renderer/apply.ts";
import { deskOver } from "../../src/renderer/bridge.ts";
import { follow } from "../../src/renderer/follow.ts";
import type { Problem } from "../../src/shared/problem.ts";
import type { Delta } from "../../src/shared/snapshot.ts";
import { folder as newFolder } from "../fixtures/folder.ts";
import { until } from "../fixtures/until.ts";

type Settings = Readonly<Record<string, string>>;

const unasked = (): never => {
  throw new Error("No test asks this of the app.");
};
const desktop: Desktop = {
  openExternal: unasked,
  save: unasked,
  spreadsheet: unasked,
  pdf: unasked,
  saveSettings: unasked,
  about: unasked,
  notices: unasked,
  lookForUpdates: unasked,
  bundle: unasked,
  showLog: unasked,
  quit: unasked,
  keyring: () => true,
  google: {
    account: unasked,
    signIn: unasked,
    adopt: unasked,
    signOut: unasked,
    calendars: unasked,
    create: unasked,
  },
  migration: { choose: unasked, chosen: unasked },
};

/** A window on a service elsewhere, with all that lies behind it in the app, and without a screen. */
export const attach = async (
  settings: Settings,
  { folder, onDelta }: { readonly folder?: string; readonly onDelta?: (delta: Delta) => void } = {},
) => {
  const resolved = resolveConfig({ environment: settings, dotenv: {}, settings: {} });
  const way = wayOf(resolved.config);
  if (way === null) throw new Error("There is no address.");
  const notices: Notice[] = [];
  const { service, stop } = await createRemoteDesk({
    ...{ way, resolved, desktop, clock: systemClock, log: silentLog },
    taste: openTaste(join(folder ?? (await newFolder()), "taste.json"), { log: silentLog, clock: systemClock }),
    trySetting: unasked,
    onNotice: (notice) => void notices.push(notice),
    onNoticesOver: () => undefined,
  });
  if (onDelta !== undefined) service.subscribe(onDelta);
  let state: WindowState | null = null;
  let problem: Problem | null = null;
  const desk = deskOver(
    {
      call: async (name, input) => JSON.stringify(await callCommand(service.handlers, silentLog, name, input)),
      subscribe: (listener) =>
        service.subscribe((delta) =>
          listener(JSON.stringify({ kind: "delta", delta: JSON.parse(JSON.stringify(delta)) })),
        ),
    },
    () => {
      throw new Error("The window was told something that it cannot read.");
    },
  );
  const following = follow({
    desk,
    onState: (next) => {
      state = next;
    },
    onProblem: (next) => {
      problem = next;
    },
    onOpen: () => undefined,
  });
  await following.refresh();
  onTestFinished(stop);
  const shown = (): WindowState => state ?? unasked();
  const is = (wanted: "live" | "lost") => () => state?.attachment?.line.state === wanted;
  return {
    call: desk.call,
    state: () => state,
    shown,
    problem: () => problem,
    notices,
    unsent: () => shown().attachment?.unsent ?? [],
    live: (withinMs?: number) =>
      until(is("live"), { what: () => `live (${JSON.stringify(problem)})`, ...(withinMs && { withinMs }) }),
    lost: (withinMs?: number) => until(is("lost"), { what: () => "lost", ...(withinMs && { withinMs }) }),
    refused: (kind: Problem["kind"]) =>
      until(
        () => {
          const { line } = state?.attachment ?? {};
          void following.refresh();
          return problem?.kind === kind || (line?.state === "lost" && line.problem.kind === kind);
        },
        { everyMs: 50, what: () => `${kind}, but it is ${JSON.stringify(problem)}` },
      ),
    stop,
  };
};
export type Attached = Awaited<ReturnType<typeof attach>>;
