import { expect, test } from "vitest";
import { environmentOf } from "./environment.ts";

const around = {
  environment: { REDIS_URL: "redis://redis.example.com", GOOGLE_API_ROOT: "http://127.0.0.1:1/" },
  dotenv: { CALDAV_URL: "https://elsewhere.example.com" },
};

test("an installed app reads no .env of the folder it is started in, and asks Google and nobody else", () => {
  expect(environmentOf(around, { packaged: true })).toEqual({
    environment: { REDIS_URL: "redis://redis.example.com" },
    dotenv: {},
    dotenvFaults: [],
  });
});

test("a development build takes both", () => {
  expect(environmentOf(around, { packaged: false })).toEqual(around);
});
