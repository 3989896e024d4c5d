import { z } from "zod";
import { instantSchema } from "./instant.ts";

/** A list, or one text with blanks between them, as some tools write it. */
export const scopesSchema = z.union([
  z.array(z.string()).readonly(),
  z.string().transform((text): readonly string[] => text.split(/[\s,]+/).filter((scope) => scope !== "")),
]);

/** google-auth's `Credentials.to_json()`, as the predecessor and Google's own tools write it. */
export const googleTokenFileSchema = z.object({
  token: z.string().nullish(),
  refresh_token: z.string().min(1),
  client_id: z.string().min(1),
  client_secret: z.string().nullish(),
  token_uri: z.url({ protocol: /^https$/ }).nullish(),
  /** What the sign-in allows; not every version of it says so. */
  scopes: scopesSchema.nullish(),
  /** UTC, with or without a zone. */
  expiry: z.string().nullish(),
  /** Ours alone: when a person must sign in again. */
  sign_in_expires_at: instantSchema.nullish(),
});
export type GoogleTokenFile = z.infer<typeof googleTokenFileSchema>;
