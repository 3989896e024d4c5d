import { test } from "vitest";
import { killWhileSyncingToGoogle } from "../calendar/google-killing.ts";

const seed = Date.now();

test(`after 400 kills in the middle of syncs to Google there is one right event for each match (seed ${seed})`, () =>
  killWhileSyncingToGoogle({ kills: 400, seed }));
