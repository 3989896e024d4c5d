import { randomBytes, timingSafeEqual } from "node:crypto";
import { chmodSync, chownSync, statSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "libsql";
import { z } from "zod";
import { isValid, type TokenRecord, tokenRecordSchema, withoutToken, withToken } from "../../core/access/token.ts";
import { errorCode } from "../../core/error-name.ts";
import type { Clock, Log } from "../../core/ports.ts";
import type { TokenBook } from "../../core/service/handlers/tokens.ts";
import { type Instant, instantOf, instantSchema } from "../../shared/instant.ts";
import { failed, type Problem, ProblemError, type Result, raise } from "../../shared/problem.ts";
import type { Role } from "../../shared/role.ts";
import type { ListedToken } from "../../shared/token.ts";
import { fileVersion } from "./file-version.ts";
import { createPrivateFile } from "./journal/database.ts";
import { demandFile, readRegularFileSync } from "./regular-file.ts";
import { sha256, sha256Bytes } from "./sha256.ts";
import { writeWholeSync } from "./whole-file.ts";

/*
 * Named tokens, in files of the data folder. The command line writes which there are, while a service runs or not; the
 * service writes when each was last used, in a file of its own, so that neither ever undoes what the other has written.
 */

const fileIn = (folder: string): string => join(folder, "tokens.json");
const usedFileIn = (folder: string): string => join(folder, "tokens-used.json");

/**
 * A token has 256 random bits, so nobody finds one by trying, however fast: SHA-256 is enough, and a slow hash, which
 * protects words that people think of, would only cost time at every request.
 */
const newToken = (): string => `avs_${randomBytes(32).toString("base64url")}`;

const fileSchema = z.object({ version: z.literal(1), tokens: z.array(tokenRecordSchema).readonly() });
const usedSchema = z.object({ version: z.literal(1), used: z.record(z.string(), instantSchema) });

const unreadable = (why: string): Result<never> =>
  failed("tokens-unreadable", `The file of the named tokens cannot be used (${why}): none of them is valid.`);

/** Which there are; a file that makes no sense, or that others could have written in, has none that is valid. */
const read = (file: string): Result<readonly TokenRecord[]> => {
  try {
    const found = statSync(file);
    demandFile(found);
    if (process.platform !== "win32" && (found.mode & 0o022) !== 0) return unreadable("others may write in it");
    const parsed = fileSchema.safeParse(JSON.parse(readRegularFileSync(file).toString()));
    return parsed.success
      ? { ok: true, value: parsed.data.tokens }
      : unreadable("it holds something other than tokens of this version");
  } catch (error) {
    const code = errorCode(error);
    return code === "ENOENT" ? { ok: true, value: [] } : unreadable(code ?? "it is not JSON");
  }
};

const demand = <T>(result: Result<T>): T => {
  if (result.ok) return result.value;
  throw new ProblemError(result.problem);
};

/** How long somebody waits who changes the tokens while somebody else does. */
const lockMs = 5000;

/** One at a time: the lock is the operating system's own, and goes with the process, however that ends. */
const alone = <T>(folder: string, work: () => T): T => {
  const file = join(folder, "tokens.lock");
  createPrivateFile(file);
  const sqlite = new Sqlite(file, { timeout: lockMs });
  try {
    sqlite.exec("PRAGMA journal_mode = MEMORY");
    sqlite.exec("BEGIN EXCLUSIVE");
    return work();
  } catch (error) {
    if (errorCode(error)?.startsWith("SQLITE_BUSY")) return raise("busy", "Somebody else changes the tokens just now.");
    throw error;
  } finally {
    if (sqlite.inTransaction) sqlite.exec("ROLLBACK");
    sqlite.close();
    giveToOwner(folder, file);
  }
};

/** What root makes in a service's data folder must be the service's. */
const giveToOwner = (folder: string, file: string): void => {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(folder);
  chownSync(file, uid, gid);
};

const change = (folder: string, make: (records: readonly TokenRecord[]) => Result<readonly TokenRecord[]>): void =>
  alone(folder, () => {
    const file = fileIn(folder);
    const tokens = demand(make(demand(read(file))));
    writeWholeSync(file, `${JSON.stringify({ version: 1, tokens }, null, 2)}\n`);
    chmodSync(file, 0o600);
    giveToOwner(folder, file);
  });

type Wanted = { readonly name: string; readonly role: Role; readonly now: number };

/** Makes a token and answers it: it is nowhere from then on. Throws ProblemError, as all of these do. */
export const addToken = (folder: string, { name, role, now }: Wanted): string => {
  const token = newToken();
  const hash = sha256(token);
  change(folder, (records) => withToken(records, { name, role, hash, createdAt: instantOf(now), revokedAt: null }));
  return token;
};

export const revokeToken = (folder: string, { name, now }: Pick<Wanted, "name" | "now">): void =>
  change(folder, (records) => withoutToken(records, name, instantOf(now)));

/** Those that were revoked too. */
export const listTokens = (folder: string): readonly ListedToken[] => {
  const used = readUsed(folder);
  return demand(read(fileIn(folder))).map(({ hash, ...token }) => ({ ...token, lastUsedAt: used.get(hash) ?? null }));
};

/** The same for administrators who are elsewhere. */
export const tokenBook = (folder: string, { now }: Pick<Clock, "now">): TokenBook => ({
  list: () => listTokens(folder),
  add: (wanted) => addToken(folder, { ...wanted, now: now() }),
  revoke: (name) => revokeToken(folder, { name, now: now() }),
});

/** It decides nothing, so that one which cannot be read is begun anew. */
const readUsed = (folder: string): Map<string, Instant> => {
  try {
    return new Map(
      Object.entries(usedSchema.parse(JSON.parse(readRegularFileSync(usedFileIn(folder)).toString())).used),
    );
  } catch {
    return new Map();
  }
};

/** As they are compared. */
const hashesOf = (found: Result<readonly TokenRecord[]>) =>
  found.ok ? found.value.map((record) => ({ record, hash: Buffer.from(record.hash, "hex") })) : [];

/** What the command line has changed is known this soon. */
const lookMs = 500;
/** When each was used is kept this often, and at the end. */
const keepUsedMs = 60_000;

export type Tokens = {
  /** Whose it is, by the moment; null: nobody's, or one that was revoked. It counts as used. */
  readonly find: (token: string) => TokenRecord | null;
  /** Whether it is somebody's own, or was before it was revoked. */
  readonly isOwn: (token: string) => boolean;
  /**
   * Whether any was ever made: then somebody wants to know who asks. A file that goes away while the service runs opens
   * nothing.
   */
  readonly wereMade: () => boolean;
  readonly anyValid: () => boolean;
  /** Why none can be read. */
  readonly problem: () => Problem | null;
  /** They are others now. */
  readonly onChange: (listener: () => void) => () => void;
  readonly stop: () => void;
};

/** The tokens for a service that runs. */
export const openTokens = (folder: string, { clock, log }: { readonly clock: Clock; readonly log: Log }): Tokens => {
  const file = fileIn(folder);
  const used = readUsed(folder);
  const listeners = new Set<() => void>();
  let isUsedKept = true;
  let keptAt = clock.elapsed();
  let version = fileVersion(file);
  let found = read(file);
  let hashes = hashesOf(found);
  let everMade = !found.ok || found.value.length > 0;

  const complain = (): void => {
    if (!found.ok) log.error(found.problem.message);
  };

  const keepUsed = (): void => {
    if (isUsedKept) return;
    isUsedKept = true;
    keptAt = clock.elapsed();
    const known = found.ok ? new Set(found.value.map(({ hash }) => hash)) : null;
    const kept = [...used].filter(([hash]) => known === null || known.has(hash));
    try {
      writeWholeSync(usedFileIn(folder), `${JSON.stringify({ version: 1, used: Object.fromEntries(kept) })}\n`);
    } catch (error) {
      log.warn("when tokens were last used could not be kept", { reason: errorCode(error) ?? "unknown" });
    }
  };

  const look = (): void => {
    cancel = clock.after(lookMs, look);
    if (clock.elapsed() - keptAt >= keepUsedMs) keepUsed();
    const now = fileVersion(file);
    if (now === version) return;
    version = now;
    found = read(file);
    hashes = hashesOf(found);
    everMade ||= !found.ok || found.value.length > 0;
    complain();
    for (const listener of [...listeners]) listener();
  };
  complain();
  let cancel = clock.after(lookMs, look);

  return {
    find: (token) => {
      const given = sha256Bytes(token);
      let mine: TokenRecord | null = null;
      // All of them are compared, in full, so that the time tells nothing of a near miss.
      for (const { record, hash } of hashes) if (timingSafeEqual(given, hash) && isValid(record)) mine = record;
      if (mine !== null) {
        used.set(mine.hash, instantOf(clock.now()));
        isUsedKept = false;
      }
      return mine;
    },
    isOwn: (token) => {
      const given = sha256Bytes(token);
      return hashes.some(({ hash }) => timingSafeEqual(given, hash));
    },
    wereMade: () => everMade,
    anyValid: () => found.ok && found.value.some(isValid),
    problem: () => (found.ok ? null : found.problem),
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stop: () => {
      cancel();
      keepUsed();
    },
  };
};
