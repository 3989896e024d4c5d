import { z } from "zod";
import type { ViewName } from "./bridge.ts";
import { settingNameSchema } from "./config.ts";

/** Where in the window a link from outside leads. */
export type WindowPlace = { readonly view: ViewName; readonly id: string };

const matchId = z
  .string()
  .min(1)
  .max(200)
  .regex(/^\P{C}*$/u);

/** All that a link may name. Whoever follows one, in a mail or on a page, is shown something; nothing is done. */
const targets = {
  match: { view: "matches", id: matchId },
  alert: { view: "alerts", id: z.string().regex(/^\d{1,15}$/) },
  setting: { view: "settings", id: settingNameSchema },
} as const satisfies Readonly<Record<string, { readonly view: ViewName; readonly id: z.ZodType<string, unknown> }>>;
export type LinkTarget = keyof typeof targets;

export const linkTo = (target: LinkTarget, id: string): string => `avspark://${target}/${encodeURIComponent(id)}`;

/** As it may be written: a target, and one thing of its kind. */
const form = /^avspark:\/\/([a-z]+)\/([^/?#]+)$/;
const nameSchema = z.enum(Object.keys(targets) as [LinkTarget, ...LinkTarget[]]);

/** null for whatever names nothing that we know. */
export const readLink = (text: string): WindowPlace | null => {
  const [, name, encoded = ""] = form.exec(text) ?? [];
  const known = nameSchema.safeParse(name);
  if (!known.success) return null;
  const { view, id } = targets[known.data];
  const named = id.safeParse(decoded(encoded));
  return named.success ? { view, id: named.data } : null;
};

const decoded = (encoded: string): string | null => {
  try {
    return decodeURIComponent(encoded);
  } catch {
    // Cut off in the middle of a letter.
    return null;
  }
};
