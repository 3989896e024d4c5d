import { test } from "vitest";
import { befallNodes } from "../cluster/nodes.ts";

test("three nodes lose a process, a while, a way, their servers: nothing is missing, wrong, twice or older over newer", async (context) => {
  const { faults, befall, judge } = await befallNodes(context);
  const { kill, stop, cutShared, cutPublisher, cutCalendars, cutAll, failOver, without } = faults;
  for (const fault of [kill, kill, kill, stop, cutShared, cutPublisher, cutCalendars, cutAll]) await befall(fault);
  for (const fault of [failOver, failOver, without]) await befall(fault);
  await judge();
});
