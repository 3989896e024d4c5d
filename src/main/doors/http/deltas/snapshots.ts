import { promisify } from "node:util";
import { constants, gzip } from "node:zlib";
import type { Clock } from "../../../../core/ports.ts";
import { instantOf } from "../../../../shared/instant.ts";
import type { Snapshot } from "../../../../shared/snapshot.ts";
import { success } from "../answer.ts";

const pack = promisify(gzip);

/** Windows that ask at about the same time share one; after that it would only take up memory. */
const keptMs = 10_000;

type Written = {
  readonly seq: number;
  readonly plain: Buffer;
  /** Compressed, away from this thread; once, however many ask. */
  readonly packed: () => Promise<Buffer>;
};

/**
 * Snapshots as they go over the wire. One is made, written out and compressed once, and serves every window that has heard
 * the deltas from its number on: what has changed since, those tell.
 */
export const createSnapshots = ({
  snapshot,
  clock,
}: {
  readonly snapshot: () => Snapshot;
  readonly clock: Pick<Clock, "now" | "after">;
}) => {
  let last: Written | null = null;
  let forget: () => void = () => undefined;

  const write = (): Written => {
    const made = snapshot();
    const plain = Buffer.from(JSON.stringify(success({ snapshot: made }, instantOf(clock.now()))));
    let packed: Promise<Buffer> | null = null;
    return {
      seq: made.seq,
      plain,
      packed: () => {
        packed ??= pack(plain, { level: constants.Z_BEST_SPEED });
        return packed;
      },
    };
  };

  return {
    /** `from`: the asker hears every delta after this one; null: it hears none, and wants how things stand now. */
    since: (from: number | null): Written => {
      if (last !== null && from !== null && last.seq >= from) return last;
      last = write();
      forget();
      forget = clock.after(keptMs, () => {
        last = null;
      });
      return last;
    },
    stop: (): void => forget(),
  };
};
export type Snapshots = ReturnType<typeof createSnapshots>;
