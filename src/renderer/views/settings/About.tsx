import { Button, Modal } from "@mantine/core";
import { IconFileText, IconLicense, IconLifebuoy, IconRefresh } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import type { Updates } from "../../../shared/updates.ts";
import { ActionButton } from "../../parts/ActionButton.tsx";
import { type Action, say } from "../../parts/action.ts";
import { ProblemNote } from "../../parts/ProblemNote.tsx";
import { useQuery } from "../../parts/useQuery.ts";
import { useCall } from "../../session.ts";
import { useWords, type Words } from "../../words.tsx";
import dialog from "./Dialogs.module.css";
import classes from "./Settings.module.css";

/** How often it is asked how far a newer version has come. */
const askMs = 1000;

const updatesSentence = (updates: Updates, { texts, format }: Words): string => {
  const words = texts.settings.about.updates;
  switch (updates.state) {
    case "off":
      return words.off[updates.why];
    case "newest":
      return words.newest(format.full(updates.at));
    case "failed":
      return words.failed(format.full(updates.at));
    case "older":
    case "fetching":
    case "ready":
      return words[updates.state](updates.version);
    case "waiting":
    case "looking":
      return words[updates.state];
  }
};

const Licences = () => {
  const { texts } = useWords();
  const query = useQuery("notices", {});
  if (query.state === "loading") return <p className={dialog.about}>{texts.app.loading}</p>;
  if (query.state === "failed") return <ProblemNote problem={query.problem} />;
  const { text } = query.value;
  return text === null ? (
    <p className={dialog.about}>{texts.settings.about.noLicences}</p>
  ) : (
    <pre className={dialog.licences}>{text}</pre>
  );
};

/** Which Avspark this is, how it stands with newer ones, whose work is in it, and what helps whoever helps. */
export const About = () => {
  const words = useWords();
  const { texts } = words;
  const own = texts.settings.about;
  const call = useCall();
  const query = useQuery("about", {});
  const [reading, setReading] = useState(false);
  const about = query.state === "ready" ? query.value : null;
  const { again } = query;
  const moving = about?.updates.state === "looking" || about?.updates.state === "fetching";
  useEffect(() => {
    if (!moving) return;
    const timer = setInterval(again, askMs);
    return () => clearInterval(timer);
  }, [moving, again]);
  const look: Action = {
    id: "look-for-updates",
    label: own.look,
    icon: IconRefresh,
    here: true,
    run: async () => {
      const answer = await call("lookForUpdates", {});
      again();
      return say(answer, ({ updates }) => updatesSentence(updates, words));
    },
  };
  const bundle: Action = {
    id: "save-bundle",
    label: own.bundle,
    icon: IconLifebuoy,
    here: true,
    run: async () => say(await call("saveBundle", {}), ({ file }) => (file === null ? "" : own.bundleSaved(file))),
  };
  const showLog: Action = {
    id: "show-log",
    label: texts.app.actions.showLog,
    icon: IconFileText,
    here: true,
    run: async () => say(await call("showLog", {}), () => ""),
  };
  return (
    <div className={classes.aboutApp}>
      {about !== null && (
        <>
          <strong>{own.version(about.version)}</strong>
          {!about.forRelease && <p className={classes.unreleased}>{own.notForRelease}</p>}
          <p>{updatesSentence(about.updates, words)}</p>
        </>
      )}
      <div className={classes.aboutActions}>
        {about?.updates.state !== "off" && <ActionButton action={look} />}
        <ActionButton action={bundle} />
        <ActionButton action={showLog} />
        <Button leftSection={<IconLicense size={16} aria-hidden="true" />} onClick={() => setReading(true)}>
          {own.licences}
        </Button>
      </div>
      <p>{own.bundleAbout}</p>
      <Modal
        opened={reading}
        onClose={() => setReading(false)}
        size={820}
        title={own.licences}
        closeButtonProps={{ "aria-label": texts.app.actions.close }}
      >
        <Licences />
      </Modal>
    </div>
  );
};
