import { test } from "vitest";
import { killWhileAdding } from "../service/stream-kills.ts";

test("killed fifty times while 20,000 entries are added to the stream: each is known once", (context) =>
  killWhileAdding(context, { entries: 20_000, kills: 50 }));
