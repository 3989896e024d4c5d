import type { SettingName } from "../../shared/config.ts";
import type { ForPerson } from "../../shared/migration.ts";

/** The setting with which a person answers. */
const answers: Readonly<Partial<Record<ForPerson["kind"], SettingName>>> = {
  "matches-url": "AVSPARK_MATCHES_URL",
  "docker-host": "REDIS_URL",
  "no-calendar": "GOOGLE_CALENDAR_ID",
};

/**
 * What still needs a person. `taken`: what the old service had, as we would set it; `ours`: what is set here. What says the
 * same as the old service had is no answer.
 */
export const stillForPerson = (
  forPerson: readonly ForPerson[],
  taken: ReadonlyMap<SettingName, string>,
  ours: ReadonlyMap<SettingName, string>,
): readonly ForPerson[] =>
  forPerson.filter(({ kind }) => {
    const setting = answers[kind];
    const text = setting === undefined ? undefined : ours.get(setting);
    return setting === undefined || text === undefined || text === taken.get(setting);
  });
