import { Button } from "@mantine/core";
import { IconFolderOpen } from "@tabler/icons-react";
import type { SettingName } from "../../../shared/config.ts";
import { type FoundMigration, isBlocked } from "../../../shared/migration.ts";
import { forPersonSentence } from "../../../shared/text/sentences.ts";
import type { Texts } from "../../../shared/text/type.ts";
import { Callout } from "../../parts/Callout.tsx";
import { useWords } from "../../words.tsx";
import { sectionOf } from "../settings/sections.ts";
import type { MigrationState } from "./useMigration.ts";
import classes from "./Welcome.module.css";

/** For whoever has the Python service: its folder says what the steps would ask for. */
export const MigrationOffer = ({ migration }: { readonly migration: MigrationState }) => {
  const { texts } = useWords();
  const say = texts.migration;
  const { found, choose } = migration;
  return (
    <div className={classes.offer}>
      <p className={classes.dim}>{say.window.offerAbout}</p>
      <Button leftSection={<IconFolderOpen size={16} aria-hidden="true" />} onClick={() => void choose()}>
        {say.window.offer}
      </Button>
      {found?.state === "none" && (
        <div role="alert">
          <Callout level="warning" title={say.none[found.why]} about={say.noneRemedy} />
        </div>
      )}
    </div>
  );
};

/** As it is called on the settings page, with the section that it stands in there. */
const titleOf = (setting: SettingName, texts: Texts): string => {
  const section = sectionOf(setting);
  const label = texts.settings.label[setting];
  return section === null ? label : `${texts.settings.section[section]}: ${label}`;
};

/** What stands in the folder, and what becomes of it. */
export const MigrationStep = ({ found, keyring }: { readonly found: FoundMigration; readonly keyring: boolean }) => {
  const { texts } = useWords();
  const say = texts.migration;
  const { files, becomes, signIn, leftBehind, forPerson, others } = found;
  const holdsSecret = signIn !== null || becomes.some(({ value }) => value.includes("•••"));
  return (
    <div className={classes.form}>
      {isBlocked(found) && <Callout level="critical" title={say.blocked} />}
      {!keyring && holdsSecret && (
        <Callout level="warning" title={texts.calendars.noKeyring} about={say.window.noKeyring} />
      )}
      {signIn !== null && <Callout level="ok" title={say.signIn(signIn)} />}
      {forPerson.length > 0 && (
        <section>
          <h3 className={classes.part}>{say.forPerson}</h3>
          <ul className={classes.told}>
            {forPerson.map((one) => {
              const sentence = forPersonSentence(one, { texts });
              return (
                <li key={sentence} data-level={one.kind === "unreadable" ? "critical" : "warning"}>
                  {sentence}
                </li>
              );
            })}
          </ul>
        </section>
      )}
      {becomes.length > 0 && (
        <section>
          <h3 className={classes.part}>{say.becomes}</h3>
          <dl className={classes.pairs}>
            {becomes.map(({ setting, value, names, file }) => (
              <div key={setting}>
                <dt>
                  {titleOf(setting, texts)}
                  <span className={classes.dim}>
                    {[names.join(", ") || say.builtIn, file].filter(Boolean).join(" · ")}
                  </span>
                </dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      {leftBehind.length > 0 && (
        <details>
          <summary>{say.window.more(leftBehind.length)}</summary>
          <dl className={classes.pairs}>
            {leftBehind.map(({ name, file, why }) => (
              <div key={`${file} ${name}`}>
                <dt>
                  {name}
                  <span className={classes.dim}>{file}</span>
                </dt>
                <dd>{say.why[why]}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
      <p className={classes.dim}>
        {say.read(files.join(", "))}
        {others.length > 0 && ` · ${say.others}: ${others.join(", ")}`}
      </p>
    </div>
  );
};
