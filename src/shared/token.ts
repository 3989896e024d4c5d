import { z } from "zod";
import { instantSchema } from "./instant.ts";
import { roles } from "./role.ts";

/** Whom a token is for. It stands beside what they decide, so that it is a name people know them by. */
export const tokenNameSchema = z
  .string()
  .trim()
  .regex(/^[^\p{C}\p{Zl}\p{Zp}]{1,60}$/u);

/** A token as it is listed: nothing of which it could be made. */
export const listedTokenSchema = z
  .object({
    name: tokenNameSchema,
    role: z.enum(roles),
    createdAt: instantSchema,
    /** From then on it is nobody's. */
    revokedAt: instantSchema.nullable(),
    lastUsedAt: instantSchema.nullable(),
  })
  .readonly();
export type ListedToken = z.infer<typeof listedTokenSchema>;
