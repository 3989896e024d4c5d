import type { Role } from "../../shared/role.ts";

/** Who asks by a door, as far as the door can tell. */
export type Actor = {
  /** The name of their token; null: they share theirs with others, or none is demanded. */
  readonly name: string | null;
  readonly role: Role;
};
