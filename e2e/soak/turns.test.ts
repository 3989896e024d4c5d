import { expect, test } from "vitest";
import { createTurns, type Trouble } from "./turns.ts";

const noted = (name: string, notes: string[]): Trouble => ({
  begin: () => void notes.push(`${name} begins`),
  end: () => void notes.push(`${name} ends`),
});

test("one trouble waits until the other is over, and for none that could not begin", async () => {
  const notes: string[] = [];
  const alone = createTurns();
  const broken = alone({ begin: () => Promise.reject(new Error("No.")), end: () => undefined });
  const [sleep, kill] = [alone(noted("sleep", notes)), alone(noted("kill", notes))];
  await expect(broken.begin(0)).rejects.toThrow("No.");
  await sleep.begin(0);
  const killed = kill.begin(0);
  await new Promise(setImmediate);
  expect(notes).toEqual(["sleep begins"]);
  await sleep.end();
  await killed;
  await kill.end();
  expect(notes).toEqual(["sleep begins", "sleep ends", "kill begins", "kill ends"]);
});
