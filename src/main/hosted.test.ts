import { expect, it } from "vitest";
import { resolveHosted } from "./hosted.ts";

const around = { environment: { AVSPARK_RETENTION_MB: "50" }, dotenv: {} };
const fixed = {
  AVSPARK_HTTP_PORT: "1234",
  AVSPARK_HTTP_TOKEN: "a-token-that-somebody-saved",
  AVSPARK_SERVICE_URL: "https://other.example.com",
  AVSPARK_DATA_DIR: "/elsewhere",
};

it("a service goes by what administrators saved, under what stands around it", () => {
  const { config, settings } = resolveHosted(around, {
    settings: { AVSPARK_RETENTION_DAYS: "12", AVSPARK_RETENTION_MB: "70" },
    unopened: [],
  });
  expect([config.AVSPARK_RETENTION_DAYS, config.AVSPARK_RETENTION_MB]).toEqual([12, 50]);
  const locked = new Set(settings.flatMap(({ name, locked }) => (locked ? [name] : [])));
  expect(locked.has("AVSPARK_RETENTION_DAYS")).toBe(false);
  expect(locked.has("AVSPARK_RETENTION_MB")).toBe(true);
});

it("nothing that is saved moves it, opens it, or makes a window on another of it", () => {
  const plain = resolveHosted(around, { settings: {}, unopened: [] });
  const moved = resolveHosted(around, { settings: fixed, unopened: [] });
  expect(moved.config).toEqual(plain.config);
  expect(moved.demo).toBe(plain.demo);
  for (const { name, locked } of moved.settings) if (name in fixed) expect(locked, name).toBe(true);
});
