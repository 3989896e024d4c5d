import { describe, expect, test } from "vitest";
import { placeOf } from "./place.ts";

const settings = {
  AVSPARK_HTTP_HOST: "avspark.example.com",
  AVSPARK_HTTP_PORT: 5003,
  AVSPARK_HTTP_SOCKET: null,
  AVSPARK_HTTP_TOKEN: "a-token-of-ours",
  AVSPARK_HTTP_TLS_CERT_FILE: null,
};

describe("the token goes", () => {
  test.each([
    undefined,
    "http://127.0.0.1:5003",
    "http://localhost:1",
    "http://[::1]:5003",
    "https://avspark.example.com/desk",
    "unix:/run/avspark.sock",
  ])("to %s", (url) => {
    expect(placeOf(url, settings).token).toBe("a-token-of-ours");
  });

  test.each([
    "http://elsewhere.example.com",
    "http://127.0.0.1.example.com",
    "https://avspark.example.com.example.org",
  ])("not to %s, unless told to", (url) => {
    expect(placeOf(url, settings).token).toBeNull();
    expect(placeOf(url, settings, true).token).toBe("a-token-of-ours");
  });
});

test.each(["http://1.2.3:5003", "http://..", "http://h:0", "ftp://h", "http://user:pw@h"])(
  "--url %s is refused",
  (url) => {
    expect(() => placeOf(url, settings)).toThrow("--url takes an address such as http://127.0.0.1:5003");
  },
);
