import { Callout } from "../../parts/Callout.tsx";
import { useWords } from "../../words.tsx";
import { CompactField } from "../settings/CompactField.tsx";
import { holdsPassword } from "./steps.ts";
import type { WelcomeState } from "./useWelcome.ts";
import classes from "./Welcome.module.css";

/** Where the matches come from. */
export const FeedStep = ({ welcome }: { readonly welcome: WelcomeState }) => {
  const { texts } = useWords();
  const say = texts.welcome.feed;
  const { entered, enter, feed, keyring } = welcome;
  return (
    <div className={classes.form}>
      <CompactField
        name="REDIS_URL"
        first
        value={entered.REDIS_URL}
        label={say.redis}
        about={say.redisAbout}
        placeholder={texts.settings.example.REDIS_URL}
        onChange={(value) => enter({ REDIS_URL: value })}
      />
      {!keyring && holdsPassword(feed.redis) && (
        <Callout level="warning" title={texts.calendars.noKeyring} about={say.noKeyring} />
      )}
      <CompactField
        name="AVSPARK_MATCHES_URL"
        value={entered.AVSPARK_MATCHES_URL}
        label={say.list}
        about={say.listAbout}
        placeholder={texts.settings.example.AVSPARK_MATCHES_URL}
        onChange={(value) => enter({ AVSPARK_MATCHES_URL: value })}
      />
      {feed.redis === "" && feed.list !== "" && <Callout level="info" title={say.listAlone} />}
    </div>
  );
};
