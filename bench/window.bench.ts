import type { CDPSession, ElectronApplication } from "@playwright/test";
import { launchApp } from "../e2e/fixtures/app.ts";
import { startRedis } from "../e2e/fixtures/redis.ts";
import { onPrivateDesktop } from "../scripts/lib/desktop.mjs";
import { type Bench, type Figure, megabytes, milliseconds, quantile } from "./bench.ts";
import { cpuSeconds } from "./processes.ts";
import { environmentOf } from "./window/desktop.ts";
import { latencies, publishFor } from "./window/load.ts";
import { watch } from "./window/painted.ts";

const warmUp = { perSecond: 1000, seconds: 5, first: 1 } as const;
const full = { perSecond: 1000, seconds: 60, first: 100_000 } as const;
const usual = { perSecond: 200, seconds: 20, first: 1_000_000 } as const;

type EventLoop = { readonly percentile: (share: number) => number; readonly reset: () => void };

const watchEventLoop = (app: ElectronApplication) =>
  app.evaluate(() => {
    const { monitorEventLoopDelay } = process.getBuiltinModule("node:perf_hooks");
    const histogram = monitorEventLoopDelay({ resolution: 5 });
    histogram.enable();
    Object.assign(globalThis, { benchEventLoop: histogram });
  });

/** In milliseconds, the sampling of five included; begins anew. */
const eventLoopP99 = (app: ElectronApplication) =>
  app.evaluate(() => {
    const { benchEventLoop } = globalThis as unknown as { benchEventLoop: EventLoop };
    const p99 = benchEventLoop.percentile(99) / 1e6;
    benchEventLoop.reset();
    return p99;
  });

/** What is left in the renderer's heap once all that can go is gone. */
const heap = async (session: CDPSession): Promise<number> => {
  await session.send("HeapProfiler.collectGarbage");
  return (await session.send("Runtime.getHeapUsage")).usedSize;
};

const processes = (app: ElectronApplication) =>
  app.evaluate(({ app: electron, BrowserWindow }) => ({
    main: process.pid,
    renderer: BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0,
    gpu: electron.getAppMetrics().find(({ type }) => type === "GPU")?.pid ?? 0,
  }));

const measure = async (desktop: Readonly<Record<string, string | undefined>>): Promise<readonly Figure[]> => {
  const redis = await startRedis();
  const { app, window, close } = await launchApp({
    env: { ...environmentOf(desktop), REDIS_URL: redis.url, AVSPARK_LANGUAGE: "en", AVSPARK_LOG_LEVEL: "warn" },
  });
  try {
    await window.getByText("Listening", { exact: true }).waitFor();
    await window.getByRole("navigation").getByRole("link", { name: "Stream" }).click();
    await watchEventLoop(app);
    const session = await window.context().newCDPSession(window);
    const pids = await processes(app);
    await Promise.all([watch(window, warmUp.seconds), publishFor(redis, warmUp)]);
    await eventLoopP99(app);

    const heapBefore = await heap(session);
    const cpuBefore = { main: cpuSeconds(pids.main), renderer: cpuSeconds(pids.renderer), gpu: cpuSeconds(pids.gpu) };
    const [seen] = await Promise.all([watch(window, full.seconds), publishFor(redis, full)]);
    const cpuOf = (name: keyof typeof cpuBefore): string =>
      `${Math.round(((cpuSeconds(pids[name]) - cpuBefore[name]) / full.seconds) * 100)} %`;
    const fullDelay = await eventLoopP99(app);
    const heapAfter = await heap(session);
    const rate = seen.frames / seen.seconds;
    const shown = Math.max(...seen.painted.map(([number]) => number));

    const [painted, published] = await Promise.all([watch(window, usual.seconds + 1), publishFor(redis, usual)]);
    const took = latencies(published, painted.painted);
    const usualDelay = await eventLoopP99(app);
    const p99 = quantile(took, 0.99);
    const at = `at ${full.perSecond}/s for ${full.seconds} s`;
    return [
      { what: `frames a second, ${at}`, value: rate.toFixed(1), limit: "at least 50", held: rate >= 50 },
      { what: "slowest frame", value: milliseconds(Math.max(...seen.gaps)) },
      {
        what: "not yet seen at the end",
        value: String(full.first + full.perSecond * full.seconds - 1 - shown),
        limit: `of ${full.perSecond * full.seconds}: less than a second's`,
        held: shown >= full.first + full.perSecond * (full.seconds - 1),
      },
      {
        what: `main's event-loop delay p99, ${at}`,
        value: milliseconds(fullDelay),
        limit: "under 50 ms",
        held: fullDelay < 50,
      },
      {
        what: "renderer's heap before and after",
        value: `${megabytes(heapBefore)} → ${megabytes(heapAfter)}`,
        limit: "flat: at most 10 MB more",
        held: heapAfter - heapBefore < 10e6,
      },
      {
        what: "processor time: main, renderer, drawing",
        value: `${cpuOf("main")}, ${cpuOf("renderer")}, ${cpuOf("gpu")}`,
      },
      {
        what: `published → painted at ${usual.perSecond}/s: p50`,
        value: milliseconds(quantile(took, 0.5)),
      },
      {
        what: "… p99",
        value: milliseconds(p99),
        limit: "under 150 ms",
        held: p99 < 150 && took.length >= usual.perSecond * usual.seconds * 0.99,
      },
      {
        what: "main's event-loop delay p99 meanwhile",
        value: milliseconds(usualDelay),
        limit: "under 50 ms",
        held: usualDelay < 50,
      },
    ];
  } finally {
    await close();
    await redis.close();
  }
};

export const bench: Bench = {
  title: "The stream in the window, drawn by software on a screen nobody sees",
  run: () => onPrivateDesktop(measure),
};
