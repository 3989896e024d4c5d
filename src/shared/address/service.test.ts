import { expect, test } from "vitest";
import { readServiceAddresses } from "./service.ts";

test.each([
  ["", []],
  ["https://avspark.example.com", ["https://avspark.example.com"]],
  [" https://a.example.com/ ,http://127.0.0.1:5003", ["https://a.example.com", "http://127.0.0.1:5003"]],
  ["https://a.example.com/avspark/", ["https://a.example.com/avspark"]],
  ["https://a.example.com,https://A.example.com:443/", ["https://a.example.com"]],
])("%j is %j", (text, value) => {
  expect(readServiceAddresses(text)).toEqual({ ok: true, value });
});

test.each([
  ",",
  "a.example.com",
  "ftp://a.example.com",
  "https://user:secret@a.example.com",
  "https://a.example.com?token=secret",
  "https://a.example.com#here",
  "https://a.example.com https://b.example.com",
])("%j is none", (text) => {
  expect(readServiceAddresses(text).ok).toBe(false);
});
