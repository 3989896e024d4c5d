import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { resolveConfig } from "../../core/config/resolve.ts";
import { problemKindOf } from "../../shared/testing/problem-kind.ts";
import { openSettingsFile, type SecretBox } from "./settings-file.ts";

let folder: string;
const file = () => join(folder, "settings.json");
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "avspark-settings-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const box: SecretBox = {
  seal: (text) => Buffer.from(text).toString("base64"),
  open: (sealed) => Buffer.from(sealed, "base64").toString(),
};
/** A keyring that was made anew opens nothing of before. */
const lostBox: SecretBox = { ...box, open: () => null };

const resolvedWith = (secrets: SecretBox | null, environment = {}) =>
  resolveConfig({ environment, dotenv: {}, ...openSettingsFile(file(), secrets).saved() });

describe("secrets", () => {
  beforeEach(() =>
    openSettingsFile(file(), box).save(
      { REDIS_URL: "redis://:hunter2@redis.example.com", AVSPARK_HTTP_TOKEN: "hunter2-hunter2-hunter2" },
      false,
    ),
  );

  test("are sealed on the disk, and read again", () => {
    expect(readFileSync(file(), "utf8")).not.toContain("hunter2");
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(resolvedWith(box).config.REDIS_URL).toBe("redis://:hunter2@redis.example.com");
  });

  test.each([
    ["a keyring that was made anew", lostBox],
    ["no keyring any more", null],
  ])("%s: each is a problem that asks for the value, never unset", (_, secrets) => {
    const { problems } = resolvedWith(secrets);
    expect(problems.map(({ variable, kind }) => [variable, kind])).toEqual([
      ["REDIS_URL", "unopened"],
      ["AVSPARK_HTTP_TOKEN", "unopened"],
    ]);
  });

  test("what the environment says needs no opening", () => {
    const environment = { REDIS_URL: "redis://a.example.com", AVSPARK_HTTP_TOKEN: "another-token-altogether" };
    expect(resolvedWith(lostBox, environment).problems).toEqual([]);
  });

  test("entered again, they are no problem any more; for this run alone as well", () => {
    const settings = openSettingsFile(file(), lostBox);
    settings.save({ REDIS_URL: "redis://:new@redis.example.com" }, true);
    expect(settings.saved()).toMatchObject({
      settings: { REDIS_URL: "redis://:new@redis.example.com" },
      unopened: ["AVSPARK_HTTP_TOKEN"],
    });
  });

  test("without a keyring, one that is kept for this run alone is changed for this run alone", () => {
    const settings = openSettingsFile(file(), null);
    expect(problemKindOf(() => settings.save({ CALDAV_PASSWORD: "wrong" }, false))).toBe("keyring-missing");
    settings.save({ CALDAV_PASSWORD: "wrong" }, true);
    settings.save({ CALDAV_PASSWORD: "right" }, false);
    expect(settings.saved().settings.CALDAV_PASSWORD).toBe("right");
    expect(readFileSync(file(), "utf8")).not.toContain("right");
    expect(problemKindOf(() => settings.save({ AVSPARK_HTTP_TOKEN: "another-token-altogether" }, false))).toBe(
      "keyring-missing",
    );
  });
});

test("what another version has put there stays, and is named as no setting of ours", () => {
  const other = { format: 7, values: { AVSPARK_FROM_LATER: "1", AVSPARK_POLL_INTERVAL: 60 }, sealed: { LATER: "x" } };
  writeFileSync(file(), JSON.stringify(other));
  openSettingsFile(file(), box).save({ AVSPARK_LANGUAGE: "sv" }, false);
  const resolved = resolvedWith(box);
  expect(resolved.unknown).toContain("AVSPARK_FROM_LATER");
  expect(resolved.config).toMatchObject({ AVSPARK_POLL_INTERVAL: 60, AVSPARK_LANGUAGE: "sv" });
  expect(JSON.parse(readFileSync(file(), "utf8"))).toMatchObject({
    format: 7,
    values: { AVSPARK_FROM_LATER: "1" },
    sealed: { LATER: "x" },
  });
});

test("whatever lies in the file: settings, or a problem that keeps everything shut", () => {
  const anything = fc.oneof(fc.string(), fc.json(), fc.constant("{"), fc.constant('{"values": {"A": null}}'));
  fc.assert(
    fc.property(anything, (text) => {
      writeFileSync(file(), text);
      expect([null, "settings-unreadable"]).toContain(problemKindOf(() => openSettingsFile(file(), box).saved()));
    }),
  );
});

test("a broken file is set aside, not removed, when somebody saves", () => {
  writeFileSync(file(), '{"values": {"REDIS_URL": "redis://redis.exa');
  const settings = openSettingsFile(file(), box);
  expect(problemKindOf(settings.saved)).toBe("settings-unreadable");
  settings.save({ REDIS_URL: "redis://redis.example.com" }, false);
  expect(settings.saved().settings).toEqual({ REDIS_URL: "redis://redis.example.com" });
  const aside = readdirSync(folder).filter((name) => name.startsWith("settings.json.unreadable-"));
  expect(aside.map((name) => readFileSync(join(folder, name), "utf8"))).toEqual([
    '{"values": {"REDIS_URL": "redis://redis.exa',
  ]);
});

test("what cannot be written is said, and what was saved before stays", () => {
  const settings = openSettingsFile(join(folder, "nowhere", "settings.json"), box);
  expect(problemKindOf(() => settings.save({ AVSPARK_LANGUAGE: "sv" }, false))).toBe("journal-failed");
});
