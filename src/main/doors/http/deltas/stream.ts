import { randomUUID } from "node:crypto";
import { type Hello, protocol } from "../../../../shared/protocol.ts";
import type { Role } from "../../../../shared/role.ts";
import type { Delta } from "../../../../shared/snapshot.ts";
import type { HttpParts } from "../parts.ts";
import type { Sink } from "../sse.ts";

type StreamParts = Pick<HttpParts, "serviceId" | "version" | "clock" | "log"> & {
  readonly service: Pick<HttpParts["service"], "subscribe" | "lastDelta">;
};

type Window = {
  readonly sink: Sink;
  /** It has not taken what it was sent: the monotonic time since when. Until it has, it is sent nothing more. */
  behindSince: number | null;
};

/** With more than this waiting, a window gets no further deltas. Without any progress for so long, it is dropped. */
const maxWaiting = 1024 * 1024;
const maxBehindMs = 20_000;
const heartbeatMs = 2000;
/** Each may keep a megabyte waiting. */
const mostWindows = 100;

/**
 * The deltas that a window in this process hears, with the same numbers, for windows elsewhere. Nothing is kept for one that
 * reads too slowly: it is told that it fell behind, and takes a snapshot as after any other hole in the numbers.
 */
export const createDeltaStream = (parts: StreamParts) => {
  const { service, clock, log } = parts;
  const windows = new Set<Window>();
  const run = randomUUID();
  let quit: () => void = () => undefined;
  let cancelHeartbeat: () => void = () => undefined;

  const hear = (delta: Delta): void => {
    // Written out once, whatever the number of windows.
    const frame = Buffer.from(frameOf("delta", delta));
    for (const window of windows) {
      if (window.behindSince !== null) continue;
      if (window.sink.waiting() > maxWaiting) void waitFor(window);
      else window.sink.write(frame);
    }
  };

  const waitFor = async (window: Window): Promise<void> => {
    window.behindSince = clock.elapsed();
    await window.sink.drained();
    window.behindSince = null;
    if (windows.has(window)) window.sink.write(frameOf("behind", { seq: service.lastDelta() }));
  };

  const leave = (window: Window): void => {
    if (!windows.delete(window) || windows.size > 0) return;
    quit();
    cancelHeartbeat();
  };

  const heartbeat = (): void => {
    cancelHeartbeat = clock.after(heartbeatMs, heartbeat);
    for (const window of [...windows]) {
      const { behindSince, sink } = window;
      if (behindSince === null) sink.write(": heartbeat\n\n");
      else if (clock.elapsed() - behindSince >= maxBehindMs) {
        log.warn("a window elsewhere was dropped: it does not take what it is sent");
        leave(window);
        sink.destroy();
      }
    }
  };

  const hello = (role: Role): Hello => ({
    protocol,
    service: parts.serviceId,
    version: parts.version,
    run,
    role,
    seq: service.lastDelta(),
    heartbeatMs,
  });

  return {
    isFull: (): boolean => windows.size >= mostWindows,
    /** The returned function takes it out again. */
    join: (sink: Sink, role: Role): (() => void) => {
      if (windows.size === 0) {
        quit = service.subscribe(hear);
        cancelHeartbeat = clock.after(heartbeatMs, heartbeat);
      }
      const window: Window = { sink, behindSince: null };
      windows.add(window);
      sink.write(frameOf("hello", hello(role)));
      return () => leave(window);
    },
    close: (): void => {
      for (const window of [...windows]) {
        leave(window);
        window.sink.end();
      }
    },
  };
};
export type DeltaStream = ReturnType<typeof createDeltaStream>;

/** JSON has no line breaks of its own, so one data line holds it. */
const frameOf = (name: "hello" | "delta" | "behind", data: object): string =>
  `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
