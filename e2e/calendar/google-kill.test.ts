import { test } from "vitest";
import { killWhileSyncingToGoogle } from "./google-killing.ts";

const seed = Date.now();

test(`killed in the middle of syncs, the calendar ends with one right event for each match (seed ${seed})`, () =>
  killWhileSyncingToGoogle({ kills: 4, seed }));
