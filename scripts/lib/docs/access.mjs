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

const always = accessTable.flatMap(({ alwaysToken, method, path }) => (alwaysToken ? [code(`${method} ${path}`)] : []));

/** Who is answered where: a table for docs/security.md. */
export const accessPart = () =>
  `Where none is demanded everybody on this machine is let in as an administrator. Over the port these take one all the same, since
they could send saved secrets elsewhere or shut others out: ${always.join(", ")}.

${table(
  ["Address", "no token", ...roles.map(code)],
  accessTable.map((route) => [
    code(`${route.method} ${route.path}`) + (route.takes === "secret" ? " (with its secret: answered)" : ""),
    ...[null, ...roles].map((role) => answer(route, role)),
  ]),
)}`;
