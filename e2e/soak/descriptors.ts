import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** How many descriptors of each kind. */
export type Kinds = Readonly<Record<string, number>>;

/** What a TCP socket is at: the states of Linux's include/net/tcp_states.h, from 1 on. */
const tcpStates = [
  "open",
  "asks",
  "asked",
  "ending",
  "ending",
  "over",
  "closed",
  "left by the other",
  "ending",
  "listens",
];

type NameOfPort = (port: number) => string | null;

const portIn = (address: string): number => Number.parseInt(address.split(":")[1] ?? "", 16);

/** Kinds of sockets by their inodes, out of a file of the kernel's like /proc/net/tcp. */
export const tcpKindsIn = (table: string, nameOfPort: NameOfPort): ReadonlyMap<string, string> =>
  new Map(
    table
      .split("\n")
      .slice(1)
      .flatMap((line) => {
        const [, local = "", remote = "", state = "", , , , , , inode] = line.trim().split(/\s+/);
        if (inode === undefined) return [];
        const name = nameOfPort(portIn(remote)) ?? nameOfPort(portIn(local)) ?? "others";
        return [[inode, `tcp ${name}, ${tcpStates[Number.parseInt(state, 16) - 1] ?? state}`] as const];
      }),
  );

/** A kind of what a link under /proc/PID/fd leads to. */
export const kindOf = (link: string, sockets: ReadonlyMap<string, string>): string => {
  const inode = /^socket:\[(\d+)\]$/.exec(link)?.[1];
  if (inode !== undefined) return sockets.get(inode) ?? "unix socket";
  if (link.startsWith("pipe:")) return "pipe";
  if (link.startsWith("anon_inode:")) return link.slice("anon_inode:".length).replace(/[[\]]/g, "");
  if (/^\/(memfd:|dev\/shm\/)/.test(link)) return "shared memory";
  // Files that differ in a number or a random name are of one kind.
  return link
    .replace(/ \(deleted\)$/, "")
    .replace(/.*\/(?=[^/]+\/[^/]+$)/, "")
    .replace(/\d+/g, "#");
};

const readOr = <T>(otherwise: T, read: () => T): T => {
  try {
    return read();
  } catch {
    // The process, or the descriptor, has gone meanwhile.
    return otherwise;
  }
};

/** The open descriptors of some processes by kind. `roleOf`: what a process is for. */
export const descriptorKinds = (
  pids: readonly number[],
  roleOf: (pid: number) => string,
  nameOfPort: NameOfPort,
): Kinds => {
  const tables = ["tcp", "tcp6"].map((name) => readOr("", () => readFileSync(`/proc/net/${name}`, "utf8")));
  const sockets = new Map(tables.flatMap((table) => [...tcpKindsIn(table, nameOfPort)]));
  const counts: Record<string, number> = {};
  for (const pid of pids)
    for (const fd of readOr<readonly string[]>([], () => readdirSync(`/proc/${pid}/fd`))) {
      const link = readOr(null, () => readlinkSync(`/proc/${pid}/fd/${fd}`));
      if (link === null) continue;
      const kind = `${roleOf(pid)}: ${kindOf(link, sockets)}`;
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
  return counts;
};
