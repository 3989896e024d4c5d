import fc from "fast-check";
import { expect, test } from "vitest";
import { readReminders, remindersText } from "./reminders.ts";

test.each([
  ["48h", "popup:2880m"],
  ["2d", "popup:2880m"],
  ["90m, email:1d", "email:1440m popup:90m"],
  ["popup:0m,48h,2d", "popup:2880m popup:0m"],
  ["28d", "popup:40320m"],
  [" none ", "none"],
])("%j is read as %s", (text, read) => {
  expect(remindersText(readReminders(text) ?? [])).toBe(read);
  expect(readReminders(text)).toBeDefined();
});

test.each(["", "48", "48 h", "-1h", "1.5h", "29d", "sms:1h", "none,1h", "1m,2m,3m,4m,5m,6m", "1h;2h"])(
  "%j is no list of reminders",
  (text) => expect(readReminders(text)).toBeUndefined(),
);

test("what is read is written so that it is read as the same", () => {
  const one = fc.record({
    kind: fc.constantFrom("popup", "email"),
    count: fc.nat({ max: 672 }),
    unit: fc.constantFrom("m", "h"),
  });
  fc.assert(
    fc.property(fc.array(one, { minLength: 1, maxLength: 5 }), (list) => {
      const read = readReminders(list.map(({ kind, count, unit }) => `${kind}:${count}${unit}`).join(","));
      expect(read).toBeDefined();
      expect(readReminders(remindersText(read ?? []))).toEqual(read);
    }),
  );
});
