import { contract } from "../../../shared/contract.ts";
import type { ProblemKind } from "../../../shared/problem.ts";
import { may, type Role } from "../../../shared/role.ts";
import type { Head } from "../request-guard.ts";
import { secretRoute } from "./calendar.ts";
import { commandNames } from "./commands.ts";

/** The page to try it all, and what it is made of. */
export const docsPaths = ["/docs", "/docs/page.js", "/docs/page.css"] as const;

/** What an address takes: nothing at all, a role, or the secret in it in the place of the role `look`. */
type Takes = "nothing" | "secret" | Role;
export type RouteAccess = {
  readonly method: "GET" | "POST";
  /** As routes write it: `/matches/:id`. */
  readonly path: string;
  readonly takes: Takes;
  readonly alwaysToken: boolean;
};

/** Addresses that tell nothing about this service but that it is one, and whether it lives. */
const openPaths: ReadonlySet<string> = new Set(["/health", ...docsPaths]);

/** Those that are no command of the contract. */
const otherPaths: readonly string[] = [
  "/calendar.ics",
  "/events",
  "/deltas",
  "/metrics",
  "/openapi.json",
  ...docsPaths,
];

const takes = (path: string, role: Role): Takes => (openPaths.has(path) ? "nothing" : role);

/** Every address of the door, with what it takes. The door goes by it, and docs/security.md shows it. */
export const accessTable: readonly RouteAccess[] = [
  ...commandNames.flatMap((name): readonly RouteAccess[] => {
    const { http, role } = contract[name];
    if (http === null) return [];
    const { method, path, alwaysToken = false } = http;
    return [{ method, path, takes: takes(path, role), alwaysToken }];
  }),
  ...otherPaths.map((path): RouteAccess => ({ method: "GET", path, takes: takes(path, "look"), alwaysToken: false })),
  { method: "GET", path: secretRoute, takes: "secret", alwaysToken: false },
];

/**
 * What somebody is refused with who has a token of this role; null: they are let in. `null` for whoever has none that is valid,
 * where one is demanded, and no secret.
 */
export const refusedWith = (takes: Takes, role: Role | null): ProblemKind | null => {
  if (takes === "nothing") return null;
  if (role === null) return "unauthorized";
  return may(role, takes === "secret" ? "look" : takes) ? null : "role-too-low";
};

const byPath = new Map(accessTable.map((route) => [route.path, route]));

/** For the guard, by the route that was found; what is no address at all tells nothing to whoever may not even look. */
export const accessTo = (path: string | undefined): Pick<Head, "open" | "takes" | "alwaysToken"> => {
  const { takes, alwaysToken } = byPath.get(path ?? "") ?? { takes: "look", alwaysToken: false };
  if (takes === "nothing") return { open: true, takes: "look", alwaysToken };
  return { open: false, takes: takes === "secret" ? "look" : takes, alwaysToken };
};
