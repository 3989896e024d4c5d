import { expect, test } from "vitest";
import type { Alert } from "../../shared/alert.ts";
import { instant } from "../../shared/testing/instant.ts";
import { alertNews } from "./news.ts";

const at = instant("2027-05-06T15:00:00.000Z");
const alert = (id: number, rest: Partial<Alert> = {}): Alert => ({
  id,
  key: `key-${id}`,
  cause: { kind: "system", alertType: "error", text: "The list is stuck" },
  level: "warning",
  severity: null,
  firstAt: at,
  lastAt: at,
  count: 1,
  state: { name: "active" },
  ...rest,
});

test("an alert is news when it begins and when it gets worse, and no other time", () => {
  expect(alertNews([], [alert(2), alert(1)]).news.map(({ id }) => id)).toEqual([1, 2]);
  expect(alertNews([alert(1)], [alert(1, { count: 5 })]).news).toEqual([]);
  expect(alertNews([alert(1)], [alert(1, { level: "critical" })]).news).toHaveLength(1);
  expect(alertNews([alert(1, { level: "critical" })], [alert(1)]).news).toEqual([]);
  // Somebody has taken it back: a person knows.
  expect(alertNews([alert(1, { state: { name: "acknowledged", at } })], [alert(1)]).news).toEqual([]);
});

test("one that is over, or that somebody at another desk has seen, is taken away here as well", () => {
  const seen = alert(1, { state: { name: "acknowledged", at } });
  expect(alertNews([alert(1), alert(2)], [seen, alert(2)]).over).toEqual(["key-1"]);
  expect(alertNews([alert(1)], []).over).toEqual(["key-1"]);
  // A new one of the same cause goes on.
  expect(alertNews([alert(1)], [alert(3, { key: "key-1" }), seen]).over).toEqual([]);
});
