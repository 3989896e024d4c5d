import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instant } from "../../shared/testing/instant.ts";
import { tokenNameSchema } from "../../shared/token.ts";
import { isValid, type TokenRecord, withoutToken, withToken } from "./token.ts";

const at = instant("2027-05-01T10:00:00.000Z");
const tokenOf = (name: string, digit = "a"): TokenRecord => ({
  name,
  role: "act",
  hash: digit.repeat(64),
  createdAt: at,
  revokedAt: null,
});
const must = <T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false }): T => {
  if (!result.ok) throw new Error("It was refused.");
  return result.value;
};

describe("the tokens' names", () => {
  it.each(["Anna Andersson", "skript-1", "Åsa (kansliet)"])("may be %j", (name) => {
    expect(tokenNameSchema.parse(` ${name} `)).toBe(name);
  });

  it.each(["", "  ", "a\nb", "a\u202eb", "a\u2028b", "a\u0000", "x".repeat(61)])("may not be %j", (name) => {
    expect(tokenNameSchema.safeParse(name).success).toBe(false);
  });

  it("are each given once, however they are written, and are free again when their token is revoked", () => {
    const one = must(withToken([], tokenOf("Åsa")));
    expect(withToken(one, tokenOf("åsa", "b"))).toMatchObject({ ok: false, problem: { kind: "input-invalid" } });
    const revoked = must(withoutToken(one, "ÅSA", at));
    expect(revoked).toEqual([{ ...tokenOf("Åsa"), revokedAt: at }]);
    expect(must(withToken(revoked, tokenOf("åsa", "b")))).toHaveLength(2);
  });
});

describe("a token that is revoked", () => {
  it("is one that was valid", () => {
    expect(withoutToken([tokenOf("a")], "b", at)).toMatchObject({ ok: false, problem: { kind: "not-found" } });
    const revoked = must(withoutToken([tokenOf("a")], "a", at));
    expect(withoutToken(revoked, "a", at)).toMatchObject({ ok: false, problem: { kind: "not-found" } });
  });

  it("never becomes valid again, and no other is touched, whatever is added and revoked", () => {
    const step = fc.record({ add: fc.boolean(), name: fc.constantFrom("a", "A", "b", "c") });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let records: readonly TokenRecord[] = [];
        for (const [place, { add, name }] of steps.entries()) {
          const before = records;
          const made = tokenOf(name, (place % 16).toString(16));
          const result = add ? withToken(before, made) : withoutToken(before, name, at);
          if (!result.ok) continue;
          records = result.value;
          const changed = before.filter((record, index) => records[index] !== record);
          expect(changed.every(isValid)).toBe(true);
          expect(changed).toHaveLength(add ? 0 : 1);
          const names = records.filter(isValid).map((record) => record.name.toLowerCase());
          expect(new Set(names).size).toBe(names.length);
        }
      }),
    );
  });

  it("is forgotten before there are too many, and a valid one never is", () => {
    const revoked = Array.from({ length: 1999 }, (_, index) => ({ ...tokenOf(`old ${index}`), revokedAt: at }));
    const full = must(withToken([tokenOf("first"), ...revoked], tokenOf("new")));
    expect(full).toHaveLength(2000);
    expect(full.filter(isValid).map(({ name }) => name)).toEqual(["first", "new"]);
    const valid = Array.from({ length: 1000 }, (_, index) => tokenOf(`one ${index}`));
    expect(withToken(valid, tokenOf("new"))).toMatchObject({ ok: false, problem: { kind: "input-invalid" } });
  });
});
