import type { WantedEvent } from "../../../core/calendar/port.ts";
import type { Found } from "../../../core/keeper/item.ts";
import type { OwnedFields } from "./seal.ts";

/** What stands in a calendar, as it could be written again; nothing when it has no time. */
export const contentOf = (
  { id, actual }: Pick<Found, "id" | "actual">,
  found: { readonly fields: OwnedFields } & Pick<WantedEvent, "url" | "position" | "reminders">,
): { readonly content?: WantedEvent } => {
  const { start, end, description, ...fields } = found.fields;
  if (start === null || end === null) return {};
  const { url, position, reminders } = found;
  const rest = { url, position, reminders };
  return { content: { id, hash: actual, ...fields, description: description.trim(), start, end, ...rest } };
};
