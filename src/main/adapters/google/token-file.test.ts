import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { googleTokenFile } from "./token-file.ts";

/** As google-auth's `Credentials.to_json()` writes it. */
const predecessors = {
  token: "ya29.access",
  refresh_token: "1//refresh",
  token_uri: "https://oauth2.googleapis.com/token",
  client_id: "123.apps.googleusercontent.com",
  client_secret: "a-secret",
  scopes: ["https://www.googleapis.com/auth/calendar"],
  universe_domain: "googleapis.com",
  account: "",
  expiry: "2027-05-01T10:00:00.123456Z",
};

const fileWith = async (content: unknown) => {
  const folder = await mkdtemp(join(tmpdir(), "avspark-token-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, "token.json");
  const write = (next: unknown) =>
    writeFile(path, typeof next === "string" ? next : JSON.stringify(next), { mode: 0o600 });
  await write(content);
  return { auth: googleTokenFile(path), path, write };
};

test("the predecessor's file is read as it is", async () => {
  const { auth } = await fileWith(predecessors);
  expect(await auth.read()).toEqual({
    clientId: "123.apps.googleusercontent.com",
    clientSecret: "a-secret",
    refreshToken: "1//refresh",
    accessToken: "ya29.access",
    accessExpiresAt: Date.parse("2027-05-01T10:00:00.123Z"),
    tokenUrl: "https://oauth2.googleapis.com/token",
    signInExpiresAt: null,
  });
});

test.each([
  ["2027-05-01T10:00:00", "2027-05-01T10:00:00Z"],
  ["2027-05-01T12:00:00+02:00", "2027-05-01T10:00:00Z"],
  ["soon", null],
  [null, null],
])("an expiry of %j is %j: UTC where Python does not say so", async (expiry, instant) => {
  const { auth } = await fileWith({ ...predecessors, expiry });
  expect((await auth.read()).accessExpiresAt).toBe(instant === null ? null : Date.parse(instant));
});

test("an older file without token and expiry is enough", async () => {
  const { refresh_token, client_id, client_secret } = predecessors;
  const { auth } = await fileWith({ refresh_token, client_id, client_secret });
  expect(await auth.read()).toMatchObject({ accessToken: null, accessExpiresAt: null, tokenUrl: null });
});

test.each([
  ["an empty file", "", /not JSON/],
  ["something else", "[]", /lacks what a sign-in needs/],
  ["no refresh token", { ...predecessors, refresh_token: null }, /refresh_token/],
  ["a token address that is not safe", { ...predecessors, token_uri: "http://example.com/token" }, /token_uri/],
])("%s is refused with a sentence that holds no secret", async (_, content, sentence) => {
  const { auth } = await fileWith(content);
  const failure = await auth.read().catch((error: unknown) => error);
  expect(failure).toMatchObject({
    problem: { kind: "calendar-token-file", message: expect.stringMatching(sentence) },
  });
  expect(String(failure)).not.toMatch(/ya29|1\/\/|a-secret/);
});

test("it is read anew only when Google refuses what was read, or when it could not be read", async () => {
  const { auth, write } = await fileWith("broken");
  await expect(auth.read()).rejects.toThrow();
  await write(predecessors);
  const first = await auth.read();
  await write({ ...predecessors, refresh_token: "1//newer" });
  expect(await auth.read()).toBe(first);
  auth.refused();
  expect((await auth.read()).refreshToken).toBe("1//newer");
});

test("a new access token is written into a file of our own, for its owner alone, and into no other's", async () => {
  const fresh = { accessToken: "ya29.fresh", accessExpiresAt: Date.parse("2027-05-02T10:00:00Z"), refreshToken: null };
  const renewedOf = async (content: object, later: object | null = null) => {
    const { auth, path, write } = await fileWith(content);
    const from = await auth.read();
    if (later !== null) await write(later);
    await Promise.all([auth.refreshed(from, { ...fresh, accessToken: "ya29.older" }), auth.refreshed(from, fresh)]);
    return { path, file: JSON.parse(await readFile(path, "utf8")) };
  };
  const own = { ...predecessors, sign_in_expires_at: null };
  const { path, file } = await renewedOf(own);
  expect(file).toEqual({ ...own, token: "ya29.fresh", expiry: "2027-05-02T10:00:00.000Z" });
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await renewedOf(predecessors)).file).toEqual(predecessors);
  // Somebody has signed in anew meanwhile.
  const newer = { ...own, refresh_token: "1//newer" };
  expect((await renewedOf(own, newer)).file).toEqual(newer);
});
