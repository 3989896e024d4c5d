import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { configFields, type SettingName, secretsIn, settingNameSchema } from "../../shared/config.ts";
import type { Values } from "./layers.ts";
import { describeProblems, resolveConfig } from "./resolve.ts";
import { shownConfiguration } from "./shown.ts";

const secretFields = settingNameSchema.options.filter((name) => configFields[name].secret !== false);

describe("a secret, whatever its characters, is in nothing that is shown", () => {
  const marks = fc.string({ unit: fc.oneof(fc.constantFrom(..."/#?%@:&=+[]\\\"' 12"), fc.string({ maxLength: 1 })) });
  /** Any characters around a mark that is found in nothing else. */
  const secret = fc.tuple(marks, marks).map(([before, after]) => `${before}Qxtoken${after}`);
  const places: readonly ((secret: string) => string)[] = [
    (password) => `redis://desk:${password}@h.example:6379/0`,
    (password) => `redis+sentinel://:${password}@a:26379,b/main`,
    (password) => `redis://h.example?password=${password}`,
    (password) => `https://desk:${password}@h.example/m`,
    (password) => `https://h.example:8443/m?token=${encodeURIComponent(password)}`,
    (password) => password,
  ];

  test.each(secretFields)("%s", (name: SettingName) => {
    fc.assert(
      fc.property(fc.constantFrom(...places), secret, fc.boolean(), (put, hush, escaped) => {
        const text = put(escaped ? encodeURIComponent(hush) : hush);
        const resolved = resolveConfig({ environment: { [name]: text }, dotenv: {}, settings: {} });
        const [shown = ""] = resolved.settings.flatMap((setting) => (setting.name === name ? [setting.value] : []));
        const said = [
          ...describeProblems(resolved.problems),
          JSON.stringify(resolved.settings),
          JSON.stringify(shownConfiguration(resolved, shown)),
        ];
        for (const line of said) expect(line).not.toContain("Qxtoken");
        expect(secretsIn(name, text).some((each) => each.includes("Qxtoken"))).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});

describe("a value that its reader cannot use is a problem", () => {
  test.each<[SettingName, string]>([
    ["REDIS_URL", "redis://:6379"],
    ["REDIS_URL", "redis://h:99999"],
    ["REDIS_URL", "redis://h/abc"],
    ["REDIS_URL", "redis+sentinel://h:26379"],
    ["REDIS_URL", "redis://h?nonsense=1"],
    ["CALDAV_URL", "https://"],
    ["CALDAV_URL", "dav.example.com"],
    ["CALDAV_URL", "https://h:99999"],
    ["AVSPARK_MATCHES_URL", "ftp://h/m"],
    ["AVSPARK_MATCHES_URL", "https://user:a#b@h/m"],
    ["GOOGLE_API_ROOT", "http://[::1"],
  ])("%s=%s", (name, text) => {
    const { problems, config } = resolveConfig({ environment: { [name]: text }, dotenv: {}, settings: {} });
    expect(problems.map(({ variable, kind }) => [variable, kind])).toContainEqual([name, "form"]);
    expect(config[name]).toBeNull();
  });
});

describe("a value that its user cannot use", () => {
  const faulty = (environment: Values) =>
    resolveConfig({ environment, dotenv: {}, settings: {} }).problems.map(({ variable }) => variable);

  test.each([
    ["AVSPARK_HTTP_TOKEN", "a-token-with-an-emoji-🔑"],
    ["AVSPARK_HTTP_TOKEN", "a-token-with-a-\u0007-in-it"],
    ["AVSPARK_HTTP_TOKEN", "a-token-with-å-in-it"],
    ["AVSPARK_HTTP_TOKEN", "a token with spaces"],
    ["AVSPARK_HTTP_TOKEN", "a".repeat(5000)],
    ["AVSPARK_HTTP_HOST", "999.1.1.1"],
    ["AVSPARK_HTTP_HOST", "1.2.3"],
    ["AVSPARK_HTTP_HOST", "--"],
    ["AVSPARK_HTTP_HOST", "a..b"],
    ["REDIS_TLS_SERVERNAME", "a b"],
    ["REDIS_TLS_SERVERNAME", "redis.example.com:6379"],
    ["AVSPARK_CALENDARS", ","],
    ["AVSPARK_CALENDARS", " , ,"],
  ])("%s=%s is refused", (name, value) => {
    expect(faulty({ REDIS_URL: "redis://h", AVSPARK_HTTP_TOKEN: "a-token-for-everybody", [name]: value })).toEqual([
      name,
    ]);
  });

  test("a token of any visible ASCII characters fits into a header", () => {
    const visible = fc.string({
      unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
      minLength: 16,
      maxLength: 99,
    });
    fc.assert(
      fc.property(visible, (token) => {
        expect(faulty({ AVSPARK_HTTP_TOKEN: token })).toEqual([]);
        expect(new Headers({ authorization: `Bearer ${token}` }).get("authorization")).toBe(`Bearer ${token}`);
      }),
    );
  });
});

describe("an empty value", () => {
  const resolved = (dotenv: Values) => resolveConfig({ environment: {}, dotenv, settings: {} });

  test.each(settingNameSchema.options)("of %s means what its words say: it counts as unset", (name) => {
    const { default: fallback, en, sv } = configFields[name];
    if (fallback !== "") expect(`${en} ${sv}`).not.toMatch(/Empty|Tomt/);
  });

  test.each(["AVSPARK_EVENT_DETAILS", "AVSPARK_FEEDS_DETAILS", "AVSPARK_NOTIFY_OUTWARD_MATCHES"] as const)(
    "is no way to have none of %s: a word is",
    (name) => {
      expect(resolved({ [name]: "none" }).config[name]).toEqual([]);
      expect(resolved({ [name]: "none" }).problems).toEqual([]);
      expect(resolved({ [name]: "" }).config[name]).toEqual(resolved({}).config[name]);
      expect(resolved({ [name]: "none,mobile" }).problems).toHaveLength(1);
    },
  );
});
