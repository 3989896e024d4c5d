import { setFlagsFromString } from "node:v8";
import { createContext, runInContext } from "node:vm";
import Sqlite from "libsql";
import type { Answer } from "./protocol.ts";
import { silentLog } from "./samples.ts";
import type { StartThread } from "./worker.ts";
import { createWriting } from "./writing.ts";

/** What happens at one step of one of a journal's threads, the first being 0. */
export type Fault = { readonly thread: number; readonly step: number; readonly act: Act };
export type Act =
  /** It is killed: nothing it does afterwards is done. */
  | { readonly kind: "killed" }
  | { readonly kind: "throws" }
  /** So many commits find no room. */
  | { readonly kind: "full"; readonly commits: number }
  | { readonly kind: "files"; readonly act: (file: string) => void }
  /** Something holds for a while; `begin` answers how it ends. */
  | { readonly kind: "lasting"; readonly begin: (file: string) => () => void; readonly ms: number };

class Death extends Error {}

type Mortal = {
  dead: boolean;
  fullFor: number;
  readonly connections: Set<Sqlite.Database>;
  /** What has been done cannot throw any more. */
  readonly step: (isDone?: "done") => void;
};

/** Whoever uses SQLite at the moment; null: the main thread, which never dies. */
let current: Mortal | null = null;

/** What a thread had prepared keeps its files open and locked until it is collected, which the end of a thread does. */
setFlagsFromString("--expose-gc");
const beside = createContext();
const collect = (): void => void runInContext("gc()", beside);

const coded = (code: string): Error => Object.assign(new Error(code), { code });

const { exec, prepare, close } = Sqlite.prototype;

/** SQLite as a mortal uses it: each of its calls is a step before it and a step after it. */
const mortalSqlite = {
  exec(this: Sqlite.Database, sql: string): Sqlite.Database {
    const mortal = current;
    if (mortal === null) return exec.call(this, sql);
    if (!mortal.connections.has(this)) {
      mortal.connections.add(this);
      // Who waits for a lock keeps everybody waiting here.
      exec.call(this, "PRAGMA busy_timeout = 0");
    }
    mortal.step();
    if (sql === "COMMIT" && mortal.fullFor > 0) {
      mortal.fullFor -= 1;
      exec.call(this, "ROLLBACK");
      throw coded("SQLITE_FULL");
    }
    exec.call(this, sql);
    mortal.step("done");
    return this;
  },
  prepare(this: Sqlite.Database, sql: string) {
    current?.step();
    return prepare.call(this, sql);
  },
  close(this: Sqlite.Database) {
    // The dead close nothing; what becomes of it is seen to at their end.
    if (current?.dead === true) return this;
    current?.connections.delete(this);
    return close.call(this);
  },
};

/** Puts a journal's threads into this one, so that they can die at any step. Answers what is to be undone. */
export const letThreadsBeMortal = (): (() => void) => {
  Object.assign(Sqlite.prototype, mortalSqlite);
  return () => void Object.assign(Sqlite.prototype, { exec, prepare, close });
};

/** `onFault` hears when something goes wrong, and when what lasted is over. */
export const startMortal = (faults: readonly Fault[], onFault: () => void = () => undefined): StartThread => {
  let threads = 0;
  return (begin, hear) => {
    const thread = threads++;
    let steps = 0;
    let over = false;
    const mortal: Mortal = {
      dead: false,
      fullFor: 0,
      connections: new Set(),
      step: (isDone) => {
        if (mortal.dead) throw new Death();
        const step = steps++;
        for (const { act, ...at } of faults)
          if (at.thread === thread && at.step === step && !(isDone && act.kind === "throws")) suffer(act);
      },
    };

    const suffer = (act: Act): void => {
      onFault();
      switch (act.kind) {
        case "killed":
          mortal.dead = true;
          throw new Death();
        case "throws":
          throw new Error("thrown");
        case "full":
          mortal.fullFor = act.commits;
          return;
        case "files":
          act.act(begin.file);
          return;
        case "lasting": {
          // Somebody else does it.
          current = null;
          const stop = act.begin(begin.file);
          current = mortal;
          setTimeout(() => {
            stop();
            onFault();
          }, act.ms);
          return;
        }
      }
    };

    const end = (): void => {
      if (over) return;
      over = true;
      mortal.dead = true;
      // As when a thread is gone: SQLite takes back what was not committed.
      for (const connection of mortal.connections) {
        if (connection.inTransaction) exec.call(connection, "ROLLBACK");
        close.call(connection);
      }
      collect();
      setImmediate(hear.ended);
    };

    const run = (work: () => void): void => {
      if (over) return;
      current = mortal;
      try {
        mortal.step();
        work();
        mortal.step("done");
      } catch (error) {
        if (!(error instanceof Death)) hear.failed(error);
        mortal.dead = true;
      } finally {
        current = null;
      }
      if (mortal.dead) end();
    };

    let writing: ReturnType<typeof createWriting> | null = null;
    const answer = (said: Answer): void => {
      mortal.step();
      setImmediate(() => hear.answer(structuredClone(said)));
      mortal.step("done");
    };
    setImmediate(() =>
      run(() => {
        writing = createWriting({ begin, log: silentLog, answer, end });
      }),
    );
    return {
      give: (order, handedOver) => {
        const given = structuredClone(order, { transfer: [...handedOver] });
        setImmediate(() => run(() => writing?.take(given)));
      },
    };
  };
};
