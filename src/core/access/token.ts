import { z } from "zod";
import { type Instant, instantSchema } from "../../shared/instant.ts";
import { failed, ok, type Result } from "../../shared/problem.ts";
import { roles } from "../../shared/role.ts";
import { tokenNameSchema } from "../../shared/token.ts";

/** What is kept of a token: enough to know it again, and nothing of which it could be made. */
export const tokenRecordSchema = z
  .object({
    name: tokenNameSchema,
    role: z.enum(roles),
    /** SHA-256 of the token, in hexadecimal digits. */
    hash: z.string().regex(/^[0-9a-f]{64}$/),
    createdAt: instantSchema,
    /** From then on it is nobody's. */
    revokedAt: instantSchema.nullable(),
  })
  .readonly();
export type TokenRecord = z.infer<typeof tokenRecordSchema>;

export const isValid = ({ revokedAt }: TokenRecord): boolean => revokedAt === null;

/** Two tokens whose names people would take for one could not be told apart in what their holders have done. */
const folded = (name: string): string => name.normalize("NFKC").trim().toLowerCase();

const validNamed = (records: readonly TokenRecord[], name: string): TokenRecord | undefined =>
  records.find((record) => isValid(record) && folded(record.name) === folded(name));

/** More than a service has desks and scripts; all of them are compared at every request. */
const mostTokens = 1000;

/** A name is free again when its token was revoked: whoever has lost theirs is given another. */
export const withToken = (records: readonly TokenRecord[], added: TokenRecord): Result<readonly TokenRecord[]> => {
  if (validNamed(records, added.name) !== undefined)
    return failed("input-invalid", "There is a token of this name; revoke it first, or choose another name.", "name");
  if (records.filter(isValid).length >= mostTokens)
    return failed("input-invalid", `There may be ${mostTokens} tokens; revoke those that nobody uses.`, "name");
  // Of those that were revoked, the oldest is forgotten first.
  const kept =
    records.length < mostTokens * 2
      ? records
      : records.toSpliced(
          records.findIndex((one) => !isValid(one)),
          1,
        );
  return ok([...kept, added]);
};

export const withoutToken = (
  records: readonly TokenRecord[],
  name: string,
  at: Instant,
): Result<readonly TokenRecord[]> => {
  const found = validNamed(records, name);
  if (found === undefined) return failed("not-found", "There is no token of this name that is still valid.", "name");
  return ok(records.map((record) => (record === found ? { ...record, revokedAt: at } : record)));
};
