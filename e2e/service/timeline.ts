import type { Change } from "../../src/shared/change.ts";
import type { Look } from "../fixtures/look.ts";

/** Every match's timeline, oldest first. */
export const timelines = async ({
  service,
}: {
  readonly service: Pick<Look, "call">;
}): Promise<ReadonlyMap<string, readonly Change[]>> => {
  const found = new Map<string, readonly Change[]>();
  for (const { id } of (await service.call("matches", { gone: true })).matches)
    found.set(id, (await service.call("match", { id })).changes.toReversed());
  return found;
};

/**
 * What is wrong in the timeline of a match, oldest first: a match is added once, each change of a fact begins with what the one
 * before it ended with, and nothing is told twice.
 */
export const brokenIn = ([first, ...rest]: readonly Pick<Change, "id" | "difference">[]): readonly string[] => {
  const broken: string[] = [];
  if (first?.difference.field !== "added") broken.push(`it begins with ${first?.difference.field ?? "nothing"}`);
  const known = new Map<string, unknown>();
  const ids = new Set([first?.id]);
  let gone = false;
  for (const { id, difference } of rest) {
    if (ids.has(id)) broken.push(`${id} twice`);
    ids.add(id);
    if (difference.field === "added") broken.push("it is added again");
    else if (difference.field === "gone" || difference.field === "returned") {
      if (gone !== (difference.field === "returned")) broken.push(`${difference.field} again`);
      gone = difference.field === "gone";
    } else if ("before" in difference) {
      const { field } = difference;
      const [before, after] = [JSON.stringify(difference.before), JSON.stringify(difference.after)];
      if (before === after) broken.push(`${field} from ${before} to the same`);
      if (known.has(field) && known.get(field) !== before)
        broken.push(`${field} from ${before}, and it was ${known.get(field)}`);
      known.set(field, after);
    }
  }
  return broken;
};
