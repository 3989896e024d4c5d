import { accessTable } from "./access-table.ts";

/** Every address of the door, as routes write them: `/matches/:id`. */
export const doorPaths: readonly string[] = [...new Set(accessTable.map(({ path }) => path))];
