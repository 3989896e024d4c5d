import { contract } from "../../../shared/contract.ts";
import { secretRoute } from "./calendar.ts";
import { docsPaths } from "./docs.ts";

/** Every address of the door, as routes write them: `/matches/:id`. */
export const doorPaths: readonly string[] = [
  ...new Set([
    ...Object.values(contract).flatMap(({ http }) => (http === null ? [] : [http.path])),
    "/calendar.ics",
    secretRoute,
    "/events",
    "/deltas",
    "/metrics",
    "/openapi.json",
    ...docsPaths,
  ]),
];
