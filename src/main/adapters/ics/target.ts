import { createHash } from "node:crypto";
import { readdirSync, rmSync, statSync } from "node:fs";
import { copyFile, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setImmediate as breath } from "node:timers/promises";
import type { CalendarTarget, CalendarText, WantedEvent } from "../../../core/calendar/port.ts";
import { errorCode } from "../../../core/error-name.ts";
import type { Found } from "../../../core/keeper/item.ts";
import type { Listed, Revision } from "../../../core/keeper/target.ts";
import type { Clock, Log } from "../../../core/ports.ts";
import { type Instant, instantOf } from "../../../shared/instant.ts";
import { knownOf, uidOf } from "../calendar/ical/found.ts";
import { systemClock } from "../clock.ts";
import { readRegularFile, readRegularFileSync } from "../regular-file.ts";
import { realPlace, writeWhole } from "../whole-file.ts";
import { type FileEvent, writtenEvent } from "./event.ts";
import { createFileParts, emptyContent, type FileContent, inOrder, readFileText } from "./file.ts";
import { fileProblem } from "./file-problem.ts";

export type IcsTarget = CalendarTarget & {
  /** The calendar as it was last written. */
  readonly text: () => CalendarText;
};

export type IcsTargetOptions = {
  readonly file: string;
  /** What calendar programs call it. */
  readonly name?: string;
  readonly log: Log;
  readonly clock?: Pick<Clock, "now" | "elapsed" | "after">;
};

/** Of the time, no more than a tenth goes into writing a file whole for the little of it that has changed. */
const restFor = 9;
/** However long it takes, what has changed waits no longer than this. */
const longestRestMs = 1000;
/** So many events are made anew, and so many put together, in one go: nothing else happens meanwhile. */
const madeAtOnce = 25;
const joinedAtOnce = 500;

type Events = Map<string, FileEvent>;
type Change = {
  /** Answers what tells whoever waits for it that it is written. */
  readonly apply: (events: Events) => () => void;
  readonly reject: (error: unknown) => void;
};

/** What is on the disk, as far as we know. */
type Shelf = FileContent & CalendarText;
/** What is to be there. `pieces`: the text, in parts, so that it is encoded in parts too. */
type Draft = { readonly shelf: Shelf; readonly pieces: readonly string[] };

const known = (event: FileEvent): Listed<WantedEvent> => knownOf(event, { remoteId: uidOf(event.matchId), etag: null });

/** What a killed process left behind while it wrote. */
const sweep = (file: string): void => {
  try {
    const place = realPlace(file);
    const isDraft = (name: string): boolean => name.startsWith(`${basename(place)}.`) && name.endsWith(".tmp");
    for (const name of readdirSync(dirname(place))) if (isDraft(name)) rmSync(join(dirname(place), name));
  } catch {
    // The folder is not there yet, or not ours to tidy: reading and writing will say so.
  }
};

/**
 * The embedded calendar: one file, written as a whole. Its text depends on the matches alone, so an unchanged set of them
 * is byte for byte the same file.
 */
