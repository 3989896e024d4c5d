/**
 * What somebody may do, from little to much; each may do all that those before it may.
 * `look`: read. `act`: decide for a match, a calendar, an alert. `administer`: what belongs to the service's owner, such as
 * settings, sign-ins, tokens, and what is kept of a person.
 */
export const roles = ["look", "act", "administer"] as const;
export type Role = (typeof roles)[number];

/** Whether somebody with the first role may do what takes the second. */
export const may = (role: Role, taken: Role): boolean => roles.indexOf(role) >= roles.indexOf(taken);
