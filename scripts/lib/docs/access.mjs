import { accessTable, refusedWith } from "../../../src/main/doors/http/access-table.ts";
import { httpStatus } from "../../../src/shared/problem.ts";
import { roles } from "../../../src/shared/role.ts";
import { code, table } from "./markdown.mjs";

/**
 * @param {(typeof accessTable)[number]} route
 * @param {(typeof roles)[number] | null} role
 */
const answer = ({ takes }, role) => {
  const kind = refusedWith(takes, role);
  return kind === null ? "answered" : `${httpStatus[kind]} ${code(kind)}`;
};

/** Who is answered where: a table for docs/security.md. */
export const accessPart = () =>
  table(
    ["Address", "no token", ...roles.map(code)],
    accessTable.map((route) => [
      code(`${route.method} ${route.path}`) + (route.takes === "secret" ? " (with its secret: answered)" : ""),
      ...[null, ...roles].map((role) => answer(route, role)),
    ]),
  );
