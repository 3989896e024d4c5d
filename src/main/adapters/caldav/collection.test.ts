import { expect, test } from "vitest";
import { findCollection } from "./collection.ts";
import type { Dav, Multistatus } from "./dav.ts";

const calendar = { resourcetype: { collection: {}, calendar: {} }, displayname: "Matcher" };

/** A server that tells about itself what stands here, by address. */
const serverOf = (pages: Readonly<Record<string, Multistatus["entries"]>>): Pick<Dav, "ask"> => ({
  ask: async ({ url, depth }) => {
    const entries = pages[`${depth} ${url.href}`];
    if (entries === undefined) throw new Error(`nobody should ask for ${depth} ${url.href}`);
    return { url, entries, syncToken: null };
  },
});

const entry = (href: string, props: Readonly<Record<string, unknown>>) => ({ href, status: 207, props });

const find = (start: string, home: string) => {
  const base = new URL(start);
  return findCollection(
    serverOf({
      [`0 ${start}`]: [entry("/", { currentUserPrincipal: { href: "/12/principal/" } })],
      [`0 ${new URL("/12/principal/", base).href}`]: [entry("/12/principal/", { calendarHomeSet: { href: home } })],
      [`1 ${new URL(home, base).href}`]: [
        entry("/12/", { resourcetype: { collection: {} } }),
        entry("work/", calendar),
      ],
    }),
    base,
  );
};

test.each([
  ["https://dav.example.com/", "/12/", "https://dav.example.com/12/work/"],
  ["https://caldav.icloud.com/", "https://p42-caldav.icloud.com/12/", "https://p42-caldav.icloud.com/12/work/"],
  ["https://dav.example.com/", "https://dav.example.com:8443/12/", "https://dav.example.com:8443/12/work/"],
])("%s says that the calendars are at %s: followed", async (start, home, expected) => {
  const { url, title } = await find(start, home);
  expect(url.href).toBe(expected);
  expect(title).toBe("Matcher");
});

test.each([
  ["https://dav.example.com/", "https://dav.example.org/12/"],
  ["https://dav.example.com/", "http://other.example.com/12/"],
  ["http://dav.example.com/", "https://other.example.com/12/"],
  ["https://good.co.uk/", "https://evil.co.uk/12/"],
  ["https://10.0.0.1/", "https://192.168.0.1/12/"],
])("%s says that the calendars are at %s: not followed", async (start, home) => {
  await expect(find(start, home)).rejects.toMatchObject({ problem: { kind: "calendar-bad-answer" } });
});
