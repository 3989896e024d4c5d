import { Callout } from "../../parts/Callout.tsx";
import { useAttachment } from "../../session.ts";
import { useWords } from "../../words.tsx";
import classes from "./Settings.module.css";

/** How a service elsewhere is signed in to Google: its window has neither its browser nor its keyring. */
export const GoogleElsewhere = () => {
  const { texts } = useWords();
  const isElsewhere = useAttachment() !== null;
  if (!isElsewhere) return null;
  const { title, steps } = texts.attached.google;
  return (
    <div className={classes.there}>
      <Callout
        level="info"
        title={title}
        about={
          <ol>
            {steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        }
      />
    </div>
  );
};