export const createIcsTarget = ({ file, name = "Avspark", log, clock = systemClock }: IcsTargetOptions): IcsTarget => {
  const partsOf = createFileParts(name);
  /** Hands back what it has so far each time that something else may happen. */
  const shelving = function* ({ events, foreign }: FileContent, modified: Instant): Generator<void, Draft> {
    const ordered = inOrder(events.values());
    const parts = partsOf(ordered, foreign);
    const hash = createHash("sha256");
    const pieces: string[] = [];
    for (let from = 0; from < parts.length; from += joinedAtOnce) {
      const piece = parts.slice(from, from + joinedAtOnce).join("");
      hash.update(piece);
      pieces.push(piece);
      yield;
    }
    const shelf = {
      // In order, so that the next time there is little to sort.
      events: new Map(ordered.map((event) => [event.matchId, event])),
      foreign,
      text: pieces.join(""),
      etag: hash.digest("hex").slice(0, 32),
      modified,
    };
    return { shelf, pieces };
  };
  const shelve = (content: FileContent, modified: Instant): Draft => {
    const work = shelving(content, modified);
    for (;;) {
      const step = work.next();
      if (step.done === true) return step.value;
    }
  };
  const shelveInTurns = async (content: FileContent, modified: Instant): Promise<Draft> => {
    const work = shelving(content, modified);
    for (;;) {
      const step = work.next();
      if (step.done === true) return step.value;
      await breath();
    }
  };
  const now = (): Instant => instantOf(clock.now());

  const first = (): Shelf => {
    sweep(file);
    try {
      const content = readFileText(readRegularFileSync(file).toString());
      if (content !== null) return shelve(content, instantOf(statSync(file).mtimeMs)).shelf;
    } catch {
      // Nothing to serve yet; `list` says what is wrong, if anything is.
    }
    return shelve(emptyContent, now()).shelf;
  };

  let shelf = first();
  let waiting: Change[] = [];
  let writing: Promise<void> | null = null;
  /** Since the last write. */
  let rested: Promise<void> = Promise.resolve();

  const rest = (tookMs: number): Promise<void> =>
    new Promise((resolve) => {
      if (tookMs > 0) clock.after(Math.min(longestRestMs, tookMs * restFor), resolve);
      else resolve();
    });

  const write = async ({ shelf: next, pieces }: Draft): Promise<void> => {
    try {
      await writeWhole(file, pieces);
    } catch (error) {
      log.warn("the calendar file could not be written", { code: errorCode(error) });
      throw fileProblem(error, "written");
    }
    shelf = next;
  };

  /** Everything that was asked for up to now becomes one write. */
  const flush = async (): Promise<void> => {
    while (waiting.length > 0) {
      await rested;
      const begun = clock.elapsed();
      const changes = waiting;
      waiting = [];
      try {
        const events = new Map(shelf.events);
        const told: (() => void)[] = [];
        for (const { apply } of changes) {
          told.push(apply(events));
          if (told.length % madeAtOnce === 0) await breath();
        }
        const next = await shelveInTurns({ events, foreign: shelf.foreign }, now());
        if (next.shelf.etag !== shelf.etag) await write(next);
        for (const tell of told) tell();
      } catch (error) {
        for (const { reject } of changes) reject(error);
      }
      rested = rest(clock.elapsed() - begun);
    }
    writing = null;
  };

  const change = <T>(make: (events: Events) => T): Promise<T> =>
    new Promise((resolve, reject) => {
      const apply = (events: Events): (() => void) => {
        try {
          const made = make(events);
          return () => resolve(made);
        } catch (error) {
          // The others are written all the same.
          return () => reject(error);
        }
      };
      waiting.push({ apply, reject });
      // After this tick, so that what is asked for in it comes along.
      writing ??= new Promise<void>((begin) => setImmediate(begin)).then(flush);
    });

  const put = (wanted: WantedEvent, revision: Revision): Promise<Found> =>
    change((events) => {
      const event = writtenEvent(wanted, revision, events.get(wanted.id));
      events.set(wanted.id, event);
      return known(event);
    });

  /** The file's text; null when there is none. */
  const onDisk = async (): Promise<string | null> => {
    try {
      return (await readRegularFile(file)).toString();
    } catch (error) {
      if (errorCode(error) === "ENOENT") return null;
      throw error;
    }
  };

  /** Somebody has been at the file since we wrote it: what is there counts, as far as it is a calendar. */
  const takeIn = async (text: string | null): Promise<void> => {
    const content = text === null ? emptyContent : readFileText(text);
    if (content === null) {
      const place = realPlace(file);
      // A copy, so that what replaces it keeps its rights.
      await copyFile(place, `${place}.damaged`);
      log.warn("the calendar file was no calendar: put aside, a new one begun");
    }
    const next = shelve(content ?? emptyContent, now());
    if (next.shelf.text === text) shelf = { ...next.shelf, modified: instantOf((await stat(file)).mtimeMs) };
    else await write(next);
  };

  return {
    name: "ics",
    id: "ics",
    label: basename(file),
    list: async (token) => {
      try {
        await writing;
        const text = await onDisk();
        if (text !== shelf.text) await takeIn(text);
        else if (token !== null) return { kind: "delta", items: [], removed: [], token };
        return { kind: "full", items: [...shelf.events.values()].map(known), removed: [], token: shelf.etag };
      } catch (error) {
        throw fileProblem(error, "read");
      }
    },
    insert: put,
    update: (wanted, _known, revision) => put(wanted, revision),
    remove: ({ id: matchId }) => change((events) => void events.delete(matchId)),
    // Nobody else writes into it.
    isOursAlone: () => false,
    text: () => ({ text: shelf.text, etag: shelf.etag, modified: shelf.modified }),
    close: () => undefined,
  };
};
