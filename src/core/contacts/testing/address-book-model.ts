import { TargetProblem } from "../../keeper/failure.ts";
import type { Clock } from "../../ports.ts";
import type { Card } from "../card.ts";
import type { AddressBook, Entry, Result } from "../port.ts";

/** What goes wrong with a call. `lost`: it was done, and the answer did not come. */
export type BookFault = "none" | "lost" | "unreachable";

type Stored = Entry & { readonly version: number };

/** An address book in memory, which somebody else uses as well. It chooses its contacts' names itself, as Google does. */
export const createAddressBookModel = (options: {
  readonly clock: Clock;
  readonly faultFor?: () => BookFault;
  readonly latency?: () => number;
  readonly batch?: number;
}) => {
  const { clock, faultFor = () => "none", latency = () => 50, batch = 200 } = options;
  const contacts = new Map<string, Stored>();
  const goneAt = new Map<string, number>();
  let version = 0;
  let count = 0;
  let calls: string[] = [];

  const put = (entry: Omit<Entry, "etag">): Stored => {
    version += 1;
    const stored = { ...entry, etag: String(version), version };
    contacts.set(entry.remoteId, stored);
    return stored;
  };
  const add = (card: Card, hasMore = false): string => {
    count += 1;
    return put({ remoteId: `people/c${count}`, card, hasMore }).remoteId;
  };
  const drop = (remoteId: string): void => {
    version += 1;
    contacts.delete(remoteId);
    goneAt.set(remoteId, version);
  };
  const isStale = ({ remoteId, etag }: Entry): boolean => contacts.get(remoteId)?.etag !== etag;
  const there = ({ remoteId }: Entry): Entry | null => contacts.get(remoteId) ?? null;

  const connect = (life: { readonly isAlive: () => boolean; readonly survives: () => boolean }): AddressBook => {
    const call = <T>(name: string, effect: () => T): Promise<T> =>
      new Promise((resolve, reject) => {
        if (!life.isAlive()) return;
        calls.push(name);
        const fault = faultFor();
        const half = latency() / 2;
        clock.after(half, () => {
          if (!life.isAlive() && !life.survives()) return;
          const answer = fault === "unreachable" ? null : { value: effect() };
          clock.after(half, () => {
            if (!life.isAlive()) return;
            if (answer !== null && fault === "none") resolve(answer.value);
            else reject(new TargetProblem({ kind: "calendar-unreachable", message: "No answer." }));
          });
        });
      });
    return {
      name: "google-contacts",
      id: "model",
      label: "model",
      limits: { batch, calls: 1 },
      list: (token) =>
        call("list", () => {
          const since = token === null ? 0 : Number(token);
          return {
            kind: token === null ? ("full" as const) : ("delta" as const),
            entries: [...contacts.values()].filter((stored) => stored.version > since),
            removed: token === null ? [] : [...goneAt].filter(([, at]) => at > since).map(([remoteId]) => remoteId),
            token: String(version),
          };
        }),
      create: (cards) =>
        call("create", () =>
          cards.map(({ card }): Result => ({ kind: "done", entry: contacts.get(add(card)) ?? null })),
        ),
      update: (changes) =>
        call("update", () =>
          changes.map(({ entry, card }): Result => {
            if (isStale(entry)) return { kind: "stale", entry: there(entry) };
            return { kind: "done", entry: put({ remoteId: entry.remoteId, card, hasMore: entry.hasMore }) };
          }),
        ),
      remove: (entries) =>
        call("remove", () =>
          entries.map((entry): Result => {
            if (isStale(entry)) return { kind: "stale", entry: there(entry) };
            drop(entry.remoteId);
            return { kind: "done", entry: null };
          }),
        ),
      close: () => undefined,
    };
  };

  return {
    connect,
    /** What a person does, or the predecessor did. */
    add,
    put,
    drop,
    entries: (): readonly Entry[] => [...contacts.values()],
    calls: (): readonly string[] => calls,
    forgetCalls: (): void => {
      calls = [];
    },
  };
};
