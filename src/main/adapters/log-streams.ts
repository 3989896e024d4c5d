import { closeSync, mkdirSync, openSync, readSync, statSync } from "node:fs";
import { access } from "node:fs/promises";
import { join } from "node:path";
import { Writable } from "node:stream";
import { createStream, type RotatingFileStream } from "rotating-file-stream";
import { demandFile } from "./regular-file.ts";

/** Bytes that may wait for a reader or for the disk. */
const mostWaiting = 1024 * 1024;

/** Whoever opens one log after the other, as programs do that import the service, listens once. */
const heard = new WeakSet<Writable>();

/** A reader that has gone away is no reason to end. */
const bearErrors = (stream: Writable): void => {
  if (heard.has(stream)) return;
  heard.add(stream);
  stream.on("error", () => undefined);
};

/**
 * Standard error for a log that never waits: a reader that pauses must not hold up the service. What it cannot take is let
 * go, and counted when it reads again.
 */
export const withoutWaiting = (stream: Writable, limit = mostWaiting): Writable => {
  let dropped = 0;
  bearErrors(stream);
  return new Writable({
    write: (chunk, _encoding, done) => {
      if (stream.writableLength > limit) {
        dropped += 1;
      } else {
        if (dropped > 0) stream.write(`avspark: ${dropped} lines of the log were left out here; nobody read them\n`);
        dropped = 0;
        stream.write(chunk);
      }
      done();
    },
  });
};

const newline = 0x0a;

/** Whether a full disk, or the program's end, cut its last line short. */
const endsMidLine = (path: string): boolean => {
  try {
    const stats = statSync(path);
    demandFile(stats);
    const file = openSync(path, "r");
    try {
      const last = Buffer.alloc(1, newline);
      readSync(file, last, { position: Math.max(0, stats.size - 1) });
      return last[0] !== newline;
    } finally {
      closeSync(file);
    }
  } catch {
    // There is none, or something that is no file.
    return false;
  }
};

/** How often a file that could not be written, or that is gone, is looked for and opened anew. */
const againMs = 5000;

/**
 * A rotating file that comes back: after a full disk, and after its folder was removed. Lines that come meanwhile are let go;
 * standard error still has them.
 */
export const fileThatComesBack = (
  { folder, name }: { readonly folder: string; readonly name: string },
  elapsed: () => number,
): Writable => {
  let file: RotatingFileStream | null = null;
  let lookedAt = Number.NEGATIVE_INFINITY;

  const letGo = (old: RotatingFileStream): void => {
    if (file === old) file = null;
    old.end();
  };

  const open = (): void => {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const isCut = endsMidLine(join(folder, name));
      const opened = createStream(name, { path: folder, size: "5M", maxFiles: 4, mode: 0o600 });
      opened.on("error", () => letGo(opened));
      if (isCut) opened.write("\n");
      file = opened;
    } catch {
      // No folder and none to be made: tried again later.
      file = null;
    }
  };

  const look = (): void => {
    const now = elapsed();
    if (now - lookedAt < againMs) return;
    lookedAt = now;
    const old = file;
    if (old === null) open();
    else void access(join(folder, name)).catch(() => letGo(old));
  };

  return new Writable({
    write: (chunk, _encoding, done) => {
      look();
      if (file !== null && file.writableLength <= mostWaiting) file.write(chunk);
      done();
    },
    final: (done) => {
      if (file === null) done();
      else file.end(() => done());
    },
  });
};
